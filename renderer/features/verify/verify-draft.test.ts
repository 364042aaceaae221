import { describe, expect, it } from 'vitest';
import { parseLimit, toVerifyDraft, toVerifyOptions } from './verify-draft.ts';

const empty = toVerifyDraft({});

describe('toVerifyOptions', () => {
  it('asks for nothing where nothing is typed', () => {
    expect(toVerifyOptions(empty)).toEqual({});
    expect(toVerifyOptions({ ...empty, metadata: [{ id: 1, key: '', value: '' }], scope: ' ' })).toEqual({});
  });

  it('gives back what a draft was made from', () => {
    const options = {
      userMetadata: { build: '42', 'io.example/stage': 'a=b' },
      maxSignatures: 7,
      scope: 'local/hello',
      pluginConfig: { region: 'eu-west-1' },
    };
    expect(toVerifyOptions(toVerifyDraft(options))).toEqual(options);
  });

  it.each([
    ['required metadata without a value', { metadata: [{ id: 1, key: 'build', value: '' }] }],
    ['a setting without a name', { pluginConfig: [{ id: 1, key: '', value: 'x' }] }],
    ['a limit of none', { maxSignatures: '0' }],
  ])('verifies nothing with %s', (_, changes) => {
    expect(toVerifyOptions({ ...empty, ...changes })).toBeUndefined();
  });
});

describe('parseLimit', () => {
  it.each([
    ['', undefined],
    [' 12 ', 12],
    ['10000', 10_000],
    ['10001', 'wrong'],
    ['0', 'wrong'],
    ['-1', 'wrong'],
    ['1.5', 'wrong'],
    ['1e2', 'wrong'],
    ['9'.repeat(40), 'wrong'],
  ] as const)('reads %j', (text, limit) => expect(parseLimit(text)).toBe(limit));
});
