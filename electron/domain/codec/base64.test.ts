import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBase64, parseBase64Url, toBase64, toBase64Url } from './base64.ts';
import { CodecError } from './codec-error.ts';

describe('base64', () => {
  it.each([
    ['white space', 'AAA A'],
    ['a newline', 'AAAA\n'],
    ['missing padding', 'AA'],
    ['too much padding', 'AAA=='],
    ['padding in the middle', 'AA==AAAA'],
    ['the other alphabet', 'AA-_'],
    ['spare bits', 'AB=='],
    ['a lone character', 'A'],
    ['anything else', 'AAA\u00e9'],
  ])('refuses %s in standard base64', (_name, text) => {
    expect(() => parseBase64(text)).toThrow(CodecError);
  });

  it.each([
    ['padding', 'AA=='],
    ['a newline', 'AAA\nA'],
    ['the other alphabet', 'AA+/'],
    ['spare bits', 'AB'],
    ['a lone character', 'AAAAA'],
    ['a full stop', 'AA.A'],
  ])('refuses %s in base64url', (_name, text) => {
    expect(() => parseBase64Url(text)).toThrow(CodecError);
  });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseBase64(toBase64(bytes))).toEqual(bytes);
        expect(parseBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it('accepts exactly one text for each value', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(...'ABz09+/-_= \n'), maxLength: 12 });
    fc.assert(
      fc.property(alphabet, (text) => {
        let bytes: Uint8Array;
        try {
          bytes = parseBase64Url(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
          return;
        }
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(toBase64Url(bytes)).toBe(text);
      }),
    );
  });

  it('encodes a view without the bytes around it', () => {
    expect(toBase64(Uint8Array.of(0, 1, 2, 3).subarray(1, 3))).toBe('AQI=');
  });
});
