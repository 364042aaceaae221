const margin = 0.1;

/** Maps moments to a width so that all of them fit with a margin. */
export function toTimeScale(times: readonly string[], nowMs: number, width: number): (ms: number) => number {
  const all = [...times.map(Date.parse).filter(Number.isFinite), nowMs];
  const first = Math.min(...all);
  const span = Math.max(1, Math.max(...all) - first);
  return (ms) => Math.round(width * (margin + ((ms - first) / span) * (1 - 2 * margin)));
}
