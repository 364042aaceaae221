import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeEnvelope } from '../../electron/domain/envelope/decode-envelope.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { mutateBytes } from '../../electron/testing/mutate-bytes.ts';
import { Allowlist } from './allowlist.ts';
import { faultOfOutcome } from './envelope-differences.ts';
import { havePeers } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement, type EnvelopeCase, type TwoVerdicts } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

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
interface MutationPlan {
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
class MutationRun {
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

/** Envelopes of one format, and how they are changed. */
export interface MutationSuite<Seed> {
  /** The test file, without `.test.ts`; and suites whose differences may be met here too. */
  readonly suite: string;
  readonly others: readonly string[];
  readonly format: string;
  readonly mediaType: string;
  readonly seeds: readonly Seed[];
  readonly write: (seed: Seed) => Uint8Array;
  /** Changes an envelope by one who knows how it is made. */
  readonly mutate: (random: SeededRandom, seed: Seed, other: Seed) => Uint8Array;
  readonly nameOf: MutationPlan['nameOf'];
}

/** The tests of such a suite: half of the envelopes by their structure, half by their bytes. */
export function describeMutations<Seed extends { readonly chain: TestChain }>(options: MutationSuite<Seed>): void {
  const { suite, others, format, mediaType, seeds, write, mutate, nameOf } = options;
  describe.skipIf(!havePeers())(`${mutantsInRun} mutated ${format} envelopes`, () => {
    let judges: TwoJudges;
    let run: MutationRun;
    const allowlist = new Allowlist(suite, others);
    const written = seeds.map((seed) => ({ seed, bytes: write(seed) }));
    beforeAll(async () => {
      judges = await TwoJudges.open();
      for (const [index, { chain }] of seeds.entries()) await judges.trust(chain, `seed-${index}`);
      const trustStores = seeds.map((_, index) => `ca:seed-${index}`);
      run = new MutationRun({
        judges,
        allowlist,
        originals: written.map(({ bytes }) => bytes),
        common: { mediaType, artifact: caseArtifact, statement: wideStatement('', { trustStores }) },
        mutate: (random, blind) => {
          const [one, other] = [random.pick(written), random.pick(written)];
          return blind ? mutateBytes(random, one.bytes, other.bytes) : mutate(random, one.seed, other.seed);
        },
        nameOf,
      });
    });
    afterAll(() => judges.close());

    test('by their structure', () => run.play(false));
    test('by their bytes', () => run.play(true));

    test('none was wrongly accepted, none crashed, none was slow; only allowed differences were seen, and each of them', () => {
      expect([...run.findings, ...allowlist.refused, ...run.unseen]).toEqual([]);
      expect(run.accepted).toBeGreaterThan(mutantsInRun / 100);
      expect(run.refused).toBeGreaterThan(mutantsInRun / 2);
    });
  });
}
