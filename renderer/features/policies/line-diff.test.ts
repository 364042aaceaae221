import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedLines, countChanges, diffLines, foldUnchanged } from './line-diff.ts';

const show = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

describe('a comparison by lines', () => {
  it.each([
    ['a\nb\nc', 'a\nB\nc', [' a', '-b', '+B', ' c']],
    ['a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['', 'a', ['-', '+a']],
    ['a\n', 'a\nb\n', [' a', '+b', ' ']],
    ['a', 'a\nb', [' a', '+b']],
    ['a\nb', 'a', [' a', '-b']],
    ['a', 'a', [' a']],
  ])('of %j and %j', (before, after, expected) => {
    expect(show(before, after)).toEqual(expected);
  });

  it('keeps every line of both texts, in order', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (kind: string) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      }),
    );
  });

  it('counts places and marks lines', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng';
    const after = 'A\nb\nc\nd\ne\nf\nx\ng';
    expect(countChanges(before, after)).toBe(2);
    expect(countChanges(before, before)).toBe(0);
    expect([...changedLines(before, after)]).toEqual([
      [1, 'changed'],
      [7, 'added'],
    ]);
  });

  it('folds what is far from a change', () => {
    const before = Array.from({ length: 12 }, (_, index) => `${index}`).join('\n');
    const parts = foldUnchanged(diffLines(before, before.replace('6', 'six')), 2);
    expect(parts.map(({ folded, lines }) => [folded, lines.length])).toEqual([
      [true, 4],
      [false, 6],
      [true, 3],
    ]);
  });
});
