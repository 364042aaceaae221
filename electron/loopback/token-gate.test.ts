import { describe, expect, it } from 'vitest';
import { createTokenGate, type TokenGate } from './token-gate.ts';

const wrongTokensOfAGate = 9;

/** How long one refusal takes, in milliseconds, a gate being replaced before it locks. */
function timeRefusals(change: (token: string) => string, count: number): number[] {
  const times: number[] = [];
  let gate: TokenGate = createTokenGate(() => undefined);
  for (let index = 0; index < count; index += 1) {
    if (index % wrongTokensOfAGate === 0) gate = createTokenGate(() => undefined);
    const offered = change(gate.token);
    const started = performance.now();
    gate.admits(offered);
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other);
}
const median = (times: readonly number[]): number => times[Math.floor(times.length / 2)] ?? 0;
const other = (character: string | undefined): string => (character === 'A' ? 'B' : 'A');

describe('case H-03: the token', () => {
  it('is taken as it is and in no other way', () => {
    const gate = createTokenGate(() => undefined);
    const { token } = gate;
    expect(gate.admits(token)).toBe(true);
    const near = [token.slice(1), `${token} `, token.toLowerCase(), `${token.slice(0, -1)}${other(token.at(-1))}`, ''];
    expect(near.map((offered) => gate.admits(offered))).toEqual(near.map(() => false));
    expect(gate.admits(undefined)).toBe(false);
  });

  it('takes no longer to refuse the more of it is right, over 100,000 tries', () => {
    const wrongAtFirst = (token: string): string => `${other(token[0])}${token.slice(1)}`;
    const wrongAtLast = (token: string): string => `${token.slice(0, -1)}${other(token.at(-1))}`;
    timeRefusals(wrongAtFirst, 5000);
    const ratio = median(timeRefusals(wrongAtLast, 50_000)) / median(timeRefusals(wrongAtFirst, 50_000));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('is of no use once ten wrong ones were offered', () => {
    let locked = 0;
    const gate = createTokenGate(() => (locked += 1));
    for (let index = 0; index < 12; index += 1) gate.admits(`wrong ${index}`);
    expect([locked, gate.admits(gate.token)]).toEqual([1, false]);
  });
});
