import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import { createTestChain, testKey } from '../../testing/chain-factory.ts';
import { digestOfA } from '../../testing/jws-forge.ts';
import { checkSignatureValue } from '../envelope/check-signature-value.ts';
import { decodeJws } from '../envelope/decode-jws.ts';
import type { Signer } from '../envelope/envelope.ts';
import { createLocalSigner } from './local-signer.ts';
import { signTarget, type SignRequest } from './sign-target.ts';
import { toSignatureManifest } from './signature-manifest.ts';

const target: Descriptor = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: digestOfA as Digest,
  size: 528,
  artifactType: 'dropped',
  platform: { os: 'linux', architecture: 'amd64' },
};
const now = new Date(Math.floor(Date.now() / 1000) * 1000 + 789);
const signingTime = new Date(now.getTime() - 789);
const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() };
const chain = createTestChain({ length: 3 });
const signer = createLocalSigner(chain.keyPem, chain.certificates);
const request = (changes: Partial<SignRequest> = {}): SignRequest => ({
  target,
  signer,
  format: 'jws',
  clock,
  version: '0.1.0',
  signal: new AbortController().signal,
  ...changes,
});

describe('signTarget', () => {
  it.each<KeyAlgorithm>(['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-256', 'EC-384', 'EC-521'])(
    'signs with %s what verifies',
    async (algorithm) => {
      const made = createTestChain({ algorithm, length: 2 });
      const signed = await signTarget(
        request({
          signer: createLocalSigner(made.keyPem, made.certificates),
          expirySeconds: 60,
          userMetadata: { team: 'a', __proto: 'b' },
        }),
      );
      const envelope = decodeJws(signed.envelope);
      expect(checkSignatureValue(envelope)).toEqual({ ok: true });
      expect(envelope).toMatchObject({
        signingTime,
        expiry: new Date(signingTime.getTime() + 60_000),
        signingAgent: 'inkan/0.1.0',
      });
      expect(envelope.target).toEqual({
        mediaType: target.mediaType,
        digest: target.digest,
        size: target.size,
        annotations: { team: 'a', __proto: 'b' },
      });
      expect(signed).toMatchObject({ mediaType: 'application/jose+json', signingTime, chain: made.certificates });
    },
  );

  it.each<[string, Partial<SignRequest>, string, object]>([
    [
      'reserved metadata',
      { userMetadata: { 'io.cncf.notary': 'x' } },
      'sign.reservedMetadata',
      { key: 'io.cncf.notary' },
    ],
    [
      'anything with the reserved prefix',
      { userMetadata: { 'io.cncf.notaryx': 'x' } },
      'sign.reservedMetadata',
      { key: 'io.cncf.notaryx' },
    ],
    [
      'metadata that is there',
      { target: { ...target, annotations: { a: '1' } }, userMetadata: { a: '2' } },
      'sign.badMetadata',
      { key: 'a', fault: 'is already present in the target artifact' },
    ],
    ['metadata without a name', { userMetadata: { '': 'x' } }, 'sign.badMetadata', { key: '' }],
    ['metadata that is no text', { userMetadata: { a: '\ud800' } }, 'sign.badMetadata', { key: 'a' }],
    [
      'a negative expiry',
      { expirySeconds: -1 },
      'sign.badExpiry',
      { fault: 'expiry duration cannot be a negative value' },
    ],
    [
      'half seconds',
      { expirySeconds: 1.5 },
      'sign.badExpiry',
      { fault: 'expiry duration supports minimum granularity of seconds' },
    ],
    ['an expiry without end', { expirySeconds: 1e12 }, 'sign.badExpiry', {}],
  ])('refuses %s', async (_name, changes, code, details) => {
    await expect(signTarget(request(changes))).rejects.toMatchObject({ code, details });
  });

  it('signs without an expiry when it is 0', async () => {
    expect(decodeJws((await signTarget(request({ expirySeconds: 0 }))).envelope).expiry).toBeUndefined();
  });

  it.each([
    ['a broken chain', { leaf: { keyUsage: null } }, 'keyUsageCritical'],
    [
      'a certificate that has expired',
      { leaf: { notAfter: new Date('2020-01-01T00:00:00Z'), notBefore: new Date('2019-01-01T00:00:00Z') } },
      'validNow',
    ],
    [
      'a root that has expired',
      { root: { notAfter: new Date('2020-01-01T00:00:00Z'), notBefore: new Date('2019-01-01T00:00:00Z') } },
      'validNow',
    ],
  ] as const)('refuses %s', async (_name, shape, rule) => {
    const made = createTestChain(shape);
    await expect(
      signTarget(request({ signer: createLocalSigner(made.keyPem, made.certificates) })),
    ).rejects.toMatchObject({ code: 'certificate.ruleBroken', details: { rule } });
  });

  it.each<[string, Signer['sign']]>([
    [
      'another key',
      (bytes, signal) =>
        createLocalSigner(
          testKey('EC-256', 'root').export({ type: 'pkcs8', format: 'pem' }).toString(),
          chain.certificates.slice(2),
        ).sign(bytes, signal),
    ],
    ['nothing', () => Promise.resolve(new Uint8Array())],
    ['rubbish', () => Promise.resolve(new Uint8Array(64).fill(7))],
  ])('gives nothing back when the signer signs with %s', async (_name, sign) => {
    await expect(
      signTarget(request({ signer: { algorithm: 'ES256', chain: chain.certificates, sign } })),
    ).rejects.toMatchObject({
      code: 'sign.selfCheckFailed',
      details: { fault: expect.stringMatching(/^generated signature failed verification: signature /) as string },
    });
  });

  it('stops when cancelled', async () => {
    const reason = new Error('cancelled');
    await expect(signTarget(request({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    await expect(signer.sign(new Uint8Array(1), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('createLocalSigner', () => {
  it('refuses a key that is not the leaf’s', () => {
    const other = createTestChain({ algorithm: 'EC-384' });
    expect(() => createLocalSigner(other.keyPem, chain.certificates)).toThrow(
      expect.objectContaining({ code: 'key.doesNotMatch' }) as Error,
    );
  });

  it('refuses to be without a chain', () => {
    expect(() => createLocalSigner(chain.keyPem, [])).toThrow(
      expect.objectContaining({ code: 'certificate.malformed' }) as Error,
    );
  });
});

describe('toSignatureManifest', () => {
  it('writes the manifest as the reference does', () => {
    const envelope: Descriptor = {
      mediaType: 'application/jose+json',
      digest: `sha256:${'b'.repeat(64)}` as Digest,
      size: 2000,
    };
    const manifest = toSignatureManifest(
      target,
      envelope,
      chain.certificates,
      new Date('2026-11-23T07:45:11Z'),
      'registry',
    );
    const thumbprints = chain.certificates.map(({ sha256 }) => `\\"${sha256}\\"`).join(',');
    expect(Buffer.from(manifest.bytes).toString()).toBe(
      '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"application/vnd.cncf.notary.signature",' +
        '"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,"data":"e30="},' +
        `"layers":[{"mediaType":"application/jose+json","digest":"${envelope.digest}","size":2000}],` +
        `"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"${digestOfA}","size":528},` +
        `"annotations":{"io.cncf.notary.x509chain.thumbprint#S256":"[${thumbprints}]","org.opencontainers.image.created":"2026-11-23T07:45:11Z"}}`,
    );
    expect(manifest).toMatchObject({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.cncf.notary.signature',
      subject: target,
      annotations: { 'org.opencontainers.image.created': '2026-11-23T07:45:11Z' },
    });
  });
});
