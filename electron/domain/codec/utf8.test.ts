import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from './codec-error.ts';
import { parseUtf8, toUtf8 } from './utf8.ts';

describe('utf8', () => {
  it.each([
    ['a stray byte', [0x61, 0xff]],
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['half a character', [0xe5, 0x8d]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61]],
  ])('refuses %s', (_name, bytes) => {
    expect(() => parseUtf8(Uint8Array.from(bytes))).toThrow(CodecError);
  });

  it('gives back any well-formed text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.startsWith('\ufeff')),
        (text) => {
          expect(parseUtf8(toUtf8(text))).toBe(text);
        },
      ),
    );
  });
});
