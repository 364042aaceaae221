const dayMs = 24 * 60 * 60 * 1000;

export const laneNames = ['overdue', 'week', 'month', 'quarter'] as const;
export type LaneName = (typeof laneNames)[number];

/** Something that ends with a certificate. */
export interface Ending {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly notAfter: string;
  /** What stops working then, in words. */
  readonly dependents: readonly string[];
  /** Whether it is only for trying things out. */
  readonly isTest: boolean;
}

/** What has ended or ends within 90 days, by how soon, the soonest first. */
export type Lanes = Readonly<Record<LaneName, readonly Ending[]>>;

function laneOf(leftMs: number): LaneName | null {
  if (leftMs < 0) return 'overdue';
  if (leftMs <= 7 * dayMs) return 'week';
  if (leftMs <= 30 * dayMs) return 'month';
  return leftMs <= 90 * dayMs ? 'quarter' : null;
}

export function toLanes(endings: readonly Ending[], nowMs: number): Lanes {
  const lanes: Record<LaneName, Ending[]> = { overdue: [], week: [], month: [], quarter: [] };
  const sorted = endings
    .map((ending) => ({ ending, ends: Date.parse(ending.notAfter) }))
    .sort((one, other) => one.ends - other.ends);
  for (const { ending, ends } of sorted) {
    const lane = laneOf(ends - nowMs);
    if (lane) lanes[lane].push(ending);
  }
  return lanes;
}

/** The moment at which the first certificate of a chain ends. */
export function endOfChain(chain: readonly { readonly notAfter: string }[]): string | undefined {
  return chain.map(({ notAfter }) => notAfter).sort((one, other) => Date.parse(one) - Date.parse(other))[0];
}
