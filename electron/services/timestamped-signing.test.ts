import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64 } from '../domain/codec/base64.ts';
import { AuthorityHttp } from '../testing/authority-http.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { codeOf } from '../testing/code-of.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { PluginBench } from '../testing/plugin-bench.ts';
import { TestAuthority } from '../testing/timestamp-authority.ts';
import { VerificationBench } from '../testing/verification-bench.ts';
import { createActivityService } from './activity.ts';
import { createSignService } from './sign.ts';

const chain = createTestChain({ length: 2 });
const authority = new TestAuthority();
const url = 'http://tsa.example/stamp';
const fromStore = { url, root: { kind: 'store' as const, store: 'clock', file: '2.crt' } };
let http: AuthorityHttp;
let target: VerificationBench;
let sign: ReturnType<typeof createSignService>;

beforeEach(() => {
  const bench = new ServiceBench();
  http = new AuthorityHttp(authority);
  bench.http = http;
  target = new VerificationBench();
  const activity = createActivityService({ ...bench, inkan: new MemoryDirectory('/inkan') });
  const configuration = { current: () => target.directory };
  const repositories = { open: () => Promise.resolve(target.repository) };
  const locateFile = (path: string) => ({ directory: target.directory, name: path.replace('/config/', '') });
  const plugins = () => new PluginBench().context;
  sign = createSignService({ ...bench, repositories, configuration, locateFile, plugins, version: '0.1.0', activity });
  const keys = [{ name: 'suji', keyPath: '/config/localkeys/suji.key', certPath: '/config/localkeys/suji.crt' }];
  target.directory.put('signingkeys.json', JSON.stringify({ default: 'suji', keys }));
  target.directory.put('localkeys/suji.key', chain.keyPem);
  target.directory.put('localkeys/suji.crt', chain.chainPem, 0o644);
  target.trust(chain);
  target.trust(authority.chain, 'clock', 'tsa');
  target.saveStatement({ trustStores: ['ca:acme', 'tsa:clock'] });
});

const at = { sourceId: 's', repository: 'acme/web', reference: '1.0', userMetadata: {}, pluginConfig: {} };
const signIt = (timestamp: NonNullable<Parameters<(typeof sign)['sign.signArtifact']>[0]['timestamp']>) =>
  sign['sign.signArtifact']({ ...at, digest: target.artifact.digest, timestamp }, callContext());
const planIt = (timestamp: typeof fromStore) => sign['sign.planSign']({ ...at, timestamp }, callContext());

describe('signing with a timestamp', () => {
  it('stamps with a root of a tsa store, and the signature verifies by it', async () => {
    const { command } = await signIt(fromStore);
    expect(command).toBe(
      `notation sign --key suji --timestamp-url ${url} --timestamp-root-cert /config/truststore/x509/tsa/clock/2.crt ${target.reference}`,
    );
    expect(await target.verify()).toMatchObject({
      verdict: 'verified',
      signatures: [{ timestamp: { store: 'tsa:clock', hashAlgorithm: 'SHA-256' } }],
    });
  });

  it('stamps with a root that was pasted', async () => {
    const content = toBase64(authority.rootDer);
    const { command } = await signIt({ url, root: { kind: 'content', content } });
    expect(command).toContain('--timestamp-root-cert tsa-root.pem');
    expect((await target.verify()).verdict).toBe('verified');
  });

  it.each([
    ['HTTP 201', { status: 201 }, 'timestamp.badStatus'],
    ['a rejection', { granted: 2 }, 'timestamp.rejected'],
    ['another nonce', { shape: { nonce: '01' } }, 'timestamp.badAnswer'],
  ] as const)('case S-05: pushes nothing after %s', async (_, answer, code) => {
    http.answer = answer;
    const before = target.repository.blobs.size;
    expect(await codeOf(signIt(fromStore))).toBe(code);
    expect(target.repository.blobs.size).toBe(before);
    expect(target.repository.listed.size).toBe(0);
  });

  it.each([
    ['no such store', { store: 'none', file: '2.crt' }, 'missing'],
    ['no such file', { store: 'clock', file: 'none.crt' }, 'missing'],
    ['a name that leaves its folder', { store: '..', file: 'ca/acme/1.crt' }, 'missing'],
    ['a file that leaves its folder', { store: 'clock', file: '../../ca/acme/1.crt' }, 'unreadable'],
  ])('asks nobody when the root is wrong: %s', async (_, place, fault) => {
    const choice = { url, root: { kind: 'store' as const, ...place } };
    expect(await codeOf(signIt(choice))).toBe('timestamp.badRoot');
    expect(http.requests).toEqual([]);
    const { findings } = await planIt(choice);
    expect(findings[0]).toMatchObject({
      severity: 'blocks',
      details: { error: { code: 'timestamp.badRoot', details: { fault } } },
    });
  });

  it('tells before that the signature outlives its certificate, without asking anybody', async () => {
    const { findings, command } = await planIt(fromStore);
    expect(findings.map(({ code }) => code)).toContain('signing.outlivesCertificate');
    expect(findings.map(({ code }) => code)).not.toContain('signing.endsWithCertificate');
    expect(command).toContain(`--timestamp-url ${url}`);
    expect(http.requests).toEqual([]);
    expect((await planIt({ ...fromStore, url: 'ftp://tsa.example' })).findings[0]?.details).toMatchObject({
      error: { code: 'timestamp.badUrl' },
    });
  });
});
