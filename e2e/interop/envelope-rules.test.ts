import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeJws } from '../../electron/domain/envelope/encode-jws.ts';
import type { Signer } from '../../electron/domain/envelope/envelope.ts';
import { checkCodeSigningChain } from '../../electron/domain/x509/chain-check.ts';
import { signatureAlgorithmOf } from '../../electron/domain/x509/key-algorithm.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { chainCases } from '../../electron/testing/chain-cases.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { jwsCases } from '../../electron/testing/jws-cases.ts';
import { digestOfA } from '../../electron/testing/jws-forge.ts';
import { havePeers, Oracle } from './peers.ts';

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
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  async function inspect(envelope: Uint8Array): Promise<{ fault: string | undefined; result: Inspected | undefined }> {
    const params = { envelope: Buffer.from(envelope).toString('base64'), mediaType: mediaTypes.jws };
    const { result, error } = await oracle.try<Inspected>('inspectEnvelope', params);
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

  test.each(jwsCases.map((jwsCase) => [jwsCase.name, jwsCase] as const))('envelope: %s', async (_name, jwsCase) => {
    const asked = await inspect(Buffer.from(jwsCase.text()));
    if (jwsCase.reference === 'accepts') expect(asked.fault).toBeUndefined();
    else if (jwsCase.reference === undefined) expect(asked.fault).toBe(jwsCase.fault);
    else expect(asked.fault).toBeTypeOf('string');
  });
});
