import fc from 'fast-check';
import { toDistinguishedName } from '../../../shared/model/distinguished-name.ts';
import { describe, expect, it } from 'vitest';
import { isSubset, readDistinguishedName } from './distinguished-name.ts';

/** With C, ST and O, so that only what is looked at can be wrong. */
const base = 'C=US,ST=WA,O=Notary';

function attributes(text: string): Record<string, string> | string {
  const reading = readDistinguishedName(text);
  return reading.fault === undefined ? Object.fromEntries(reading.name) : reading.fault.kind;
}

describe('readDistinguishedName', () => {
  it.each([
    ['plain', `${base},CN=a`, 'a'],
    ['semicolons', 'C=US;ST=WA;O=Notary;CN=a', 'a'],
    ['spaces around', ' C = US , ST = WA , O = Notary , CN = a b ', 'a b'],
    ['S for ST', 'C=US,S=WA,O=Notary,CN=a', 'a'],
    ['escaped comma', `${base},CN=a\\,b`, 'a,b'],
    ['escaped specials', `${base},CN=\\ \\"\\#\\+\\;\\<\\=\\>\\\\`, ' "#+;<=>\\'],
    ['hex escapes', `${base},CN=\\41\\c3\\A9`, 'Aé'],
    ['escaped end space', `${base},CN=a\\ `, 'a '],
    ['equals in the value', `${base},CN=a=b`, 'a=b'],
    ['quotes stay', `${base},CN="a"`, '"a"'],
    ['number sign later', `${base},CN=a#1`, 'a#1'],
    ['text of any script', `${base},CN=印鑑`, '印鑑'],
    ['empty value', `${base},CN=`, ''],
    ['empty first, then a value', `${base},CN=,CN=a`, 'a'],
    ['a type before the equals sign twice', `=C=US,ST=WA,O=Notary,CN=a`, 'a'],
  ])('%s', (_, text, cn) => {
    expect(attributes(text)).toEqual({ C: 'US', ST: 'WA', O: 'Notary', CN: cn });
  });

  it.each([
    ['multiValued', `${base},CN=a+OU=b`],
    ['duplicate', `${base},CN=a,CN=b`],
    ['duplicate', 'C=US,ST=WA,S=WA,O=Notary'],
    ['missing', 'C=US,ST=WA'],
    ['missing', 'c=US,st=WA,o=Notary'],
    ['missing', 'C=US,ST=WA,O='],
    ['missing', '  '],
    ['hexValue', `${base},CN=#0401`],
    ['hexValue', `${base},1.2.3=#0401`],
    ['hexValue', `${base},CN=a\\=#`],
    ['syntax', `${base},`],
    ['syntax', `${base},CN`],
    ['syntax', `,${base}`],
    ['syntax', `${base},CN=a\\`],
    ['syntax', `${base},CN=a\\q1`],
    ['syntax', `${base},CN=a\\4`],
    ['syntax', `${base},CN=a\\4é`],
  ])('%s: %s', (kind, text) => {
    expect(attributes(text)).toBe(kind);
  });

  it('gives the reference’s sentence for a syntax fault', () => {
    const reading = readDistinguishedName('C=a\\g1');
    expect(reading.fault?.message).toBe(
      `parsing distinguished name (DN) "C=a\\\\g1" failed with err: failed to decode escaped character: encoding/hex: invalid byte: U+0067 'g'. A valid DN must contain 'C', 'ST' or 'S', and 'O' RDN attributes at a minimum, and follow RFC 4514 standard`,
    );
  });

  it('keeps bytes that are no UTF-8 apart', () => {
    const values = ['\\ff', '\\fe', '\\c3', '\u{fffd}', '\\ef\\bf\\bd'].map((value) =>
      attributes(`${base},CN=${value}`),
    );
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(4);
  });

  it('case E-16: names of Object are attributes like any other', () => {
    expect(attributes(`${base},__proto__=a,constructor=b`)).not.toBe('syntax');
    const [wanted, found] = [`${base},toString=a`, base].map((text) => readDistinguishedName(text));
    expect(wanted?.fault ?? found?.fault).toBeUndefined();
    if (wanted?.fault === undefined && found?.fault === undefined)
      expect(isSubset(wanted!.name, found!.name)).toBe(false);
  });

  it.each(['=', ',', '\\', '\\41', ' ', 'C=', 'C=a,', '+', '\\ ', '印', '=,', 'CN=a+'])(
    'goal G-12: the worst texts of %j',
    (unit) => {
      const longest = unit.repeat(16_384 / unit.length);
      for (const text of [longest, unit.repeat(65_536), unit.repeat(1_048_576)]) {
        const start = performance.now();
        expect(readDistinguishedName(text).fault).toBeDefined();
        expect(performance.now() - start).toBeLessThan(250);
      }
    },
  );

  it('gives back any values that were escaped', () => {
    const escape = (value: string): string =>
      Array.from(new TextEncoder().encode(value), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text));
    fc.assert(
      fc.property(value, value, value, (c, st, o) => {
        expect(attributes(`C=${escape(c)}, ST=${escape(st)};O=${escape(o)}`)).toEqual({ C: c, ST: st, O: o });
      }),
    );
  });

  it('gives back any name that was written', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text));
    const special = fc.string({ unit: fc.constantFrom(...' #,+"\\<>;=a'), minLength: 1 });
    const values = fc.tuple(value, special, fc.oneof(value, special), fc.oneof(value, special));
    fc.assert(
      fc.property(values, ([C, ST, O, CN]) => {
        const written = toDistinguishedName(
          Object.entries({ C, ST, O, CN }).map(([type, text]) => ({ type, value: text })),
        );
        fc.pre(!written.includes('=#'));
        expect(attributes(written)).toEqual({ C, ST, O, CN });
      }),
      { numRuns: 2000 },
    );
  });
});
