import { describe, expect, it } from 'vitest';
import { toGoJson, toGoQuoted, toSortedMap } from './go-text.ts';

describe('toGoJson', () => {
  it('keeps the order of members and escapes as Go does', () => {
    const value = new Map<string, string | number | string[]>([
      ['b', '<a href="x">&\u2028\u2029'],
      ['10', 1],
      ['2', ['é', '\t', '\u0001', '\u007f']],
      ['__proto__', 'x'],
    ]);
    expect(toGoJson(value)).toBe(
      '{"b":"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029","10":1,"2":["é","\\t","\\u0001","\u007f"],"__proto__":"x"}',
    );
  });

  it('sorts members by their bytes', () => {
    const record = { b: '', a: '', '10': '', '2': '', '\uff5e': '', '\u{1f600}': '', B: '' };
    expect([...toSortedMap(record).keys()]).toEqual(['10', '2', 'B', 'a', 'b', '\uff5e', '\u{1f600}']);
  });
});

describe('toGoQuoted', () => {
  it.each([
    ['CN=a,O=b', '"CN=a,O=b"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\n\t\u0000\u007f', '"\\n\\t\\x00\\x7f"'],
    ['印鑑', '"印鑑"'],
    ['\u00a0\u200b', '"\\u00a0\\u200b"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])('quotes %j', (text, quoted) => {
    expect(toGoQuoted(text)).toBe(quoted);
  });
});
