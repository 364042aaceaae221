import { expect, it } from 'vitest';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { mutateBytes } from '../../testing/mutate-bytes.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { toCborDiagnostic } from './cbor-diagnostic.ts';
import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from './cbor-value.ts';
import { toCbor } from './cbor-writer.ts';
import { CodecError } from './codec-error.ts';
import { parseBase64Url, toBase64Url } from './base64.ts';
import { hostOfGoUrl } from './go-url.ts';
import { parseRfc3339 } from './rfc3339.ts';
import { parseStrictCbor } from './strict-cbor.ts';
import { JsonNumber, parseStrictJson } from './strict-json.ts';
import { parseUtf8, toUtf8 } from './utf8.ts';

const isFault = (error: unknown): boolean => error instanceof CodecError;
const limits = { maxBytes: 65_536 };

it('CBOR: what is taken is the same after it was written and read again', async () => {
  const values: readonly CborValue[] = [
    [0, 23, 24, 255, 65_536, 2 ** 40, -1, -(2 ** 53) - 2, 2n ** 63n - 1n, -(2n ** 64n)],
    new CborMap([
      [1, 'text'],
      ['印', Uint8Array.of(1, 2, 3)],
      [new CborFloat(1.5), new CborTag(1, 1_700_000_000)],
      [null, [true, false, new CborSimple(23), new CborFloat(-0)]],
    ]),
    new CborTag(18, [Uint8Array.of(0xa0), new CborMap(), Uint8Array.of(), Uint8Array.of(9)]),
  ];
  const result = await fuzzParser({
    seeds: values.map(toCbor),
    mutate: mutateBytes,
    parse: (bytes) => parseStrictCbor(bytes, limits),
    isFault,
    check: (value) => {
      const written = toCbor(value);
      expect(toCbor(parseStrictCbor(written, limits))).toEqual(written);
      expect(toCborDiagnostic(value)).not.toBe('');
    },
  });
  assertSound(result);
});

/** As JSON.parse reads it. */
function toPlain(value: unknown): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
}

it('JSON: what is taken is what everybody reads in it', async () => {
  const text = JSON.stringify({ a: [1, -0.5, 1e30, true, null], b: { 'c"\\': '\u2028é🙂', ['__proto__']: {} }, d: '' });
  const result = await fuzzParser({
    seeds: [text, '[]', '"x"', '-12'],
    mutate: (random, input, other) =>
      random.chance(0.6) ? mutateJsonDeep(random, input) : mutateText(random, input, other),
    parse: (input) => parseStrictJson(input, limits),
    isFault,
    check: (value, input) => expect(JSON.stringify(toPlain(value))).toBe(JSON.stringify(JSON.parse(input))),
  });
  assertSound(result);
});

it('UTF-8, base64url: what is taken is written in the one way there is', async () => {
  assertSound(
    await fuzzParser({
      seeds: [toUtf8('aé印🙂\u0000\ufffd')],
      mutate: mutateBytes,
      parse: parseUtf8,
      isFault,
      check: (text, bytes) => expect(toUtf8(text)).toEqual(Uint8Array.from(bytes)),
    }),
  );
  assertSound(
    await fuzzParser({
      seeds: ['', 'AA', '_-A', 'AAAA', toBase64Url(new Uint8Array(100).fill(0xfb))],
      mutate: mutateText,
      parse: parseBase64Url,
      isFault,
      check: (bytes, text) => expect(toBase64Url(bytes)).toBe(text),
    }),
  );
});

it('RFC 3339: what is taken is the moment that Date reads', async () => {
  const result = await fuzzParser({
    seeds: ['2026-11-23T07:45:11Z', '0000-02-29T23:59:59.123456789+14:00', '9999-12-31T00:00:00-00:00'],
    mutate: mutateText,
    parse: parseRfc3339,
    isFault,
    check: (moment, text) => {
      const cut = text.replace(/(\.\d{3})\d+/, '$1');
      expect(moment.getTime()).toBe(new Date(cut).getTime());
    },
  });
  assertSound(result);
});

it('addresses: no text brings it to a stop', async () => {
  const { findings } = await fuzzParser({
    seeds: ['https://user:word@registry.example:443/a%20b?c#d', 'http://[fe80::1%25en0]:80/', 'urn:a:b', '//a/b'],
    mutate: mutateText,
    parse: hostOfGoUrl,
    isFault,
  });
  expect(findings).toEqual([]);
});
