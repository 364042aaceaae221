import { describe, expect, it } from 'vitest';
import { compareVersions, isSemanticVersion } from './semantic-version.ts';

describe('versions', () => {
  it('stand in the order of the specification', () => {
    const ordered = [
      '0.0.1',
      '0.1.0',
      '1.0.0-0',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    for (const [a, first] of ordered.entries())
      for (const [b, second] of ordered.entries())
        expect(Math.sign(compareVersions(first, second) ?? NaN), `${first} ${second}`).toBe(Math.sign(a - b));
  });

  it('do not differ by their build', () => {
    expect(compareVersions('1.0.0+a', '1.0.0+b.c')).toBe(0);
  });

  it.each([
    '',
    '1',
    '1.0',
    '1.0.0.0',
    'v1.0.0',
    '01.0.0',
    '1.0.0-',
    '1.0.0-01',
    '1.0.0-a..b',
    '1.0.0+',
    '1.0.0+a..b',
    '1.0.0 ',
    '-1.0.0',
  ])('are not %j', (text) => {
    expect(isSemanticVersion(text)).toBe(false);
    expect(compareVersions(text, '1.0.0')).toBeUndefined();
  });
});
