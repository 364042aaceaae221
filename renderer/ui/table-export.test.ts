import { describe, expect, it } from 'vitest';
import { toCsv, toMarkdown } from './table-export.ts';

describe('a table as comma-separated values', () => {
  it.each([
    ['plain', 'plain'],
    ['with, comma', '"with, comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['a\nb\u202e', 'ab'],
  ])('writes %s as %s', (text, written) => {
    expect(toCsv(['Head'], [[text]])).toBe(`Head\r\n${written}\r\n`);
  });
});

describe('a table in Markdown', () => {
  it.each([
    ['plain', 'plain'],
    ['a|b', 'a\\|b'],
    ['[x](http://evil)', '\\[x\\](http\\://evil)'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['line\nbreak', 'linebreak'],
  ])('writes %s as %s', (text, written) => {
    expect(toMarkdown(['Head'], [[text]])).toBe(`| Head |\n| --- |\n| ${written} |\n`);
  });
});
