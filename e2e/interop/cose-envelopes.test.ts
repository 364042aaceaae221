import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { coseCases } from '../../electron/testing/cose-cases.ts';
import { caseChain } from '../../electron/testing/jws-case.ts';
import { Allowlist } from './allowlist.ts';
import { differenceOf, faultOfOutcome } from './envelope-differences.ts';
import { havePeers } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

interface Inspected {
  readonly contentType: string;
  readonly verifyError: { readonly message: string } | null;
}

describe.skipIf(!havePeers())('rules of COSE envelopes, sentence by sentence', () => {
  let judges: TwoJudges;
  const allowlist = new Allowlist('cose-envelopes');
  beforeAll(async () => {
    judges = await TwoJudges.open();
    await judges.trust(caseChain(), 'case');
  });
  afterAll(() => judges.close());

  /** What the reference has against an envelope; undefined when it has nothing. */
  async function faultOf(envelope: Uint8Array): Promise<string | undefined> {
    const params = {
      envelope: Buffer.from(envelope).toString('base64'),
      mediaType: mediaTypes.cose,
      verifyFirst: true,
    };
    const { result, error } = await judges.oracle.try<Inspected>('inspectEnvelope', params);
    const isOfType = result === undefined || result.contentType === mediaTypes.notaryPayload;
    const typeFault = isOfType ? undefined : `payload content type "${result.contentType}" not supported`;
    return error?.message ?? result?.verifyError?.message ?? typeFault;
  }

  test.each(coseCases.map((coseCase) => [coseCase.name, coseCase] as const))(
    '%s',
    async (name, { bytes, fault, reference }) => {
      const envelope = bytes();
      const told = await faultOf(envelope);
      if (reference === 'accepts') expect(told).toBeUndefined();
      else if (reference === undefined) expect(told).toBe(fault);
      else expect(told).toBeTypeOf('string');
      const [verdicts] = await judges.judge([
        { mediaType: mediaTypes.cose, envelope, artifact: caseArtifact, statement: wideStatement('case') },
      ]);
      if (isAccepted(verdicts?.mine)) expect(verdicts?.theirs?.error).toBeNull();
      else if (verdicts?.theirs?.error === null) allowlist.note(differenceOf(faultOfOutcome(verdicts.mine)), name);
    },
  );

  test('only allowed differences were seen, and each of them', () => {
    expect([...allowlist.refused, ...allowlist.unseen]).toEqual([]);
  });
});
