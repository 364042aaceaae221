import { describe, expect, it } from 'vitest';
import { toCborDiagnostic } from './cbor-diagnostic.ts';
import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from './cbor-value.ts';
import { toCbor } from './cbor-writer.ts';
import { parseStrictCbor } from './strict-cbor.ts';

const read = (hex: string, limits = {}): CborValue =>
  parseStrictCbor(Buffer.from(hex, 'hex'), { maxBytes: 1024, ...limits });
const hexOf = (value: CborValue): string => Buffer.from(toCbor(value)).toString('hex');

/** Examples of RFC 8949, appendix A, with definite lengths. */
const examples: readonly (readonly [hex: string, diagnostic: string, value: CborValue])[] = [
  ['00', '0', 0],
  ['17', '23', 23],
  ['1818', '24', 24],
  ['1903e8', '1000', 1000],
  ['1a000f4240', '1000000', 1_000_000],
  ['1b000000e8d4a51000', '1000000000000', 1_000_000_000_000],
  ['20', '-1', -1],
  ['3863', '-100', -100],
  ['3bffffffffffffffff', '-18446744073709551616', -(2n ** 64n)],
  ['f4', 'false', false],
  ['f5', 'true', true],
  ['f6', 'null', null],
  ['f7', 'undefined', new CborSimple(23)],
  ['f0', 'simple(16)', new CborSimple(16)],
  ['f8ff', 'simple(255)', new CborSimple(255)],
  ['c11a514b67b0', '1(1363896240)', new CborTag(1, 1_363_896_240)],
  ['4401020304', "h'01020304'", Uint8Array.of(1, 2, 3, 4)],
  ['6449455446', '"IETF"', 'IETF'],
  ['62c3bc', '"ü"', 'ü'],
  ['80', '[]', []],
  ['8301820203820405', '[1, [2, 3], [4, 5]]', [1, [2, 3], [4, 5]]],
  ['a0', '{}', new CborMap()],
  [
    'a201020304',
    '{1: 2, 3: 4}',
    new CborMap([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    '{"a": 1, "b": [2, 3]}',
    new CborMap([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
];

describe('CBOR', () => {
  it.each<readonly [string, string, CborValue]>(examples)('%s is %s', (hex, diagnostic, value) => {
    const found = read(hex);
    expect(toCborDiagnostic(found)).toBe(diagnostic);
    if (!(value instanceof CborMap)) expect(found).toEqual(value);
    expect(hexOf(found)).toBe(hex);
  });

  it.each([
    ['f90000', '0.0'],
    ['f98000', '-0.0'],
    ['f93c00', '1.0'],
    ['f93e00', '1.5'],
    ['f97bff', '65504.0'],
    ['f90001', '5.960464477539063e-8'],
    ['f90400', '0.00006103515625'],
    ['f9c400', '-4.0'],
    ['f97c00', 'Infinity'],
    ['f97e00', 'NaN'],
    ['fa47c35000', '100000.0'],
    ['fb3ff199999999999a', '1.1'],
  ])('%s is the float %s', (hex, diagnostic) => {
    expect(toCborDiagnostic(read(hex))).toBe(diagnostic);
  });

  it('keeps 1 and 1.0 apart, and bytes and text', () => {
    const map = read('a40101f93c0002416103616104') as CborMap;
    expect(map.entries).toHaveLength(4);
    expect([map.get(1), map.get(new CborFloat(1)), map.get(Uint8Array.of(0x61)), map.get('a')]).toEqual([1, 2, 3, 4]);
    expect(map.get('constructor')).toBeUndefined();
  });

  it('writes keys in bytewise order and heads in the fewest bytes', () => {
    const map = new CborMap([
      ['aa', 1],
      ['b', 2],
      [-1, 3],
      [300, 4],
      [10, 5],
    ]);
    expect(hexOf(map)).toBe('a50a0519012c04200361620262616101');
    expect(hexOf(0x1_0000_0000)).toBe('1b0000000100000000');
    expect(hexOf('x'.repeat(256)).slice(0, 6)).toBe('790100');
    expect(hexOf(new CborFloat(1.5))).toBe('fb3ff8000000000000');
  });

  it.each([
    ['', 'ends too early, value at offset 0'],
    ['19', 'ends too early, value at offset 0'],
    ['0000', 'bytes after the CBOR value at offset 1'],
    ['9f00ff', 'indefinite length at offset 0'],
    ['ff', 'malformed simple value at offset 0'],
    ['1c', 'reserved length at offset 0'],
    ['f818', 'malformed simple value at offset 0'],
    ['61ff', 'text not valid UTF-8 at offset 0'],
    ['820061ff', 'text not valid UTF-8 at offset 2'],
    ['a2010001', 'ends too early, value at offset 0'],
    ['a20100180100', 'duplicate map key at offset 3'],
    ['a18001', 'map key of this kind at offset 1'],
    ['1b8000000000000000', 'integer above 2^63 - 1 at offset 0'],
    ['5bffffffffffffffff', 'ends too early, value at offset 0'],
  ])('refuses %s', (hex, message) => {
    expect(() => read(hex)).toThrow(expect.objectContaining({ message, name: 'CodecError' }) as Error);
  });

  it('keeps to its limits', () => {
    expect(() => read('00', { maxBytes: 0 })).toThrow('longer than 0 bytes');
    expect(() => read('8181', { maxDepth: 1 })).toThrow('nested deeper than 1 at offset 1');
    expect(() => read('820000', { maxItems: 2 })).toThrow('too many values at offset 0');
    expect(() => read('c100', { tags: false })).toThrow('tag where none may be at offset 0');
  });
});
