import { describe, expect, it } from 'vitest';
import { toLines, toTimeScale } from './time-scale.ts';

describe('toTimeScale', () => {
  it('puts the first and last moment at the margins, and the rest between', () => {
    const at = toTimeScale(['2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'], Date.parse('2026-01-02T00:00:00Z'), 100);
    expect(
      [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-01-02T00:00:00Z'), Date.parse('2026-01-03T00:00:00Z')].map(
        at,
      ),
    ).toEqual([10, 50, 90]);
  });
  it('does not divide by zero and leaves out what is no moment', () => {
    expect(toTimeScale(['never'], 5, 100)(5)).toBe(10);
  });
});

describe('the lines of labels', () => {
  it.each([
    { what: 'all on the first when they stand apart', middles: [0, 100, 200, 300], lines: [0, 0, 0, 0] },
    { what: 'one below for each that is near', middles: [100, undefined, 104, 96], lines: [0, 0, 1, 2] },
    { what: 'the first line again where it is free', middles: [100, 104, 160], lines: [0, 1, 0] },
    { what: 'one on the first that is just far enough', middles: [100, 152], lines: [0, 0] },
  ])('are $what', ({ middles, lines }) => expect(toLines(middles, 52)).toEqual(lines));
});
