import { beforeEach, describe, expect, it } from 'vitest';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import { createTestChain, type TestChain } from '../../testing/chain-factory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { blobPolicy, blobStatement } from '../../testing/policy-defects.ts';
import { describeBlob } from '../blob/blob-content.ts';
import { RunningDigests } from '../oci/running-digests.ts';
import { createOfflineChecker } from '../../testing/revocation-checkers.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { signTarget } from '../sign/sign-target.ts';
import { readPolicySnapshot } from '../trust/policy-file.ts';
import { createTrustStoreReader } from '../trust/trust-store.ts';
import { noPlugins } from './plugin-check.ts';
import { verifyBlob, type BlobVerifyRequest } from './verify-blob.ts';

const never = new AbortController().signal;
const chain = createTestChain({ length: 2 });
const content = (text: string, name = 'app.bin') => {
  const running = new RunningDigests();
  const bytes = new TextEncoder().encode(text);
  running.update(bytes);
  return { name, size: bytes.length, digests: running.finish() };
};
const app = content('hello');
const mediaType = 'application/octet-stream';

async function sign(
  options: {
    chain?: TestChain;
    expirySeconds?: number;
    userMetadata?: Record<string, string>;
    now?: Date;
    type?: string;
  } = {},
  format: SignatureFormat = 'jws',
) {
  const { chain: made = chain, now = new Date(), type = mediaType, ...rest } = options;
  const signer = createLocalSigner(made.keyPem, made.certificates);
  const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() };
  const target = describeBlob(app, signer.algorithm, type);
  const { envelope } = await signTarget({ target, signer, format, clock, version: '0', signal: never, ...rest });
  return { name: `app.bin.${format}.sig`, mediaType: mediaTypes[format], bytes: envelope };
}

let config: MemoryDirectory;
beforeEach(() => {
  config = new MemoryDirectory('/config');
  config.put('truststore/x509/ca/acme/root.crt', chain.ders.at(-1) ?? new Uint8Array());
});
const save = (...statements: Parameters<typeof blobPolicy>) =>
  config.put('trustpolicy.blob.json', blobPolicy(...statements));
const global = (change: object = {}) => blobStatement({ globalPolicy: true, ...change });
const level = (name: string) => ({ signatureVerification: { level: name } });

async function verify(signature: BlobVerifyRequest['signature'], change: Partial<BlobVerifyRequest> = {}) {
  const policy = await readPolicySnapshot(config, 'blob');
  const now = new Date();
  return verifyBlob(
    {
      ...{ blob: app, signature, policyName: '', userMetadata: {}, policy, now },
      trust: createTrustStoreReader(config),
      revocation: createOfflineChecker(),
      ...change,
    },
    never,
  );
}

