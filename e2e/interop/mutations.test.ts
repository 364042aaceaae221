import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { decodeEnvelope } from '../../electron/domain/envelope/decode-envelope.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { forgeJws, payloadText } from '../../electron/testing/jws-forge.ts';
import { mutateBytes } from '../../electron/testing/mutate-bytes.ts';
import { mutateJws, type JwsSeed } from '../../electron/testing/mutate-jws.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { Allowlist } from './allowlist.ts';
import { differenceOf, faultOfOutcome, hasLooseLeaf } from './envelope-differences.ts';
import { havePeers } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement, type EnvelopeCase, type TwoVerdicts } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

const total = Number(process.env['INKAN_MUTATIONS'] ?? 5000);
const atOnce = 1000;
const slowMs = 1000;

const expiry = 'io.cncf.notary.expiry';
const seeds: readonly JwsSeed[] = [
  { chain: createTestChain({ length: 1 }), forgery: {} },
  {
    chain: createTestChain({ length: 3 }),
    forgery: { header: { crit: ['io.cncf.notary.signingScheme', expiry], [expiry]: '2099-01-01T00:00:00Z' } },
  },
  { chain: createTestChain({ algorithm: 'RSA-2048' }), forgery: { header: { 'com.example.attribute': 'x' } } },
  {
    chain: createTestChain({ algorithm: 'EC-384' }),
    forgery: { payloadText: payloadText.replace('"digest"', '"annotations":{"a":"b"},"digest"') },
  },
];

/** An envelope, and whether it was changed without knowing what it is. */
interface Mutant {
  readonly envelope: Uint8Array;
  readonly blind: boolean;
}

describe.skipIf(!havePeers())(`${total} mutated envelopes`, () => {
  let judges: TwoJudges;
  const allowlist = new Allowlist('mutations', ['envelope-rules']);
  beforeAll(async () => {
    judges = await TwoJudges.open();
    for (const [index, { chain }] of seeds.entries()) await judges.trust(chain, `seed-${index}`);
  });
  afterAll(() => judges.close());

  const original = ({ chain, forgery }: JwsSeed): Uint8Array =>
    new TextEncoder().encode(JSON.stringify(forgeJws(chain, forgery)));
  const originals = seeds.map(original);
  const statement = wideStatement('', { trustStores: seeds.map((_, index) => `ca:seed-${index}`) });

  function mutate(random: SeededRandom, blind: boolean): Mutant {
    const [seed, other] = [random.pick(seeds), random.pick(seeds)];
    const bytes = originals[seeds.indexOf(seed)] ?? new Uint8Array();
    const envelope = blind
      ? mutateBytes(random, bytes, originals[seeds.indexOf(other)] ?? bytes)
      : mutateJws(random, seed, other);
    return { envelope, blind };
  }

  /** What was signed, and by whom. */
  const contentOf = (bytes: Uint8Array): string => {
    const { payload, chain } = decodeEnvelope(mediaTypes.jws, bytes);
    return `${Buffer.from(payload).toString('hex')} ${chain[0]?.sha256 ?? ''}`;
  };
  const signedContents = new Set(originals.map(contentOf));

  const findings: string[] = [];
  const counts = { accepted: 0, refused: 0 };

  function look(mutant: Mutant, { mine, crash, tookMs, theirs }: TwoVerdicts): void {
    const show = (what: string): void =>
      void findings.push(`${what}: ${Buffer.from(mutant.envelope).toString('base64')}`);
    if (!mine) return show(`crash ${String(crash)}`);
    if (tookMs > slowMs) show(`${tookMs.toFixed(0)} ms`);
    const acceptedThere = theirs?.error === null;
    if (isAccepted(mine)) {
      counts.accepted += 1;
      if (!acceptedThere) show(`false accept, the reference says ${theirs?.error?.message ?? 'nothing'}`);
      if (mutant.blind && !signedContents.has(contentOf(mutant.envelope))) show('accepted with other content');
      return;
    }
    counts.refused += 1;
    if (!acceptedThere) return;
    const fault = faultOfOutcome(mine);
    const isLoose = fault === 'malformed leaf certificate' && hasLooseLeaf(mutant.envelope);
    allowlist.note(isLoose ? 'envelope: loose base64' : differenceOf(fault), Buffer.from(mutant.envelope).toString());
  }

  test.each([
    ['by their structure', false],
    ['by their bytes', true],
  ])('JWS, %s', async (_title, blind) => {
    const random = new SeededRandom(seedOfRun() + (blind ? 1 : 0));
    for (let left = total / 2; left > 0; left -= atOnce) {
      const mutants = Array.from({ length: Math.min(left, atOnce) }, () => mutate(random, blind));
      const cases = mutants.map(({ envelope }): EnvelopeCase => ({
        mediaType: mediaTypes.jws,
        envelope,
        artifact: caseArtifact,
        statement,
      }));
      (await judges.judge(cases)).forEach((verdicts, index) => {
        const mutant = mutants[index];
        if (mutant) look(mutant, verdicts);
      });
    }
  });

  test('none was wrongly accepted, none crashed, none was slow; only allowed differences were seen, and each of them', () => {
    expect([...findings, ...allowlist.refused, ...allowlist.unseen]).toEqual([]);
    expect(counts.accepted).toBeGreaterThan(total / 100);
    expect(counts.refused).toBeGreaterThan(total / 2);
  });
});
