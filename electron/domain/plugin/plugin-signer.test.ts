import { constants } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { keyAlgorithmSchema } from '../../../shared/model/signing-key.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { codeOf } from '../../testing/code-of.ts';
import { digestOfA } from '../../testing/jws-forge.ts';
import { PluginBench, refusal, signWith, type FakePlugin } from '../../testing/plugin-bench.ts';
import { checkSignatureValue } from '../envelope/check-signature-value.ts';
import { decodeJws } from '../envelope/decode-jws.ts';
import { signTarget, type SignedTarget, type SignRequest } from '../sign/sign-target.ts';
import { createPluginSigner, describePluginKey } from './plugin-signer.ts';

const never = new AbortController().signal;
const chain = createTestChain({ length: 2 });
const target = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOfA as Digest, size: 528 };
const keyOf = (plugin: string, config: Record<string, string> = {}) => ({ plugin, id: 'key/1', config });

async function sign(
  bench: PluginBench,
  plugin = 'sealer',
  change: Partial<SignRequest> = {},
  config: Record<string, string> = {},
): Promise<SignedTarget> {
  const signer = await createPluginSigner(bench.context, keyOf(plugin, config), 'artifact', never);
  const clock = { now: () => new Date(), monotonicMs: () => 0, sleep: () => Promise.resolve() };
  return signTarget({ target, signer, format: 'jws', clock, version: '0.1.0', signal: never, ...change });
}