describe('verifyBlob', () => {
  it.each<KeyAlgorithm>(['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-256', 'EC-384', 'EC-521'])(
    'compares the digest that belongs to %s',
    async (algorithm) => {
      const made = createTestChain({ algorithm, length: 1 });
      config.put('truststore/x509/ca/acme/own.crt', made.ders[0] ?? new Uint8Array());
      save(global());
      const signature = await sign({ chain: made });
      expect((await verify(signature)).verdict).toBe('verified');
      const other = await verify(signature, { blob: content('hellO') });
      expect(other).toMatchObject({ verdict: 'notTrusted', signatures: [{ fatal: [{ code: 'fatal.blobMismatch' }] }] });
    },
  );

  it('tells the same as the reference when it verifies', async () => {
    save(global());
    const report = await verify(await sign({ userMetadata: { build: '7' } }), { userMetadata: { build: '7' } });
    expect(report).toMatchObject({
      verdict: 'verified',
      reference: 'app.bin',
      policy: { kind: 'applied', name: 'one', selection: { path: '' } },
      signatures: [{ checks: [{}, {}, {}, {}, {}], userMetadata: { build: '7' } }],
      cli: {
        succeeds: true,
        command: 'notation blob verify --signature app.bin.jws.sig -m build=7 app.bin',
        message:
          'Successfully verified signature for app.bin\n\nThe artifact was signed with the following user metadata.\n\nKEY     VALUE   \nbuild   7       ',
      },
    });
  });

  it('writes every option into the command line, without secrets', async () => {
    save(global());
    const plugins = { ...noPlugins, config: { region: 'eu', token: 'hunter22' } };
    const options = { plugins, mediaType, policyName: 'one', userMetadata: { build: '7' } };
    const { cli } = await verify(await sign(), options);
    expect(cli.command).toBe(
      `notation blob verify --signature app.bin.jws.sig --media-type ${mediaType} --policy-name one --plugin-config region=eu --plugin-config 'token=••••••' -m build=7 app.bin`,
    );
  });

  it.each<[string, Partial<BlobVerifyRequest>, string]>([
    ['another file', { blob: content('other') }, 'integrity check failed. signature does not match the given blob'],
    [
      'another media type',
      { mediaType: 'text/plain' },
      'integrity check failed. signature does not match the given blob',
    ],
    ['metadata that is not there', { userMetadata: { a: 'b' } }, 'unable to find specified metadata in the signature'],
    [
      'missing metadata before another file',
      { userMetadata: { a: 'b' }, blob: content('other') },
      'unable to find specified metadata in the signature',
    ],
  ])('refuses %s', async (_, change, cause) => {
    save(global());
    const report = await verify(await sign(), change);
    expect(report).toMatchObject({
      verdict: 'notTrusted',
      cli: { succeeds: false, message: `signature verification failed: ${cause}` },
    });
  });

  it('compares the media type only where one is asked for', async () => {
    save(global());
    const signature = await sign({ type: 'text/plain' });
    expect((await verify(signature)).verdict).toBe('verified');
    expect((await verify(signature, { mediaType: 'text/plain' })).verdict).toBe('verified');
    expect((await verify(signature, { mediaType: 'Text/plain' })).verdict).toBe('notTrusted');
  });

  it('chooses the policy by name, or the global one', async () => {
    save(blobStatement({ name: 'files' }), global({ name: 'lax', ...level('audit') }));
    const signature = await sign();
    expect((await verify(signature)).policy).toMatchObject({ kind: 'applied', name: 'lax', level: 'audit' });
    expect((await verify(signature, { policyName: 'files' })).policy).toMatchObject({ name: 'files', level: 'strict' });
    const none = await verify(signature, { policyName: 'nobody' });
    expect(none).toMatchObject({ verdict: 'notTrusted', policy: { kind: 'notApplicable' } });
    expect(none.cli.message).toBe('signature verification failed: no applicable blob trust policy with name "nobody"');
    expect(none.cli.command).toContain('--policy-name nobody');
  });

  it('says when there is no global policy, no policy, or none that counts', async () => {
    const signature = await sign();
    expect((await verify(signature)).cli.message).toMatch(/^trust policy is not present\./);
    save(blobStatement());
    expect((await verify(signature)).cli.message).toBe('signature verification failed: no global blob trust policy');
    config.put('trustpolicy.blob.json', '{');
    expect(await verify(signature)).toMatchObject({ verdict: 'couldNotCheck', policy: { kind: 'invalid' } });
  });

  it('does not take the OCI policy for the one of files', async () => {
    config.put('trustpolicy.oci.json', blobPolicy(global()));
    expect((await verify(await sign())).policy).toEqual({ kind: 'missing' });
  });

  it('looks at nothing under level skip, where the reference crashes', async () => {
    const skip = { ...level('skip'), trustStores: [], trustedIdentities: [] };
    save(blobStatement({ name: 'open', ...skip }));
    const broken = { name: 'x.jws.sig', mediaType: mediaTypes.jws, bytes: new Uint8Array([1]) };
    const report = await verify(broken, { policyName: 'open' });
    expect(report).toMatchObject({ verdict: 'skipped', signatures: [], policy: { level: 'skip' } });
    expect(report.cli.succeeds).toBe(false);
  });

  it('judges an expired signature as the level says', async () => {
    save(global(), blobStatement({ name: 'lax', ...level('permissive') }));
    const signature = await sign({ expirySeconds: 1, now: new Date(Date.now() - 60_000) });
    const strict = await verify(signature);
    expect(strict.verdict).toBe('notTrusted');
    expect(strict.cli.message).toMatch(/^signature verification failed: digital signature has expired on "/);
    const lax = await verify(signature, { policyName: 'lax' });
    expect(lax.verdict).toBe('verifiedWithWarnings');
    expect(lax.cli.message).toMatch(
      /^Warning: expiry was set to "log" .*\n\nSuccessfully verified signature for app\.bin/,
    );
  });

  it('tells of a store that is missing in the words of the command line', async () => {
    save(global({ trustStores: ['ca:nowhere'] }));
    expect((await verify(await sign())).cli.message).toContain('the trust store "nowhere" of type "ca" does not exist');
  });

  it.each([
    ['rubbish', new TextEncoder().encode('{}')],
    ['nothing', new Uint8Array()],
  ])('refuses a signature of %s', async (_, bytes) => {
    save(global());
    const report = await verify({ name: 'x.jws.sig', mediaType: mediaTypes.jws, bytes });
    expect(report).toMatchObject({
      verdict: 'notTrusted',
      signatures: [{ checks: [{ result: 'failed' }, {}, {}, {}, {}] }],
    });
  });

  it('writes names that no command line takes for options', async () => {
    save(global());
    const report = await verify({ ...(await sign()), name: '-x.jws.sig' }, { blob: { ...app, name: '-x y' } });
    expect(report.cli.command).toBe("notation blob verify --signature ./-x.jws.sig './-x y'");
  });
});
