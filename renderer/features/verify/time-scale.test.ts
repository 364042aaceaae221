import { describe, expect, it } from 'vitest';
import { toTimeScale } from './time-scale.ts';

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
