import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differingParts,
  escapeValue,
  parseDistinguishedName,
  parseIdentity,
  toDistinguishedName,
  toIdentity,
  toIdentityParts,
} from './distinguished-name.ts';

describe('a distinguished name', () => {
  it.each([
    ['a, b', 'a\\, b'],
    ['#1', '\\#1'],
    [' a ', '\\ a\\ '],
    ['a+b;c', 'a\\+b\\;c'],
    ['"q"<>\\', '\\"q\\"\\<\\>\\\\'],
    ['x=#y', 'x\\=#y'],
    ['a\0b', 'a\\00b'],
    ['筋通しまショヤ', '筋通しまショヤ'],
  ])('escapes %j', (value, escaped) => {
    expect(escapeValue(value)).toBe(escaped);
  });

  it('gives back every value that it wrote', () => {
    const value = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(value, value, (o, cn) => {
        const parts = [
          { type: 'C', value: 'US' },
          { type: 'O', value: o },
          { type: 'CN', value: cn },
        ];
        expect(parseDistinguishedName(toDistinguishedName(parts))).toEqual(parts);
      }),
    );
  });

  it.each([
    ['C=US,ST=WA,O=Notary', 'C US|ST WA|O Notary'],
    ['C = US ; S=WA;O= Notary Inc ', 'C US|ST WA|O Notary Inc'],
    ['O=a\\,b,CN=\\e7\\ad\\8b', 'O a,b|CN 筋'],
    ['CN=a\\ ', 'CN a '],
  ])('reads %j', (text, expected) => {
    expect(
      parseDistinguishedName(text)
        ?.map(({ type, value }) => `${type} ${value}`)
        .join('|'),
    ).toBe(expected);
  });

  it.each(['', 'US', 'C=US,', 'C=US+ST=WA', '1.2.3=#0401', 'CN="a"', 'CN=a\\', 'CN=\\ff', '=a'])(
    'does not read %j',
    (text) => {
      expect(parseDistinguishedName(text)).toBeNull();
    },
  );

  it('makes an identity of a certificate’s subject', () => {
    const parts = toIdentityParts('CN=fade-out,O=Notary,L=Seattle,ST=WA,C=US') ?? [];
    expect(toIdentity(parts)).toBe('x509.subject: C=US, ST=WA, L=Seattle, O=Notary, CN=fade-out');
    expect(parseIdentity(toIdentity(parts))).toEqual(parts);
    expect(parseIdentity('other: C=US')).toBeNull();
  });

  it('names the parts that differ', () => {
    const wanted = parseDistinguishedName('C=US,ST=WA,O=Notary,CN=a') ?? [];
    expect(differingParts(wanted, parseDistinguishedName('CN=b,O=Notary,ST=WA,C=US') ?? [])).toEqual(['CN']);
    expect(differingParts(wanted, parseDistinguishedName('OU=x,CN=a,O=Notary,ST=WA,C=US') ?? [])).toEqual([]);
  });
});