describe('a plugin that makes signatures', () => {
  it.each(keyAlgorithmSchema.options)('signs with %s what verifies', async (algorithm) => {
    const made = createTestChain({ algorithm, length: 3 });
    const bench = new PluginBench();
    bench.installRaw(made);
    const signed = await sign(bench, 'sealer', { expirySeconds: 60, userMetadata: { team: 'a' } }, { tier: 'gold' });
    const envelope = decodeJws(signed.envelope);
    expect(checkSignatureValue(envelope)).toEqual({ ok: true });
    expect(envelope.signingAgent).toBe('inkan/0.1.0 sealer/1.0.0');
    expect(envelope.expiry).toBeInstanceOf(Date);
    expect(envelope.target.annotations).toEqual({ team: 'a' });
    expect(signed.chain).toEqual(made.certificates);
    expect(bench.asked).toEqual(['sealer get-plugin-metadata', 'sealer describe-key', 'sealer generate-signature']);
    const requests = bench.calls.map(({ request }) => JSON.parse(request) as Record<string, unknown>);
    expect(requests[0]).toEqual({ pluginConfig: { tier: 'gold' } });
    expect(requests[1]).toEqual({ contractVersion: '1.0', keyId: 'key/1', pluginConfig: { tier: 'gold' } });
    expect(requests[2]).toMatchObject({
      contractVersion: '1.0',
      keyId: 'key/1',
      keySpec: algorithm,
      hashAlgorithm: `SHA-${envelope.algorithm.slice(2)}`,
      payload: Buffer.from(envelope.signedBytes).toString('base64'),
    });
  });

  const right = (request: Readonly<Record<string, unknown>>) => ({
    keyId: 'key/1',
    signature: signWith(chain, Buffer.from(String(request['payload']), 'base64')),
    certificateChain: chain.ders.map((der) => Buffer.from(der).toString('base64')),
  });
  it.each<[string, FakePlugin, string]>([
    ['another key', { describeKey: () => ({ keyId: 'key/2', keySpec: 'EC-256' }) }, '"keyId" is "key/2"'],
    ['an unknown kind of key', { describeKey: () => ({ keyId: 'key/1', keySpec: 'RSA-1024' }) }, '"keySpec" names no'],
    ['no kind of key', { describeKey: () => ({ keyId: 'key/1' }) }, '"keySpec" is not a text'],
    ['a signature of another key', { generateSignature: (r) => ({ ...right(r), keyId: 'x' }) }, '"keyId" is "x"'],
    ['no signature', { generateSignature: (r) => ({ ...right(r), signature: '' }) }, '"signature" is empty'],
    ['loose base64', { generateSignature: (r) => ({ ...right(r), signature: 'AB==' }) }, '"signature" is not base64'],
    [
      'a signature over something else',
      { generateSignature: (r) => ({ ...right(r), signature: signWith(chain, Buffer.from('x')) }) },
      'does not verify',
    ],
    [
      'no certificate',
      { generateSignature: (r) => ({ ...right(r), certificateChain: [] }) },
      '"certificateChain" holds no certificate',
    ],
    [
      'what is no certificate',
      { generateSignature: (r) => ({ ...right(r), certificateChain: ['AAAA'] }) },
      '"certificateChain[0]" is no certificate',
    ],
    [
      'too many certificates',
      { generateSignature: (r) => ({ ...right(r), certificateChain: new Array(101).fill('AAAA') }) },
      'more than 100',
    ],
    ['a key of another kind', { describeKey: () => ({ keyId: 'key/1', keySpec: 'RSA-2048' }) }, 'its key is RSA-2048'],
  ])('is refused when it gives %s', async (_title, change, fault) => {
    const bench = new PluginBench();
    bench.installRaw(chain, change);
    await expect(sign(bench)).rejects.toMatchObject({
      code: 'plugin.badAnswer',
      details: { plugin: 'sealer', fault: expect.stringContaining(fault) as string },
    });
  });

  it('is refused when its salt is not as long as the digest, as an emulation of a key service makes it', async () => {
    const rsa = createTestChain({ algorithm: 'RSA-2048', length: 2 });
    const bench = new PluginBench();
    bench.installRaw(rsa, {
      generateSignature: (request) => ({
        keyId: 'key/1',
        signature: signWith(rsa, Buffer.from(String(request['payload']), 'base64'), constants.RSA_PSS_SALTLEN_MAX_SIGN),
        certificateChain: rsa.ders.map((der) => Buffer.from(der).toString('base64')),
      }),
    });
    expect(await codeOf(sign(bench))).toBe('plugin.badAnswer');
  });

  it('is refused when its chain breaks a rule', async () => {
    const bench = new PluginBench();
    bench.installRaw(chain, {
      generateSignature: (request) => ({
        ...right(request),
        certificateChain: right(request).certificateChain.slice(0, 1),
      }),
    });
    expect(await codeOf(sign(bench))).toBe('certificate.ruleBroken');
  });

  it('is told of in its own words when it refuses', async () => {
    const bench = new PluginBench();
    bench.installRaw(chain, { generateSignature: () => refusal('THROTTLED', 'not now') });
    await expect(sign(bench)).rejects.toMatchObject({
      code: 'plugin.failed',
      details: { command: 'generate-signature', pluginCode: 'THROTTLED', message: 'not now' },
    });
  });

  it('does not repeat a secret in what it is told of', async () => {
    const bench = new PluginBench();
    bench.installRaw(chain, { describeKey: () => refusal('ACCESS_DENIED', 'token hunter22 is wrong') });
    await expect(sign(bench, 'sealer', {}, { token: 'hunter22' })).rejects.toMatchObject({
      details: { message: 'token •••••• is wrong' },
    });
  });
});

