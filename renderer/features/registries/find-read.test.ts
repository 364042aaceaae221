import { describe, expect, it } from 'vitest';
import { findRead } from './find-read.ts';

const places = [
  { repository: 'acme/web', reference: '1.0', words: `sha256:${'a'.repeat(64)}\ncn=suji,o=notary\norg.team\nblue` },
  { repository: 'acme/web', reference: '1.1-blue', words: '' },
  { repository: 'acme/api', reference: `sha256:${'b'.repeat(64)}`, words: `sha256:${'b'.repeat(64)}` },
];

describe('findRead', () => {
  it.each([
    ['1.', ['1.0', '1.1-blue']],
    ['suji', ['1.0']],
    ['sha256:aaaa', ['1.0']],
    ['bbbb', [`sha256:${'b'.repeat(64)}`]],
    ['blue', ['1.1-blue', '1.0']],
    ['none', []],
    ['1', []],
    ['', []],
  ])('finds %s', (text, found) => {
    expect(findRead(places, [text]).map(({ reference }) => reference)).toEqual(found);
  });

  it('tells why', () => {
    expect(findRead(places, ['f00dfeed', 'cn=suji'])).toEqual([
      { repository: 'acme/web', reference: '1.0', because: 'cn=suji,o=notary' },
    ]);
  });

  it('stops at fifty', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ repository: 'r', reference: `tag-${index}`, words: '' }));
    expect(findRead(many, ['tag'])).toHaveLength(50);
  });
});
