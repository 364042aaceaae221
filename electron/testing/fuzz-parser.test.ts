import { expect, it } from 'vitest';
import { assertSound, fuzzParser, type FuzzPlan } from './fuzz-parser.ts';

class Refusal extends Error {}

/** A parser that refuses every other input, and does something else with one in three hundred. */
function planWith(oddity: () => unknown, change: Partial<FuzzPlan<string, unknown>> = {}): FuzzPlan<string, unknown> {
  let count = 0;
  return {
    seeds: ['a', 'b'],
    mutate: (random, input, other) => `${input}${other}${random.below(10)}`,
    parse: (input) => {
      if (input.length === 1) return input;
      count += 1;
      if (input.endsWith('7') && count > 300) return oddity();
      if (count % 2 === 0) throw new Refusal('no');
      return input;
    },
    isFault: (error) => error instanceof Refusal,
    ...change,
  };
}

function spin(): void {
  const until = performance.now() + 60;
  while (performance.now() < until);
}

it.each<[string, () => unknown, RegExp]>([
  ['an error that nobody promised', () => JSON.parse('{'), /SyntaxError/],
  ['slowness', spin, /^6\d ms|^[7-9]\d ms|^\d{3} ms/],
  ['greed', () => Buffer.alloc(25_000_000), /^[12]\d{7} bytes/],
])('finds %s, with the input', async (_, oddity, finding) => {
  const { findings } = await fuzzParser(planWith(oddity));
  expect(findings.length).toBeGreaterThan(0);
  for (const each of findings) {
    expect(each).toMatch(finding);
    expect(each).toMatch(/: "[ab]{2}7"$/);
  }
});

it('finds a property that does not hold, waits for promises, and stops after a few findings', async () => {
  const check = (output: unknown): void => {
    if (output === 'odd') throw new Error('odd');
  };
  const { findings } = await fuzzParser(planWith(() => Promise.resolve('odd'), { check }));
  expect(findings).toHaveLength(5);
  expect(findings[0]).toMatch(/^a property does not hold: Error: odd: /);
});

it('is the same in every run, and wants both what is accepted and what is refused', async () => {
  const run = () => fuzzParser(planWith(() => 'even'));
  const result = await run();
  expect(result).toEqual(await run());
  expect(() => assertSound(result)).not.toThrow();
  expect(() => assertSound({ ...result, refused: 0 })).toThrow('0 refused');
  expect(() => assertSound({ ...result, findings: ['x'] })).toThrow('x');
});

it('does not go on with a seed that is refused', async () => {
  const refusing = planWith(() => '', {
    parse: () => {
      throw new Refusal('never');
    },
  });
  await expect(fuzzParser(refusing)).rejects.toThrow('never');
});
