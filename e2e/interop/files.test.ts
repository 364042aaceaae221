import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validatePolicy } from '../../electron/domain/trust/policy-document.ts';
import { blobPolicyDefects } from '../../electron/testing/policy-defects.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';
import { algorithms, Workbench } from './workbench.ts';

interface BlobVerdict {
  readonly verdict: 'verified' | 'failed' | 'panicked';
  readonly error: Failure | null;
}
interface Signature {
  readonly name: string;
  readonly base64: string;
}
interface Asked {
  readonly content?: string;
  readonly mediaType?: string;
  readonly policyName?: string;
  readonly userMetadata?: Record<string, string>;
}

const content = 'a file, signed\n';
const octets = 'application/octet-stream';
const toBase64 = (text: string) => Buffer.from(text).toString('base64');

describe.skipIf(!havePeers())('files, signed by one and verified by the other', () => {
  let bench: Workbench;
  let reference: Oracle;
  const policyOf = (...statements: object[]) => JSON.stringify({ version: '1.0', trustPolicies: statements });
  const statement = (name: string, change: object = {}) => ({
    name,
    signatureVerification: { level: 'strict' },
    trustStores: algorithms.map(([algorithm]) => `ca:${algorithm}`),
    trustedIdentities: ['*'],
    ...change,
  });

  beforeAll(async () => {
    bench = await Workbench.open();
    reference = new Oracle(process.env, 'blob-oracle');
    for (const [algorithm] of algorithms) await bench.createKey(algorithm, algorithm);
    await bench.createKey('stranger', 'EC-256', false);
    const text = policyOf(
      statement('everyone', { globalPolicy: true }),
      statement('nobody', { trustStores: ['ca:EC-521'] }),
      statement('lax', { signatureVerification: { level: 'permissive' } }),
      statement('listening', { signatureVerification: { level: 'audit' }, trustStores: ['ca:EC-521'] }),
      { name: 'open', signatureVerification: { level: 'skip' }, trustStores: [], trustedIdentities: [] },
    );
    await bench.engine.call('policies.savePolicy', { document: 'blob', text, ifRevision: 'absent' });
  }, 120_000);
  afterAll(async () => {
    await reference.stop();
    await bench.close();
  });

  async function handOver(name: string, base64: string, keep: 'hashOnly' | 'spool'): Promise<string> {
    const size = Buffer.from(base64, 'base64').length;
    const { id } = await bench.engine.call('intake.openFile', { name, size, keep });
    if (size > 0) await bench.engine.call('intake.appendChunk', { id, offset: 0, base64 });
    return id;
  }

  async function signWithInkan(
    keyName: string,
    options: {
      content?: string;
      mediaType?: string;
      expirySeconds?: number;
      userMetadata?: Record<string, string>;
      format?: SignatureFormat;
    } = {},
  ): Promise<Signature> {
    const { content: text = content, ...rest } = options;
    const fileId = await handOver('app.bin', toBase64(text), 'hashOnly');
    const { signatureName, base64 } = await bench.engine.call('blobs.signFile', { fileId, keyName, ...rest });
    return { name: signatureName, base64 };
  }

  async function signWithReference(
    keyName: string,
    options: { format?: SignatureFormat; userMetadata?: Record<string, string>; expirySeconds?: number } = {},
  ): Promise<Signature> {
    const keys = path.join(bench.configDir, 'localkeys', keyName);
    const common = { blob: toBase64(content), format: 'jws', mediaType: octets };
    const base64 = await reference.ask<string>('sign', {
      ...common,
      keyPath: `${keys}.key`,
      certPath: `${keys}.crt`,
      ...options,
    });
    return { name: `app.bin.${options.format ?? 'jws'}.sig`, base64 };
  }

  async function verdicts({ name, base64 }: Signature, { content: text = content, ...asked }: Asked = {}) {
    const fileId = await handOver('app.bin', toBase64(text), 'hashOnly');
    const signatureId = await handOver(name, base64, 'spool');
    const report = await bench.engine.call('blobs.verifyFile', { fileId, signatureId, ...asked });
    await bench.engine.call('intake.discardFile', { id: signatureId });
    const format = name.includes('.cose.') ? 'cose' : 'jws';
    const question = { configDir: bench.configDir, blob: toBase64(text), signature: base64, format, ...asked };
    const theirs = await reference.ask<BlobVerdict>('verify', question);
    return { report, theirs };
  }

  const cells = algorithms.flatMap(([algorithm]) =>
    (['jws', 'cose'] as const).map((format) => [algorithm, format] as const),
  );

  it.each(cells)('%s in %s: what Inkan signs the reference verifies, and the reverse', async (algorithm, format) => {
    const userMetadata = { build: '7', '<&>': 'ありがとう' };
    for (const signature of [
      await signWithInkan(algorithm, { userMetadata, expirySeconds: 600, format }),
      await signWithReference(algorithm, { userMetadata, expirySeconds: 600, format }),
    ]) {
      const { report, theirs } = await verdicts(signature, { userMetadata, mediaType: octets });
      expect(theirs).toEqual({ verdict: 'verified', error: null });
      expect(report).toMatchObject({ verdict: 'verified', cli: { succeeds: true }, signatures: [{ userMetadata }] });
    }
  });

  it('signs an empty file as the reference does', async () => {
    const signature = await signWithInkan('EC-256', { content: '' });
    const { report, theirs } = await verdicts(signature, { content: '' });
    expect([report.verdict, theirs.verdict]).toEqual(['verified', 'verified']);
  });

  it.each<[string, Asked]>([
    ['another file', { content: 'another' }],
    ['another media type', { mediaType: 'text/plain' }],
    ['the media type in other letters', { mediaType: 'Application/octet-stream' }],
    ['metadata that is not there', { userMetadata: { a: 'b' } }],
    ['missing metadata and another file', { userMetadata: { a: 'b' }, content: 'another' }],
    ['a policy that trusts others', { policyName: 'nobody' }],
    ['a policy that is not there', { policyName: 'missing' }],
    ['a policy of another case', { policyName: 'Everyone' }],
  ])('refuses %s, in the words of the reference', async (_, asked) => {
    for (const signature of [await signWithInkan('EC-256'), await signWithReference('EC-256')]) {
      const { report, theirs } = await verdicts(signature, asked);
      expect(theirs.verdict).toBe('failed');
      expect(report.verdict).toBe('notTrusted');
      expect(report.cli.message).toBe(`signature verification failed: ${theirs.error?.message ?? ''}`);
    }
  });

  it('takes a signer that no store knows for what it is', async () => {
    const { report, theirs } = await verdicts(await signWithInkan('stranger'));
    expect([report.verdict, theirs.verdict]).toEqual(['notTrusted', 'failed']);
    expect(report.cli.message).toContain(theirs.error?.message ?? 'an error');
  });

  it('warns where the reference passes with warnings', async () => {
    const { report, theirs } = await verdicts(await signWithInkan('EC-256'), { policyName: 'listening' });
    expect(theirs.verdict).toBe('verified');
    expect(report).toMatchObject({ verdict: 'verifiedWithWarnings', cli: { succeeds: true } });
  });

  it('judges an expired signature as the level says', async () => {
    const signature = await signWithInkan('EC-256', { expirySeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const strict = await verdicts(signature);
    expect(strict.theirs.verdict).toBe('failed');
    expect(strict.report.cli.message).toBe(`signature verification failed: ${strict.theirs.error?.message ?? ''}`);
    const lax = await verdicts(signature, { policyName: 'lax' });
    expect([lax.report.verdict, lax.theirs.verdict]).toEqual(['verifiedWithWarnings', 'verified']);
  });

  it('skips where the policy says so, where the reference crashes', async () => {
    const { report, theirs } = await verdicts(await signWithInkan('EC-256'), { policyName: 'open' });
    expect(theirs.verdict).toBe('panicked');
    expect(report).toMatchObject({ verdict: 'skipped', cli: { succeeds: false } });
  });

  it('writes signatures that inspection shows whole', async () => {
    const { name, base64 } = await signWithInkan('EC-384', { mediaType: 'text/plain', userMetadata: { a: 'b' } });
    const signatureId = await handOver(name, base64, 'spool');
    const { signature } = await bench.engine.call('blobs.inspectFile', { signatureId });
    expect(signature).toMatchObject({
      format: 'jws',
      algorithm: 'ECDSA-SHA-384',
      payload: { mediaType: 'text/plain', size: content.length, annotations: { a: 'b' } },
      integrity: { ok: true },
    });
    expect(signature.payload?.digest).toMatch(/^sha384:[0-9a-f]{96}$/);
  });

  it.each(blobPolicyDefects)('blob policy with a defect: %s', async (_, document) => {
    // A byte order mark is lost in the text of a question.
    if (document.startsWith('\ufeff')) return;
    const { error } = await reference.ask<{ error: Failure | null }>('validatePolicy', { document });
    expect(validatePolicy(document, 'blob').problems[0]?.message).toBe(error?.message);
  });
});
