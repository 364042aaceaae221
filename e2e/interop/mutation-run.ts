import { decodeEnvelope } from '../../electron/domain/envelope/decode-envelope.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import type { Allowlist } from './allowlist.ts';
import { faultOfOutcome } from './envelope-differences.ts';
import { isAccepted, type EnvelopeCase, type TwoJudges, type TwoVerdicts } from './two-judges.ts';

const usualNumber = 5000;
/** How many envelopes of each format are changed in a run; `INKAN_MUTATIONS` asks for another number. */
export const mutantsInRun = Number(process.env['INKAN_MUTATIONS'] ?? usualNumber);

/** Allowed differences that a run has not met. One of fewer than usual may well miss a rare one. */
export function unseenInRun(allowlist: Allowlist): readonly string[] {
  return mutantsInRun < usualNumber ? [] : allowlist.unseen;
}

const atOnce = 1000;
const slowMs = 1000;

/** What is changed, and how both judge it. */
export interface MutationPlan {
  readonly judges: TwoJudges;
  readonly allowlist: Allowlist;
  /** Everything of a case but its envelope. */
  readonly common: Omit<EnvelopeCase, 'envelope'>;
  readonly originals: readonly Uint8Array[];
  /** `blind`: changed without knowing what it is, so that what was signed stays what it was. */
  readonly mutate: (random: SeededRandom, blind: boolean) => Uint8Array;
  /** What the allowlist calls a refusal of Inkan's that the reference does not share. */
  readonly nameOf: (fault: string, envelope: Uint8Array) => string;
}

/** Changes envelopes by the thousand and remembers what should not have happened. */
export class MutationRun {
  readonly findings: string[] = [];
  accepted = 0;
  refused = 0;
  readonly #plan: MutationPlan;
  readonly #signed: ReadonlySet<string>;

  constructor(plan: MutationPlan) {
    this.#plan = plan;
    this.#signed = new Set(plan.originals.map((bytes) => this.#contentOf(bytes)));
  }

  /** Allowed differences that did not occur, of those that are to be expected. */
  get unseen(): readonly string[] {
    return unseenInRun(this.#plan.allowlist);
  }

  /** Half of a run: by structure, or blindly. */
  async play(blind: boolean): Promise<void> {
    const { judges, common, mutate } = this.#plan;
    const random = new SeededRandom(seedOfRun() + (blind ? 1 : 0));
    for (let left = mutantsInRun / 2; left > 0; left -= atOnce) {
      const cases = Array.from({ length: Math.min(left, atOnce) }, (): EnvelopeCase => ({
        ...common,
        envelope: mutate(random, blind),
      }));
      (await judges.judge(cases)).forEach((verdicts, index) => this.#look(cases[index]?.envelope, blind, verdicts));
    }
  }

  #look(envelope: Uint8Array = new Uint8Array(), blind: boolean, { mine, crash, tookMs, theirs }: TwoVerdicts): void {
    const show = (what: string): void =>
      void this.findings.push(`${what}: ${Buffer.from(envelope).toString('base64')}`);
    if (!mine) return show(`crash ${String(crash)}`);
    if (tookMs > slowMs) show(`${tookMs.toFixed(0)} ms`);
    const acceptedThere = theirs?.error === null;
    if (isAccepted(mine)) {
      this.accepted += 1;
      if (!acceptedThere) show(`false accept, the reference says ${theirs?.error?.message ?? 'nothing'}`);
      if (blind && !this.#signed.has(this.#contentOf(envelope))) show('accepted with other content');
      return;
    }
    this.refused += 1;
    if (!acceptedThere) return;
    const { allowlist, nameOf } = this.#plan;
    allowlist.note(nameOf(faultOfOutcome(mine), envelope), Buffer.from(envelope).toString('base64'));
  }

  /** What was signed, and by whom. */
  #contentOf(bytes: Uint8Array): string {
    const { payload, chain } = decodeEnvelope(this.#plan.common.mediaType, bytes);
    return `${Buffer.from(payload).toString('hex')} ${chain[0]?.sha256 ?? ''}`;
  }
}
