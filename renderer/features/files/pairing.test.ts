import { describe, expect, it } from 'vitest';
import { maxEntries, nameOf, pairFiles, signedNameOf, toBlobOptions, type FileEntry } from './pairing.ts';

const file = (name: string) => new File(['x'], name);
let count = 0;
const add = (entries: readonly FileEntry[], ...names: readonly string[]) =>
  pairFiles(entries, names.map(file), () => `k${(count += 1)}`);
const shown = (entries: readonly FileEntry[]) =>
  entries.map(({ blob, signature }) => [blob?.name ?? '', signature?.name ?? '']);

describe('pairFiles', () => {
  it.each([
    [['a.bin', 'a.bin.jws.sig'], [['a.bin', 'a.bin.jws.sig']]],
    [['a.bin.cose.sig', 'a.bin'], [['a.bin', 'a.bin.cose.sig']]],
    [
      ['a.bin', 'b.bin', 'b.bin.JWS.SIG'],
      [
        ['a.bin', ''],
        ['b.bin', 'b.bin.JWS.SIG'],
      ],
    ],
    [
      ['a.bin', 'other.jws.sig'],
      [
        ['a.bin', ''],
        ['', 'other.jws.sig'],
      ],
    ],
    [
      ['a.sig', 'a'],
      [
        ['', 'a.sig'],
        ['a', ''],
      ],
    ],
    [['a', 'a.jws.sig', 'a.cose.sig'], [['a', 'a.cose.sig']]],
    [['a', 'a'], [['a', '']]],
  ])('%j', (names, expected) => {
    expect(shown(add([], ...names))).toEqual(expected);
  });

  it('forgets what was known of a file or signature that comes anew', () => {
    const known = add([], 'a', 'a.jws.sig').map((entry) => ({
      ...entry,
      fileId: 'f',
      report: {} as never,
      unsaved: true,
    }));
    expect(add(known, 'a.jws.sig')[0]).toMatchObject({ fileId: 'f', report: undefined, unsaved: false });
    expect(add(known, 'a')[0]).toMatchObject({ fileId: undefined, report: undefined });
  });

  it('takes no more than there is room for', () => {
    const many = add([], ...Array.from({ length: maxEntries + 7 }, (_, index) => `f${index}`));
    expect(many).toHaveLength(maxEntries);
    expect(add(many, 'f0.jws.sig')[0]?.signature?.name).toBe('f0.jws.sig');
  });
});

describe('names', () => {
  it.each([
    ['a.tar.gz.jws.sig', 'a.tar.gz'],
    ['a.COSE.Sig', 'a'],
    ['.jws.sig', undefined],
    ['a.sig', undefined],
    ['a.jws', undefined],
  ])('%s signs %j', (name, signed) => {
    expect(signedNameOf(name)).toBe(signed);
  });

  it('calls an entry by its file, else by what its signature is for', () => {
    expect(nameOf({ signature: file('a.jws.sig') })).toBe('a');
    expect(nameOf({ signature: file('odd.sig') })).toBe('odd.sig');
    expect(nameOf({})).toBe('');
  });
});

describe('toBlobOptions', () => {
  const options = { policyName: '', mediaType: '', metadata: [], pluginConfig: [] };
  it('leaves out what was left empty', () => {
    expect(toBlobOptions(options)).toEqual({ userMetadata: {}, pluginConfig: {} });
  });

  it('takes everything that was typed', () => {
    const pair = (key: string, value: string) => [{ id: 1, key, value }];
    const typed = { policyName: 'releases', mediaType: 'text/plain', metadata: pair('build', '42') };
    expect(toBlobOptions({ ...typed, pluginConfig: pair('region', 'a=b') })).toEqual({
      policyName: 'releases',
      mediaType: 'text/plain',
      userMetadata: { build: '42' },
      pluginConfig: { region: 'a=b' },
    });
  });
});
