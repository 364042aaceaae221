/** Milliseconds, or megabytes, of single trials. */
export type Samples = readonly number[];

/** What two sides took in the same run, trial by trial. */
export interface Contest {
  readonly inkan: Samples;
  readonly reference: Samples;
  /** Inkan's median over the reference's, round by round: how much the ratio varies. */
  readonly ratios: Samples;
}

/** The value below which a part of the samples lies, by nearest rank. */
export function quantile(samples: Samples, part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(part * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

export function median(samples: Samples): number {
  return quantile(samples, 0.5);
}

/** How long one call takes. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** How long each of a number of calls takes, one after the other. */
export async function repeat(times: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) samples.push(await timeOf(() => work(index)));
  return samples;
}

/**
 * Lets two sides take turns, so that whatever else the machine does falls on both, and lets each go first as often as the
 * other. One round before these warms up and is not counted.
 */
export async function alternate(
  rounds: number,
  inkan: () => Promise<Samples>,
  reference: () => Promise<Samples>,
): Promise<Contest> {
  const contest = { inkan: [] as number[], reference: [] as number[], ratios: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const before = round % 2 === 0 ? await inkan() : undefined;
    const theirs = await reference();
    const ours = before ?? (await inkan());
    if (round === 0) continue;
    contest.inkan.push(...ours);
    contest.reference.push(...theirs);
    contest.ratios.push(median(ours) / median(theirs));
  }
  return contest;
}
