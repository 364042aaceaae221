import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';

let chain: TestChain;
let bench: VerificationBench;
beforeAll(() => {
  chain = createTestChain({ length: 2 });
});
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
  bench.saveStatement();
});

const generalFailure = (): string =>
  `signature verification failed for all the signatures associated with ${bench.reference}`;
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('envelopes', () => {
  it.each<[string, Parameters<VerificationBench['forge']>[1]]>([
    [
      'digest',
      {
        payloadText: JSON.stringify({
          targetArtifact: { mediaType: mediaTypes.ociManifest, digest: `sha256:${'b'.repeat(64)}`, size: 1 },
        }),
      },
    ],
  ])('case E-10: another %s was signed', async (_, forgery) => {
    await bench.forge(chain, forgery);
    const report = await bench.verify();
    expect(report).toMatchObject({
      verdict: 'notTrusted',
      signatures: [{ fatal: [{ code: 'fatal.descriptorMismatch', message: 'content descriptor mismatch' }] }],
      cli: { succeeds: false, message: generalFailure() },
    });
  });

  it.each([
    ['size', { size: 1 }],
    ['mediaType', { mediaType: mediaTypes.ociIndex }],
  ])('case E-10: another %s was signed', async (_, change) => {
    const { mediaType, digest, size } = bench.artifact;
    await bench.forge(chain, {
      payloadText: JSON.stringify({ targetArtifact: { mediaType, digest, size, ...change } }),
    });
    bench.saveStatement({ level: 'audit' });
    expect((await bench.verify()).verdict).toBe('notTrusted');
  });

  it('case E-04: an unknown critical attribute is refused at every level; the CLI lets it pass', async () => {
    await bench.forge(chain, {
      header: { crit: ['io.cncf.notary.signingScheme', 'com.example.rule'], 'com.example.rule': 1 },
    });
    bench.saveStatement({ level: 'audit' });
    expect(await bench.verify()).toMatchObject({
      verdict: 'notTrusted',
      signatures: [{ fatal: [{ code: 'fatal.unknownCritical', details: { names: ['com.example.rule'] } }] }],
      cli: { succeeds: true },
    });
  });

  it.each([
    ['acme', 'fatal.pluginUnavailable'],
    ['../../bin/sh', 'fatal.pluginAttribute'],
    [' ', 'fatal.pluginAttribute'],
    [7, 'fatal.pluginAttribute'],
  ])('cases P-02, P-03: of a plugin named %j nothing is run', async (plugin, code) => {
    const name = 'io.cncf.notary.verificationPlugin';
    await bench.forge(chain, { header: { crit: ['io.cncf.notary.signingScheme', name], [name]: plugin } });
    const report = await bench.verify();
    expect(report.signatures[0]).toMatchObject({ verdict: 'notTrusted', fatal: [{ code }] });
    expect(report.cli).toMatchObject({ succeeds: false, dependsOn: [] });
  });

  it('tampered: nothing in the envelope is judged', async () => {
    await bench.sign(chain);
    const blob = [...bench.repository.blobs.values()][0] ?? new Uint8Array();
    const jws = JSON.parse(new TextDecoder().decode(blob)) as Record<string, unknown>;
    const { mediaType, digest, size } = bench.artifact;
    const payload = Buffer.from(
      JSON.stringify({ targetArtifact: { mediaType, digest, size, annotations: { a: 'b' } } }),
    ).toString('base64url');
    bench.repository.listed.clear();
    await bench.attach(encode({ ...jws, payload }), chain);
    bench.saveStatement({ level: 'audit' });
    const report = await bench.verify();
    expect(report.signatures[0]?.checks.map(({ result, reason }) => [result, reason.code])).toEqual([
      ['failed', 'integrity.signatureInvalid'],
      ...Array.from({ length: 4 }, () => ['inconclusive', 'check.integrityFailed']),
    ]);
    expect(report).toMatchObject({
      verdict: 'notTrusted',
      cli: { succeeds: false },
      signatures: [{ userMetadata: {} }],
    });
  });

  it.each([
    ['COSE', mediaTypes.cose, 'failed', 'integrity.envelopeMalformed'],
    ['an unknown format', 'text/plain', 'failed', 'integrity.unsupportedFormat'],
  ])('case E-21: a JWS labelled as %s', async (_, mediaType, result, code) => {
    await bench.sign(chain);
    const blob = [...bench.repository.blobs.values()][0] ?? new Uint8Array();
    bench.repository.listed.clear();
    await bench.attach(blob, chain, mediaType);
    expect(await bench.verify()).toMatchObject({
      verdict: 'notTrusted',
      signatures: [{ checks: [{ result, reason: { code } }, {}, {}, {}, {}] }],
    });
  });

  it('case E-13: a chain that breaks a rule fails integrity', async () => {
    const weak = createTestChain({
      length: 2,
      leaf: { ...leafShape, keyUsage: { usages: ['digitalSignature', 'keyEncipherment'] } },
    });
    await bench.forge(weak);
    const reason = (await bench.verify()).signatures[0]?.checks[0]?.reason;
    expect(reason).toMatchObject({ code: 'integrity.chainInvalid', details: { rule: 'keyUsageOnlySigning' } });
    expect(reason?.message).toMatch(/^certificate-chain is invalid, /);
  });
});

describe('user metadata', () => {
  it.each<[Record<string, string>, boolean]>([
    [{ build: '1' }, true],
    [{ build: '1', who: 'me' }, true],
    [{ build: '2' }, false],
    [{ none: '' }, false],
    [{ constructor: '' }, false],
    [{ ['__proto__']: 'x' }, false],
  ])('case E-17: %j', async (userMetadata, passes) => {
    await bench.sign(chain, { userMetadata: { build: '1', who: 'me' } });
    const report = await bench.verify({ userMetadata });
    expect(report.verdict).toBe(passes ? 'verified' : 'notTrusted');
    expect(report.cli.succeeds).toBe(passes);
    if (!passes)
      expect(report.signatures[0]?.fatal[0]?.message).toBe('unable to find specified metadata in the signature');
  });

  it('is shown as the CLI shows it', async () => {
    await bench.sign(chain, { userMetadata: { build: '1', who: 'someone' } });
    expect((await bench.verify()).cli.message).toBe(
      `Successfully verified signature for ${bench.reference}\n\nThe artifact was signed with the following user metadata.\n\nKEY     VALUE     \nbuild   1         \nwho     someone   `,
    );
  });
});
