import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { digestOfA } from '../../testing/jws-forge.ts';
import { toCborDiagnostic } from '../codec/cbor-diagnostic.ts';
import type { CborMap } from '../codec/cbor-value.ts';
import { type CborValue } from '../codec/cbor-value.ts';
import { parseStrictCbor } from '../codec/strict-cbor.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { checkSignatureValue } from './check-signature-value.ts';
import { toCoseDiagnostic } from './cose-diagnostic.ts';
import { decodeEnvelope } from './decode-envelope.ts';
import { encodeCose } from './encode-cose.ts';
import type { EnvelopeContent } from './envelope.ts';

const chain = createTestChain({ length: 2 });
const signer = createLocalSigner(chain.keyPem, chain.certificates);
const content: EnvelopeContent = {
  target: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOfA as Digest, size: 528 },
  signingTime: new Date('2026-11-23T07:45:11Z'),
  signingAgent: 'inkan/0.1.0 <&>',
  chain: chain.certificates,
};
const { signal } = new AbortController();
const limits = { maxBytes: 65_536 };

async function encode(changes: Partial<EnvelopeContent> = {}) {
  const bytes = await encodeCose({ ...content, ...changes }, signer, signal);
  const [header, unprotected, payload] = parseStrictCbor(bytes.subarray(1), limits) as readonly CborValue[];
  const inner = parseStrictCbor(header as Uint8Array, limits);
  return { bytes, inner, unprotected: unprotected as CborMap, payload: Buffer.from(payload as Uint8Array).toString() };
}

describe('encodeCose', () => {
  it('writes the protected header as the reference does', async () => {
    expect(toCborDiagnostic((await encode()).inner)).toBe(
      '{1: -7, 2: ["io.cncf.notary.signingScheme"], 3: "application/vnd.cncf.notary.payload.v1+json", "io.cncf.notary.signingTime": 1(1795419911), "io.cncf.notary.signingScheme": "notary.x509"}',
    );
    expect(toCborDiagnostic((await encode({ expiry: new Date('2027-01-01T00:00:00.999Z') })).inner)).toBe(
      '{1: -7, 2: ["io.cncf.notary.signingScheme", "io.cncf.notary.expiry"], 3: "application/vnd.cncf.notary.payload.v1+json", "io.cncf.notary.expiry": 1(1798761600), "io.cncf.notary.signingTime": 1(1795419911), "io.cncf.notary.signingScheme": "notary.x509"}',
    );
  });

  it('writes the payload as the reference does', async () => {
    expect((await encode()).payload).toBe(
      `{"targetArtifact":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"${digestOfA}","size":528}}`,
    );
    const annotations = Object.fromEntries([
      ['b', '<x> & "y"'],
      ['10', 'ten'],
      ['__proto__', 'p'],
    ]);
    expect((await encode({ target: { ...content.target, artifactType: 'dropped', annotations } })).payload).toBe(
      `{"targetArtifact":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"${digestOfA}","size":528,"annotations":{"10":"ten","__proto__":"p","b":"\\u003cx\\u003e \\u0026 \\"y\\""}}}`,
    );
  });

  it('writes a list of certificates, even for one, and the agent', async () => {
    const lone = createTestChain({ length: 1 });
    const { bytes, unprotected } = await encode({ chain: lone.certificates });
    expect([...bytes.subarray(0, 2)]).toEqual([0xd2, 0x84]);
    expect(unprotected.entries.map(([label]) => label)).toEqual([33, 'io.cncf.notary.signingAgent']);
    expect(unprotected.get(33)).toEqual([new Uint8Array(lone.ders[0] ?? [])]);
    expect(unprotected.get('io.cncf.notary.signingAgent')).toBe('inkan/0.1.0 <&>');
  });

  it('can be read again', async () => {
    const expiry = new Date('2027-01-01T00:00:00Z');
    const envelope = decodeEnvelope('application/cose', (await encode({ expiry })).bytes);
    expect(envelope).toMatchObject({
      format: 'cose',
      algorithm: 'ES256',
      signingScheme: 'notary.x509',
      signingTime: content.signingTime,
      expiry,
      signingAgent: content.signingAgent,
      extendedAttributes: [],
      target: content.target,
    });
    expect(envelope.chain).toEqual(chain.certificates);
    expect(checkSignatureValue(envelope)).toEqual({ ok: true });
  });

  it('carries a token over the signature value', async () => {
    const asked: Uint8Array[] = [];
    const timestamp = (signature: Uint8Array) => Promise.resolve(Uint8Array.of(0x30, asked.push(signature)));
    const envelope = decodeEnvelope('application/cose', (await encode({ timestamp })).bytes);
    expect(envelope.timestampToken).toEqual(Uint8Array.of(0x30, 1));
    expect(asked.map((value) => Buffer.from(value))).toEqual([Buffer.from(envelope.signature)]);
  });

  it('stops when cancelled', async () => {
    const reason = new Error('cancelled');
    await expect(encodeCose(content, signer, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('toCoseDiagnostic', () => {
  it('shows an envelope in lines, its payload as text', async () => {
    const { bytes } = await encode();
    const lines = toCoseDiagnostic(bytes)?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual(['18([', '  << {', '    1: -7,']);
    expect(lines).toContain(
      `  '{"targetArtifact":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"${digestOfA}","size":528}}',`,
    );
    expect(lines.at(-1)).toBe('])');
  });

  it.each([
    ['no COSE', Buffer.from('{}')],
    ['half of it', Buffer.of(0xd2, 0x84, 0x40)],
    ['too long to read', Buffer.concat([Buffer.of(0xd2, 0x84), Buffer.alloc(300_000)])],
  ])('has nothing to say of %s', (_, bytes) => {
    expect(toCoseDiagnostic(bytes)).toBeUndefined();
  });

  it('shows what has no meaning as what it is', () => {
    expect(toCoseDiagnostic(Buffer.from('d284a04041ff01', 'hex'))).toBe("18([\n  {},\n  h'',\n  h'ff',\n  1\n])");
  });
});
