import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { cosePayloadText, coseTime, forgeCose } from '../../electron/testing/cose-forge.ts';
import { mutateBytes } from '../../electron/testing/mutate-bytes.ts';
import { mutateCose, type CoseSeed } from '../../electron/testing/mutate-cose.ts';
import { Allowlist } from './allowlist.ts';
import { differenceOf } from './envelope-differences.ts';
import { MutationRun, mutantsInRun } from './mutation-run.ts';
import { havePeers } from './peers.ts';
import { TwoJudges, wideStatement } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

const expiry = 'io.cncf.notary.expiry';
const seeds: readonly CoseSeed[] = [
  { chain: createTestChain({ length: 1 }), forgery: {} },
  {
    chain: createTestChain({ length: 3 }),
    forgery: {
      header: [
        [2, ['io.cncf.notary.signingScheme', expiry]],
        [expiry, coseTime('2099-01-01T00:00:00Z')],
      ],
    },
  },
  { chain: createTestChain({ algorithm: 'RSA-2048' }), forgery: { header: [['com.example.attribute', 'x']] } },
  {
    chain: createTestChain({ algorithm: 'EC-384' }),
    forgery: { payload: cosePayloadText.replace('"digest"', '"annotations":{"a":"b"},"digest"') },
  },
];

describe.skipIf(!havePeers())(`${mutantsInRun} mutated COSE envelopes`, () => {
  let judges: TwoJudges;
  let run: MutationRun;
  const allowlist = new Allowlist('cose-mutations', ['envelope-rules', 'mutations']);
  const originals = seeds.map(({ chain, forgery }) => forgeCose(chain, forgery));
  beforeAll(async () => {
    judges = await TwoJudges.open();
    for (const [index, { chain }] of seeds.entries()) await judges.trust(chain, `seed-${index}`);
    run = new MutationRun({
      judges,
      allowlist,
      originals,
      common: {
        mediaType: mediaTypes.cose,
        artifact: caseArtifact,
        statement: wideStatement('', { trustStores: seeds.map((_, index) => `ca:seed-${index}`) }),
      },
      mutate: (random, blind) => {
        const [seed, other] = [random.pick(seeds), random.pick(seeds)];
        if (!blind) return mutateCose(random, seed, other);
        return mutateBytes(random, forgeCose(seed.chain, seed.forgery), forgeCose(other.chain, other.forgery));
      },
      nameOf: differenceOf,
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
