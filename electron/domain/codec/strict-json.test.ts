import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from './codec-error.ts';
import { isJsonObject, JsonNumber, memberOf, parseStrictJson, type JsonValue } from './strict-json.ts';

const limits = { maxBytes: 100_000 };
const parse = (text: string): JsonValue => parseStrictJson(text, limits);

describe('parseStrictJson', () => {
  it.each([
    ['nothing', '', 'JSON value expected at offset 0'],
    ['text after the value', '{} x', 'text after the JSON value at offset 3'],
    ['two values', '{}{}', 'text after the JSON value at offset 2'],
    ['a duplicate member', '{"a":1,"a":2}', 'duplicate member "a" at offset 7'],
    ['a duplicate member in other letters', '{"a":1,"\\u0061":2}', 'duplicate member "a" at offset 7'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'duplicate member "__proto__" at offset 15'],
    ['a trailing comma', '[1,]', 'JSON value expected at offset 3'],
    ['a trailing comma in an object', '{"a":1,}', 'member name expected at offset 7'],
    ['a name without quotes', '{a:1}', 'member name expected at offset 1'],
    ['single quotes', "'a'", 'JSON value expected at offset 0'],
    ['a comment', '/* */1', 'JSON value expected at offset 0'],
    ['NaN', 'NaN', 'JSON value expected at offset 0'],
    ['a leading zero', '01', 'JSON value expected at offset 0'],
    ['a leading plus', '+1', 'JSON value expected at offset 0'],
    ['a number that ends early', '1.', 'malformed number at offset 0'],
    ['an exponent without digits', '1e+', 'malformed number at offset 0'],
    ['hex', '0x10', 'text after the JSON value at offset 1'],
    ['an open string', '"a', 'string without an end at offset 0'],
    ['a control character', '"a\nb"', 'control character in a string at offset 2'],
    ['an unknown escape', '"\\x41"', 'unknown escape in a string at offset 2'],
    ['a short escape', '"\\u00"', 'unknown escape in a string at offset 2'],
    ['half a surrogate pair', '"\\ud800"', 'half a surrogate pair at offset 0'],
    ['a missing colon', '{"a" 1}', '":" expected at offset 5'],
    ['an open object', '{"a":1', '"," or "}" expected at offset 6'],
    ['an open list', '[1', '"," or "]" expected at offset 2'],
    ['other white space', '\u00a01', 'JSON value expected at offset 0'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('refuses what is too deep, and nothing less', () => {
    expect(() => parse('['.repeat(33) + ']'.repeat(33))).toThrow('nested deeper than 32 at offset 32');
    expect(parse('['.repeat(32) + ']'.repeat(32))).toHaveLength(1);
    expect(() => parse('['.repeat(90_000))).toThrow(CodecError);
  });

  it('refuses what is too long', () => {
    expect(() => parseStrictJson('[1, 2]', { maxBytes: 5 })).toThrow('longer than 5 bytes');
  });

  it.each(['5.0', '5e0', '-0', '1152921504606846976', '9007199254740992', '-9007199254740992', '1E400'])(
    'keeps %s as it was written',
    (text) => {
      expect(parse(text)).toEqual(new JsonNumber(text));
      expect(isJsonObject(parse(text))).toBe(false);
      expect(JSON.stringify(parse(text))).toBe(JSON.stringify(text));
    },
  );

  it.each([
    ['0', 0],
    ['-1', -1],
    ['9007199254740991', 9_007_199_254_740_991],
  ])('reads %s as an integer', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it('gives objects without a prototype', () => {
    const object = parse('{"__proto__":{"polluted":1},"constructor":"a"}');
    expect(isJsonObject(object) && Object.getPrototypeOf(object) === null).toBe(true);
    expect(isJsonObject(object) && Object.keys(object)).toEqual(['__proto__', 'constructor']);
    expect(isJsonObject(object) && memberOf(object, 'toString')).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads what JSON.parse reads, and in the same way', () => {
    const values = fc.jsonValue({ depthSize: 'small', noUnicodeString: false });
    fc.assert(
      fc.property(values, fc.constantFrom(undefined, 1), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const read = parse(text);
        // Numbers that are no safe integers come back as their text: compare by what would be written.
        const asText = (_name: string, member: unknown): unknown =>
          typeof member === 'number' && !Number.isSafeInteger(member) ? String(member) : member;
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(JSON.parse(text), asText)));
      }),
    );
  });

  it('never accepts what JSON.parse refuses', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ue+-.019atrn \n'), maxLength: 14 });
    fc.assert(
      fc.property(noise, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
          return;
        }
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a long string of escapes', `"${'\\\\'.repeat(32_000)}"`],
    ['many members', `{${Array.from({ length: 6000 }, (_, index) => `"m${index}":1`).join(',')}}`],
    ['an endless number', '1'.repeat(65_536)],
    ['white space', ' '.repeat(65_536)],
  ])('takes %s in its stride', (_name, text) => {
    // The processor's time, which other processes do not take from us.
    const start = process.cpuUsage();
    try {
      parse(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CodecError);
    }
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });
});
