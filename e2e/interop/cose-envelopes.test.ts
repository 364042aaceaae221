import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { coseCases } from '../../electron/testing/cose-cases.ts';
import { havePeers, Oracle } from './peers.ts';

interface Inspected {
  readonly contentType: string;
  readonly verifyError: { readonly message: string } | null;
}

describe.skipIf(!havePeers())('rules of COSE envelopes, sentence by sentence', () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  /** What the reference has against an envelope; undefined when it has nothing. */
  async function faultOf(envelope: Uint8Array): Promise<string | undefined> {
    const params = {
      envelope: Buffer.from(envelope).toString('base64'),
      mediaType: mediaTypes.cose,
      verifyFirst: true,
    };
    const { result, error } = await oracle.try<Inspected>('inspectEnvelope', params);
    const isOfType = result === undefined || result.contentType === mediaTypes.notaryPayload;
    const typeFault = isOfType ? undefined : `payload content type "${result.contentType}" not supported`;
    return error?.message ?? result?.verifyError?.message ?? typeFault;
  }

  test.each(coseCases.map((coseCase) => [coseCase.name, coseCase] as const))(
    '%s',
    async (_name, { bytes, fault, reference }) => {
      const told = await faultOf(bytes());
      if (reference === 'accepts') expect(told).toBeUndefined();
      else if (reference === undefined) expect(told).toBe(fault);
      else expect(told).toBeTypeOf('string');
    },
  );
});
