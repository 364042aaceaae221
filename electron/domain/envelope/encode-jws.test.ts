import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { digestOfA } from '../../testing/jws-forge.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { checkSignatureValue } from './check-signature-value.ts';
import { decodeEnvelope } from './decode-envelope.ts';
import { encodeJws } from './encode-jws.ts';
import type { EnvelopeContent, Signer } from './envelope.ts';

const chain = createTestChain({ length: 2 });
const signer = createLocalSigner(chain.keyPem, chain.certificates);
const content: EnvelopeContent = {
  target: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOfA as Digest, size: 528 },
  signingTime: new Date('2026-11-23T07:45:11Z'),
  signingAgent: 'inkan/0.1.0 <&>',
  chain: chain.certificates,
};
const { signal } = new AbortController();
const remote: Signer = {
  algorithm: signer.algorithm,
  chain: signer.chain,
  sign: (bytes, abort) => signer.sign(bytes, abort),
};

async function encode(
  changes: Partial<EnvelopeContent>,
  by = signer,
): Promise<{ text: string; header: string; payload: string }> {
  const text = Buffer.from(await encodeJws({ ...content, ...changes }, by, signal)).toString();
  const parts = JSON.parse(text) as { protected: string; payload: string };
  return {
    text,
    header: Buffer.from(parts.protected, 'base64url').toString(),
    payload: Buffer.from(parts.payload, 'base64url').toString(),
  };
}

describe.each([
  ['with the key at hand', signer],
  ['through a signer', remote],
])('encodeJws %s', (_name, by) => {
  it('writes the protected header as the reference does', async () => {
    expect((await encode({}, by)).header).toBe(
      '{"alg":"ES256","crit":["io.cncf.notary.signingScheme"],"cty":"application/vnd.cncf.notary.payload.v1+json","io.cncf.notary.signingScheme":"notary.x509","io.cncf.notary.signingTime":"2026-11-23T07:45:11Z"}',
    );
    expect((await encode({ expiry: new Date('2027-01-01T00:00:00.999Z') }, by)).header).toBe(
      '{"alg":"ES256","crit":["io.cncf.notary.signingScheme","io.cncf.notary.expiry"],"cty":"application/vnd.cncf.notary.payload.v1+json","io.cncf.notary.expiry":"2027-01-01T00:00:00Z","io.cncf.notary.signingScheme":"notary.x509","io.cncf.notary.signingTime":"2026-11-23T07:45:11Z"}',
    );
  });

  it('writes the payload as the reference does', async () => {
    expect((await encode({}, by)).payload).toBe(
      `{"targetArtifact":{"digest":"${digestOfA}","mediaType":"application/vnd.oci.image.manifest.v1+json","size":528}}`,
    );
    const annotations = Object.fromEntries([
      ['b', '<x> & "y"'],
      ['10', 'ten'],
      ['2', 'two'],
      ['__proto__', 'p'],
    ]);
    const target = { ...content.target, artifactType: 'dropped', annotations };
    expect((await encode({ target }, by)).payload).toBe(
      `{"targetArtifact":{"annotations":{"10":"ten","2":"two","__proto__":"p","b":"\\u003cx\\u003e \\u0026 \\"y\\""},"digest":"${digestOfA}","mediaType":"application/vnd.oci.image.manifest.v1+json","size":528}}`,
    );
    expect((await encode({ target: { ...content.target, annotations: {} } }, by)).payload).not.toContain('annotations');
  });

  it('writes the envelope as the reference does', async () => {
    const { text } = await encode({}, by);
    const x5c = chain.ders.map((der) => `"${Buffer.from(der).toString('base64')}"`).join(',');
    expect(text.replace(/"(payload|protected|signature)":"[\w-]+"/g, '"$1":""')).toBe(
      `{"payload":"","protected":"","header":{"x5c":[${x5c}],"io.cncf.notary.signingAgent":"inkan/0.1.0 \\u003c\\u0026\\u003e"},"signature":""}`,
    );
  });

  it('can be read again', async () => {
    const envelope = decodeEnvelope(
      'application/jose+json',
      Buffer.from((await encode({ expiry: new Date('2027-01-01T00:00:00Z') }, by)).text),
    );
    expect(envelope).toMatchObject({
      format: 'jws',
      algorithm: 'ES256',
      signingScheme: 'notary.x509',
      signingTime: content.signingTime,
      expiry: new Date('2027-01-01T00:00:00Z'),
      signingAgent: content.signingAgent,
      extendedAttributes: [],
      target: content.target,
    });
    expect(envelope.chain).toEqual(chain.certificates);
    expect(checkSignatureValue(envelope)).toEqual({ ok: true });
  });

  it('stops when cancelled', async () => {
    const reason = new Error('cancelled');
    await expect(encodeJws(content, by, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('decodeEnvelope', () => {
  it.each(['application/octet-stream', '', 'APPLICATION/JOSE+JSON', 'application/COSE'])(
    'does not guess at %j',
    (mediaType) => {
      expect(() => decodeEnvelope(mediaType, Buffer.from('{}'))).toThrow(
        expect.objectContaining({ code: 'envelope.unsupportedFormat', details: { mediaType } }) as Error,
      );
    },
  );

  it('refuses more than 32 MiB unread', () => {
    expect(() => decodeEnvelope('application/jose+json', new Uint8Array(33_554_433))).toThrow(
      expect.objectContaining({ code: 'envelope.tooLarge' }) as Error,
    );
  });
});
