import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { forgeJws, payloadText } from '../../electron/testing/jws-forge.ts';
import { mutateBytes } from '../../electron/testing/mutate-bytes.ts';
import { mutateJws, type JwsSeed } from '../../electron/testing/mutate-jws.ts';
import { Allowlist } from './allowlist.ts';
import { differenceOf, hasLooseLeaf } from './envelope-differences.ts';
import { MutationRun, mutantsInRun } from './mutation-run.ts';
import { havePeers } from './peers.ts';
import { TwoJudges, wideStatement } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

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

describe.skipIf(!havePeers())(`${mutantsInRun} mutated JWS envelopes`, () => {
  let judges: TwoJudges;
  let run: MutationRun;
  const allowlist = new Allowlist('mutations', ['envelope-rules']);
  const original = ({ chain, forgery }: JwsSeed): Uint8Array =>
    new TextEncoder().encode(JSON.stringify(forgeJws(chain, forgery)));
  const originals = seeds.map(original);
  beforeAll(async () => {
    judges = await TwoJudges.open();
    for (const [index, { chain }] of seeds.entries()) await judges.trust(chain, `seed-${index}`);
    run = new MutationRun({
      judges,
      allowlist,
      originals,
      common: {
        mediaType: mediaTypes.jws,
        artifact: caseArtifact,
        statement: wideStatement('', { trustStores: seeds.map((_, index) => `ca:seed-${index}`) }),
      },
      mutate: (random, blind) => {
        const [seed, other] = [random.pick(seeds), random.pick(seeds)];
        if (!blind) return mutateJws(random, seed, other);
        const bytes = originals[seeds.indexOf(seed)] ?? new Uint8Array();
        return mutateBytes(random, bytes, originals[seeds.indexOf(other)] ?? bytes);
      },
      nameOf: (fault, envelope) =>
        fault === 'malformed leaf certificate' && hasLooseLeaf(envelope)
          ? 'envelope: loose base64'
          : differenceOf(fault),
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
