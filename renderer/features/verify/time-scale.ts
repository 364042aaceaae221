const margin = 0.1;

/** Maps moments to a width so that all of them fit with a margin. */
export function toTimeScale(times: readonly string[], nowMs: number, width: number): (ms: number) => number {
  const all = [...times.map(Date.parse).filter(Number.isFinite), nowMs];
  const first = Math.min(...all);
  const span = Math.max(1, Math.max(...all) - first);
  return (ms) => Math.round(width * (margin + ((ms - first) / span) * (1 - 2 * margin)));
}

/**
 * The line for each label, so that none overlaps another: 0 is the uppermost. Labels that come earlier in the list get the upper lines.
 * `undefined` stands for a label that is not drawn.
 */
export function toLines(middles: readonly (number | undefined)[], room: number): readonly number[] {
  const taken: number[][] = [];
  return middles.map((middle) => {
    if (middle === undefined) return 0;
    const free = taken.findIndex((others) => others.every((other) => Math.abs(other - middle) >= room));
    const line = free === -1 ? taken.length : free;
    (taken[line] ??= []).push(middle);
    return line;
  });
}
