import { describe, expect, it } from 'vitest';
import { parseAsOf, parseLimit, toVerifyDraft, toVerifyOptions } from './verify-draft.ts';

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
      asOf: '2027-02-28T12:30:00Z',
      draftPolicy: '{}',
    };
    expect(toVerifyOptions(toVerifyDraft(options))).toEqual(options);
  });

  it.each([
    ['required metadata without a value', { metadata: [{ id: 1, key: 'build', value: '' }] }],
    ['a setting without a name', { pluginConfig: [{ id: 1, key: '', value: 'x' }] }],
    ['a limit of none', { maxSignatures: '0' }],
    ['a day that there is not', { asOf: '2027-02-30' }],
  ])('verifies nothing with %s', (_, changes) => {
    expect(toVerifyOptions({ ...empty, ...changes })).toBeUndefined();
  });
});

describe('parseAsOf', () => {
  it.each([
    ['', undefined],
    [' 2027-01-31 ', '2027-01-31T00:00:00Z'],
    ['2027-01-31 09:05', '2027-01-31T09:05:00Z'],
    ['2027-01-31T09:05:59Z', '2027-01-31T09:05:59Z'],
    ['2028-02-29 00:00 UTC', '2028-02-29T00:00:00Z'],
    ['2027-02-29', 'wrong'],
    ['2027-13-01', 'wrong'],
    ['2027-01-31 24:00', 'wrong'],
    ['2027-01-31 09:61', 'wrong'],
    ['2027-01-31T09:05:59+09:00', 'wrong'],
    ['tomorrow', 'wrong'],
    ['9'.repeat(400), 'wrong'],
  ] as const)('reads %j', (text, asOf) => expect(parseAsOf(text)).toBe(asOf));
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
