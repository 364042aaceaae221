import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeJws } from '../../electron/domain/envelope/encode-jws.ts';
import type { Signer } from '../../electron/domain/envelope/envelope.ts';
import { checkCodeSigningChain } from '../../electron/domain/x509/chain-check.ts';
import { signatureAlgorithmOf } from '../../electron/domain/x509/key-algorithm.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { chainCases } from '../../electron/testing/chain-cases.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { caseChain } from '../../electron/testing/jws-case.ts';
import { jwsCases } from '../../electron/testing/jws-cases.ts';
import { digestOfA } from '../../electron/testing/jws-forge.ts';
import { Allowlist } from './allowlist.ts';
import { differenceOf, faultOfOutcome } from './envelope-differences.ts';
import { havePeers } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

interface Inspected {
  readonly contentType: string;
  readonly subject: string;
  readonly verifyError: { readonly message: string } | null;
  readonly certificates: readonly { readonly subject: string; readonly issuer: string; readonly sha256: string }[];
}

/** An envelope over the chain whose signature value is nobody's: the reference judges the chain of unverified content too. */
async function envelopeOf(chain: TestChain): Promise<Uint8Array> {
  const signer: Signer = {
    algorithm: signatureAlgorithmOf(chain.privateKey) ?? 'ES256',
    chain: chain.certificates,
    sign: () => Promise.resolve(new Uint8Array(64)),
  };
  const target = { mediaType: mediaTypes.ociManifest, digest: digestOfA as Digest, size: 1 };
  const content = { target, signingTime: new Date(0), signingAgent: 'interop', chain: chain.certificates };
  return encodeJws(content, signer, new AbortController().signal);
}

describe.skipIf(!havePeers())('rules of envelopes and chains, sentence by sentence', () => {
  let judges: TwoJudges;
  const allowlist = new Allowlist('envelope-rules');
  beforeAll(async () => {
    judges = await TwoJudges.open();
    await judges.trust(caseChain(), 'case');
  });
  afterAll(() => judges.close());

  async function inspect(envelope: Uint8Array): Promise<{ fault: string | undefined; result: Inspected | undefined }> {
    const params = { envelope: Buffer.from(envelope).toString('base64'), mediaType: mediaTypes.jws };
    const { result, error } = await judges.oracle.try<Inspected>('inspectEnvelope', params);
    const isOfType = result === undefined || result.contentType === mediaTypes.notaryPayload;
    const typeFault = isOfType ? undefined : `payload content type "${result.contentType}" not supported`;
    return { fault: error?.message ?? result?.verifyError?.message ?? typeFault, result };
  }

  test.each(chainCases.map((chainCase) => [chainCase.name, chainCase] as const))(
    'chain: %s',
    async (_name, chainCase) => {
      const chain = chainCase.chain();
      const { fault } = checkCodeSigningChain(chain.certificates);
      const asked = await inspect(await envelopeOf(chain));
      if (fault) expect(asked.fault).toBe(`certificate-chain is invalid, ${fault.message}`);
      // A good chain leaves the value as the only thing that is wrong.
      else expect(asked.fault).toContain('signature is invalid');
      const named = chain.certificates.map(
        ({ subject, issuer, sha256 }) => expect.objectContaining({ subject, issuer, sha256 }) as unknown,
      );
      if (asked.result) expect(asked.result.certificates).toEqual(named);
    },
  );

  test.each(jwsCases.map((jwsCase) => [jwsCase.name, jwsCase] as const))('envelope: %s', async (name, jwsCase) => {
    const envelope = Buffer.from(jwsCase.text());
    if (jwsCase.reference === undefined) expect((await inspect(envelope)).fault).toBe(jwsCase.fault);
    const [verdicts] = await judges.judge([
      { mediaType: mediaTypes.jws, envelope, artifact: caseArtifact, statement: wideStatement('case') },
    ]);
    if (isAccepted(verdicts?.mine)) expect(verdicts?.theirs?.error).toBeNull();
    else if (verdicts?.theirs?.error === null) allowlist.note(differenceOf(faultOfOutcome(verdicts.mine)), name);
  });

  test('only allowed differences were seen, and each of them', () => {
    expect([...allowlist.refused, ...allowlist.unseen]).toEqual([]);
  });
});
