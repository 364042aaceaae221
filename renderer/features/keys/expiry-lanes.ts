import type { SigningKey } from '../../../shared/model/signing-key.ts';

const dayMs = 24 * 60 * 60 * 1000;

export const laneNames = ['overdue', 'week', 'month', 'quarter'] as const;
export type LaneName = (typeof laneNames)[number];

/** Keys whose certificate has ended or ends within 90 days, by how soon, the soonest first. */
export type Lanes = Readonly<Record<LaneName, readonly SigningKey[]>>;

function laneOf(leftMs: number): LaneName | null {
  if (leftMs < 0) return 'overdue';
  if (leftMs <= 7 * dayMs) return 'week';
  if (leftMs <= 30 * dayMs) return 'month';
  return leftMs <= 90 * dayMs ? 'quarter' : null;
}

function endOf({ chain }: SigningKey): number {
  return Math.min(...chain.map(({ notAfter }) => Date.parse(notAfter)));
}

export function toLanes(keys: readonly SigningKey[], nowMs: number): Lanes {
  const lanes: Record<LaneName, SigningKey[]> = { overdue: [], week: [], month: [], quarter: [] };
  const ending = keys.filter(({ chain }) => chain.length > 0).sort((a, b) => endOf(a) - endOf(b));
  for (const key of ending) {
    const lane = laneOf(endOf(key) - nowMs);
    if (lane) lanes[lane].push(key);
  }
  return lanes;
}