describe('a plugin that makes envelopes', () => {
  const withTarget = (targetArtifact: object, more: object = {}) => ({
    payloadText: JSON.stringify({ targetArtifact: { ...target, ...targetArtifact }, ...more }),
  });

  it('signs what verifies; its annotations go into the manifest', async () => {
    const bench = new PluginBench();
    bench.installEnvelope(chain);
    const signed = await sign(bench, 'enveloper', { expirySeconds: 60, userMetadata: { team: 'a', b: '<>' } });
    expect(bench.asked).toEqual(['enveloper get-plugin-metadata', 'enveloper generate-envelope']);
    const request = JSON.parse(bench.calls[1]?.request ?? '') as Record<string, unknown>;
    expect(request).toEqual({
      contractVersion: '1.0',
      keyId: 'key/1',
      payloadType: 'application/vnd.cncf.notary.payload.v1+json',
      signatureEnvelopeType: 'application/jose+json',
      payload: expect.any(String) as string,
      expiryDurationInSeconds: 60,
    });
    expect(Buffer.from(String(request['payload']), 'base64').toString()).toBe(
      `{"targetArtifact":{"mediaType":"${target.mediaType}","digest":"${target.digest}","size":528,"annotations":{"b":"\\u003c\\u003e","team":"a"}}}`,
    );
    expect(decodeJws(signed.envelope).signingAgent).toBe('forge/1.0');
    expect(signed).toMatchObject({ signingTime: new Date('2026-11-23T07:45:11Z'), annotations: {} });
  });

  it('may add annotations', async () => {
    const bench = new PluginBench();
    bench.installEnvelope(chain, withTarget({ annotations: { more: '1' } }));
    expect(decodeJws((await sign(bench, 'enveloper')).envelope).target.annotations).toEqual({ more: '1' });
  });

  it.each([
    ['another digest', withTarget({ digest: `sha256:${'b'.repeat(64)}` }), 'is not the one'],
    ['another size', withTarget({ size: 1 }), 'is not the one'],
    ['an annotation less', withTarget({}), 'lacks the annotation "team"'],
    ['another value', withTarget({ annotations: { team: 'b' } }), 'lacks the annotation "team"'],
    ['an unknown member', withTarget({ annotations: { team: 'a' }, extra: 1 }), '["extra"]'],
    ['an unknown member beside it', withTarget({ annotations: { team: 'a' } }, { other: 1 }), '["other"]'],
    ['another algorithm', { header: { alg: 'ES384' } }, 'mismatch between signature algorithm'],
    ['no content type', { header: { cty: undefined } }, 'payload content type'],
  ])('is refused when it signs %s', async (_title, forgery, fault) => {
    const bench = new PluginBench();
    bench.installEnvelope(chain, forgery);
    await expect(sign(bench, 'enveloper', { userMetadata: { team: 'a' } })).rejects.toMatchObject({
      code: 'sign.selfCheckFailed',
      details: { fault: expect.stringContaining(fault) as string },
    });
  });

  it.each<[string, object]>([
    ['another type', { signatureEnvelope: 'AAAA', signatureEnvelopeType: 'application/cose' }],
    ['no envelope', { signatureEnvelopeType: 'application/jose+json' }],
    [
      'annotations that are none',
      { signatureEnvelope: 'AAAA', signatureEnvelopeType: 'application/jose+json', annotations: { a: 1 } },
    ],
    [
      'annotations that are a number',
      { signatureEnvelope: 'AAAA', signatureEnvelopeType: 'application/jose+json', annotations: 1.5 },
    ],
  ])('is refused when it gives %s', async (_title, answer) => {
    const bench = new PluginBench();
    bench.installEnvelope(chain, {}, { generateEnvelope: () => answer });
    expect(await codeOf(sign(bench, 'enveloper'))).toBe('plugin.badAnswer');
  });

  it('cannot sign blobs', async () => {
    const bench = new PluginBench();
    bench.installEnvelope(chain);
    const opening = createPluginSigner(bench.context, keyOf('enveloper'), 'blob', never);
    expect(await codeOf(opening)).toBe('plugin.lacksCapability');
  });
});

describe('a plugin', () => {
  it('that can do both makes signatures', async () => {
    const bench = new PluginBench();
    bench.installRaw(chain, {
      metadata: { capabilities: ['SIGNATURE_GENERATOR.ENVELOPE', 'SIGNATURE_GENERATOR.RAW'] },
    });
    await sign(bench);
    expect(bench.asked.at(-1)).toBe('sealer generate-signature');
  });

  it('that only verifies signs nothing, and no key of it is good', async () => {
    const bench = new PluginBench();
    bench.install('judge', ['SIGNATURE_VERIFIER.TRUSTED_IDENTITY']);
    expect(await codeOf(sign(bench, 'judge'))).toBe('plugin.lacksCapability');
    expect(await codeOf(describePluginKey(bench.context, keyOf('judge'), never))).toBe('plugin.lacksCapability');
  });

  it('that is not there is told of', async () => {
    expect(await codeOf(sign(new PluginBench(), 'absent'))).toBe('plugin.notFound');
  });

  it('tells of a key what it can', async () => {
    const bench = new PluginBench();
    bench.installRaw(chain);
    bench.installEnvelope(chain);
    const describe = (plugin: string) => describePluginKey(bench.context, keyOf(plugin), never);
    expect(await describe('sealer')).toMatchObject({ metadata: { name: 'sealer' }, algorithm: 'EC-256' });
    expect(await describe('enveloper')).not.toHaveProperty('algorithm');
  });
});
