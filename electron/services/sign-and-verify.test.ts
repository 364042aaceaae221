import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { isDigest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain, type TestChain } from '../testing/chain-factory.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { PluginBench } from '../testing/plugin-bench.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { VerificationBench } from '../testing/verification-bench.ts';
import { createActivityService } from './activity.ts';
import { createJobsService, type JobsService } from './jobs.ts';
import { createSignService } from './sign.ts';
import { createVerifyService } from './verify.ts';

let chain: TestChain;
let bench: ServiceBench;
let target: VerificationBench;
let plugins: PluginBench;
let inkan: MemoryDirectory;
let jobs: JobsService;
let sign: ReturnType<typeof createSignService>;
let verify: ReturnType<typeof createVerifyService>;
beforeAll(() => {
  chain = createTestChain({ length: 2 });
});
beforeEach(() => {
  bench = new ServiceBench();
  target = new VerificationBench();
  inkan = new MemoryDirectory('/inkan');
  const activity = createActivityService({ ...bench, inkan });
  const configuration = { current: () => target.directory };
  const repositories = { open: () => Promise.resolve(target.repository) };
  const locateFile = (path: string) => ({ directory: target.directory, name: path.replace('/config/', '') });
  plugins = new PluginBench();
  jobs = createJobsService(bench);
  sign = createSignService({
    ...bench,
    repositories,
    configuration,
    locateFile,
    plugins: () => plugins.context,
    version: '0.1.0',
    activity,
  });
  verify = createVerifyService({
    ...bench,
    repositories,
    configuration,
    inkan,
    jobs,
    activity,
    plugins: () => plugins.context,
  });
  const keys = [{ name: 'suji', keyPath: '/config/localkeys/suji.key', certPath: '/config/localkeys/suji.crt' }];
  target.directory.put('signingkeys.json', JSON.stringify({ default: 'suji', keys }));
  target.directory.put('localkeys/suji.key', chain.keyPem);
  target.directory.put('localkeys/suji.crt', chain.chainPem, 0o644);
  target.trust(chain);
  target.saveStatement();
});

const at = { sourceId: 's', repository: 'acme/web', reference: '1.0', userMetadata: {}, pluginConfig: {} };
const signIt = (change: object = {}, signal?: AbortSignal) =>
  sign['sign.signArtifact']({ ...at, digest: target.artifact.digest, ...change }, callContext(signal));
const verifyIt = (change: object = {}) =>
  verify['verify.verifyArtifact']({ ...at, recorded: true, ...change }, callContext());
const movedTo = (): string =>
  target.repository.addManifest(mediaTypes.ociIndex, new TextEncoder().encode('{}'), '1.0').digest;

describe('signArtifact', () => {
  it('signs, and what it signed verifies', async () => {
    const signed = await signIt({ userMetadata: { build: '7' }, expirySeconds: 3600 });
    expect(signed).toMatchObject({ reference: target.reference, keyName: 'suji', indexedBy: 'registry', warnings: [] });
    expect(signed.command).toBe(`notation sign --key suji --expiry 3600s -m build=7 ${target.reference}`);
    expect(signed.tagMovedTo).toBeUndefined();
    const report = await verifyIt({ userMetadata: { build: '7' } });
    expect(report).toMatchObject({
      verdict: 'verified',
      signatures: [{ manifestDigest: signed.signatureDigest, userMetadata: { build: '7' } }],
    });
    expect(bench.told('artifacts.changed')).toEqual([
      { sourceId: 's', repository: 'acme/web', digest: target.artifact.digest },
    ]);
    expect(bench.told('activity.recorded').map(({ method, note }) => [method, note])).toEqual([
      ['sign.signArtifact', signed.signatureDigest],
      ['verify.verifyArtifact', 'verified'],
    ]);
  });

  it('signs in COSE when asked to, or when the configuration says so', async () => {
    const signed = await signIt({ format: 'cose' });
    expect(signed.command).toBe(`notation sign --key suji --signature-format cose ${target.reference}`);
    target.directory.put('config.json', '{"signatureFormat":"COSE"}');
    await signIt();
    expect(await sign['sign.planSign'](at, callContext())).toMatchObject({ format: 'cose' });
    const { signatures } = await verifyIt();
    expect(signatures.map(({ checks }) => checks[0]?.reason.details['format'])).toEqual(['cose', 'cose']);
    expect((await signIt({ format: 'jws' })).command).not.toContain('--signature-format');
    target.directory.put('config.json', '{"signatureFormat":"pgp"}');
    await expect(signIt()).rejects.toMatchObject({ code: 'sign.unsupportedFormat' });
    expect((await sign['sign.planSign'](at, callContext())).findings[0]).toMatchObject({
      severity: 'blocks',
      details: { error: { code: 'sign.unsupportedFormat' } },
    });
  });

  it('signs with a key of a plugin; no secret is recorded', async () => {
    plugins.installRaw(chain);
    const key = { name: 'cloud', id: 'arn:key', pluginName: 'sealer', pluginConfig: { region: 'eu', token: 'stored' } };
    target.directory.put('signingkeys.json', JSON.stringify({ keys: [key] }));
    const signed = await signIt({ keyName: 'cloud', pluginConfig: { region: 'us', apiToken: 'hunter22' } });
    expect(signed).toMatchObject({ keyName: 'cloud' });
    expect(signed.command).toBe(
      `notation sign --key cloud --plugin-config region=us --plugin-config apiToken=hunter22 ${target.reference}`,
    );
    expect(JSON.parse(plugins.calls.at(-1)?.request ?? '')).toMatchObject({
      keyId: 'arn:key',
      pluginConfig: { region: 'us', token: 'stored', apiToken: 'hunter22' },
    });
    expect(JSON.stringify(bench.events)).not.toMatch(/hunter22|stored/);
    expect(await verifyIt()).toMatchObject({ verdict: 'verified' });
  });

  it('signs with a key that is named to a plugin for this one time', async () => {
    plugins.installEnvelope(chain);
    const signed = await signIt({ plugin: { name: 'enveloper', keyId: 'arn:aws:profile' }, keyName: 'suji' });
    expect(signed).toMatchObject({ keyName: 'arn:aws:profile' });
    expect(signed.command).toBe(`notation sign --plugin enveloper --id arn:aws:profile ${target.reference}`);
  });

  it('leaves no row for a verdict that a list asks for by itself', async () => {
    await signIt();
    expect(await verifyIt({ recorded: false })).toMatchObject({ verdict: 'verified' });
    expect(bench.told('activity.recorded').map(({ method }) => method)).toEqual(['sign.signArtifact']);
  });

  it('no private key is in what it tells', async () => {
    await signIt();
    const secret = chain.keyPem.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify([bench.events, bench.logged])).not.toContain(secret);
  });

  it.each([
    ['before', () => movedTo()],
    ['while', () => (target.repository.onPush = (stage) => void (stage === 'before' && movedTo()))],
  ])('case R-19: a tag that moved %s signing is told of and not followed', async (_, move) => {
    move();
    const signed = await signIt();
    expect(signed.subject.digest).toBe(target.artifact.digest);
    expect(signed.tagMovedTo).toBe(target.repository.tags.get('1.0'));
  });

  it('a digest beside another digest is refused', async () => {
    await expect(signIt({ reference: `sha256:${'e'.repeat(64)}` })).rejects.toMatchObject({
      code: 'registry.digestMismatch',
    });
  });

  it('case R-18: a connection lost after the manifest was stored', async () => {
    const lost = new AppError('registry.unreachable', { host: 'h', cause: 'reset' });
    target.repository.onPush = (stage) => {
      if (stage === 'after') throw lost;
    };
    expect((await signIt()).indexedBy).toBe('registry');
    expect((await verifyIt()).verdict).toBe('verified');
  });

  it('case R-18: a connection lost before', async () => {
    target.repository.onPush = () => {
      throw new AppError('registry.timeout', { host: 'h', stage: 'whole', limitMs: 1 });
    };
    await expect(signIt()).rejects.toMatchObject({ code: 'sign.notPushed', details: { fault: 'registry.timeout' } });
    expect(target.repository.listed.size).toBe(0);
    expect(bench.told('activity.recorded')).toMatchObject([{ outcome: 'failed', error: { code: 'sign.notPushed' } }]);
  });

  it('case F-13: a key and a store that go while they are used: what began ends by what it read', async () => {
    target.repository.onPush = (stage) => {
      if (stage !== 'before') return;
      for (const file of ['localkeys/suji.key', 'localkeys/suji.crt', 'signingkeys.json'])
        target.directory.files.delete(file);
    };
    expect((await signIt()).keyName).toBe('suji');
    await expect(signIt()).rejects.toMatchObject({ code: 'sign.noDefaultKey' });
    expect(target.repository.listed.get(target.artifact.digest)).toHaveLength(1);
    const list = target.repository.listReferrers.bind(target.repository);
    target.repository.listReferrers = async (...call) => {
      const answer = await list(...call);
      for (const path of [...target.directory.files.keys()])
        if (path.startsWith('truststore/')) await target.directory.remove(path);
      return answer;
    };
    expect(['verified', 'notTrusted']).toContain((await verifyIt()).verdict);
    expect((await verifyIt()).verdict).toBe('notTrusted');
  });

  it.each<[string, () => void, object, string]>([
    ['no such key', () => void 0, { keyName: 'none' }, 'sign.keyNotFound'],
    ['no default key', () => target.directory.put('signingkeys.json', '{"keys":[]}'), {}, 'sign.noDefaultKey'],
    ['a list that cannot be read', () => target.directory.put('signingkeys.json', '{'), {}, 'key.listMalformed'],
    [
      'another key’s certificate',
      () => target.directory.put('localkeys/suji.crt', createTestChain({ algorithm: 'EC-384' }).chainPem),
      {},
      'sign.keyUnusable',
    ],
    ['no key file', () => target.directory.files.delete('localkeys/suji.key'), {}, 'sign.keyUnusable'],
    ['a reserved metadata key', () => void 0, { userMetadata: { 'io.cncf.notary.x': '1' } }, 'sign.reservedMetadata'],
  ])('refuses with %s, and pushes nothing', async (_, arrange, change, code) => {
    arrange();
    await expect(signIt(change)).rejects.toMatchObject({ code });
    expect(target.repository.blobs.size).toBe(0);
  });

  it('cancelled while a plugin signs, it pushes nothing', async () => {
    const controller = new AbortController();
    const answer = () => {
      controller.abort(new AppError('rpc.cancelled', {}));
      return new Error('ended');
    };
    plugins.installRaw(chain, { generateSignature: answer });
    const before = target.repository.blobs.size;
    const signing = signIt({ plugin: { name: 'sealer', keyId: 'k' } }, controller.signal);
    await expect(signing).rejects.toThrow();
    expect([target.repository.blobs.size, target.repository.listed.size]).toEqual([before, 0]);
    expect(bench.told('activity.recorded')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('cancelled once the manifest is on its way, it tells of the signature that is there', async () => {
    const controller = new AbortController();
    target.repository.onPush = () => controller.abort(new AppError('rpc.cancelled', {}));
    const { signatureDigest } = await signIt({}, controller.signal);
    target.repository.onPush = () => undefined;
    expect((await verifyIt()).signatures.map(({ manifestDigest }) => manifestDigest)).toEqual([signatureDigest]);
  });

  it('cancelled before it signs, it pushes nothing', async () => {
    const reason = new AppError('rpc.cancelled', {});
    await expect(signIt({}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(target.repository.blobs.size).toBe(0);
    expect(bench.told('activity.recorded')).toMatchObject([{ outcome: 'cancelled' }]);
  });
});

describe('planSign', () => {
  const plan = (change: object = {}) => sign['sign.planSign']({ ...at, ...change }, callContext());
  const codes = async (change: object = {}): Promise<string[]> =>
    (await plan(change)).findings.map(({ severity, code }) => `${severity} ${code}`);

  it('says what would be done', async () => {
    expect(await plan()).toMatchObject({
      subject: target.artifact,
      tag: '1.0',
      keyName: 'suji',
      algorithm: 'ES256',
      command: `notation sign --key suji ${target.reference}`,
    });
    expect(await codes()).toEqual(['tells signing.endsWithCertificate', 'tells signing.digestNotTag']);
    expect(target.repository.blobs.size).toBe(0);
  });

  it('looks for a plugin and starts none', async () => {
    const plugin = { name: 'sealer', keyId: 'k' };
    expect(await codes({ plugin })).toEqual(['blocks signing.impossible', 'tells signing.digestNotTag']);
    plugins.installRaw(chain);
    expect(await codes({ plugin })).toEqual(['tells signing.withPlugin', 'tells signing.digestNotTag']);
    expect(plugins.calls).toEqual([]);
  });

  it('says what stands in the way, all of it', async () => {
    const { findings, keyName } = await plan({ keyName: 'none', userMetadata: { 'io.cncf.notary': '1' } });
    expect(keyName).toBe('none');
    expect(findings.slice(0, 2)).toMatchObject([
      { severity: 'blocks', details: { error: { code: 'sign.reservedMetadata' } } },
      { severity: 'blocks', details: { error: { code: 'sign.keyNotFound' } } },
    ]);
  });

  it('warns of what will surprise', async () => {
    const signed = await signIt();
    expect(await codes({ reference: signed.signatureDigest, expirySeconds: 3_000_000_000 })).toEqual([
      'warns signing.expiryAfterCertificate',
      'warns signing.targetIsSignature',
      'tells signing.endsWithCertificate',
    ]);
    const index = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [target.artifact] });
    const { digest } = target.repository.addManifest(mediaTypes.ociIndex, new TextEncoder().encode(index));
    expect((await plan({ reference: digest })).findings).toContainEqual({
      severity: 'tells',
      code: 'signing.indexOnly',
      details: { manifests: 1 },
    });
  });

  it('an expired certificate blocks', async () => {
    const past = new Date(Date.now() - 1000);
    const ended = createTestChain({
      length: 1,
      leaf: { subject: [['CN', 'x']], keyUsage: { usages: ['digitalSignature'] }, notAfter: past },
    });
    target.directory.put('localkeys/suji.key', ended.keyPem);
    target.directory.put('localkeys/suji.crt', ended.chainPem);
    expect((await plan()).findings[0]).toMatchObject({
      severity: 'blocks',
      details: { error: { code: 'certificate.ruleBroken', details: { rule: 'validNow' } } },
    });
  });
});

describe('verifyMany', () => {
  const many = (references: string[]) =>
    verify['verify.verifyMany'](
      { artifacts: references.map((reference) => ({ ...at, reference })), userMetadata: {}, pluginConfig: {} },
      callContext(),
    );
  const ended = async (jobId: string): Promise<void> => {
    while (jobs.find(jobId)?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 1));
  };

  it('reports in the order asked; one that cannot be read is told as such', async () => {
    await signIt();
    const { jobId } = await many(['1.0', 'none', target.artifact.digest]);
    await ended(jobId);
    const { reports } = await verify['verify.readReports']({ jobId }, callContext());
    expect(reports.map(({ report, error }) => report?.verdict ?? error?.code)).toEqual([
      'verified',
      'registry.notFound',
      'verified',
    ]);
    expect(jobs.find(jobId)).toMatchObject({ state: 'done', completed: 3, total: 3 });
    expect(bench.told('activity.recorded').at(-1)).toMatchObject({ method: 'verify.verifyMany', note: '2/3' });
  });

  it('keeps what it has when it is cancelled', async () => {
    await signIt();
    const { jobId } = await many(Array.from({ length: 500 }, () => '1.0'));
    while ((jobs.find(jobId)?.completed ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 0));
    await jobs.handlers['jobs.cancelJob']({ id: jobId }, callContext());
    await ended(jobId);
    const { reports } = await verify['verify.readReports']({ jobId }, callContext());
    const done = reports.filter(({ report }) => report !== undefined).length;
    expect(jobs.find(jobId)?.state).toBe('cancelled');
    expect(done).toBeGreaterThanOrEqual(5);
    expect(done).toBeLessThan(500);
  });

  it('judges all by the policy at its beginning', async () => {
    await signIt();
    const { jobId } = await many(Array.from({ length: 50 }, () => '1.0'));
    target.saveStatement({ trustStores: ['ca:gone'] });
    await ended(jobId);
    const { reports } = await verify['verify.readReports']({ jobId }, callContext());
    expect(new Set(reports.map(({ report }) => report?.verdict))).toEqual(new Set(['verified']));
  });

  it('asks a plugin once what it is, and to judge each signature', async () => {
    const [capability, name] = ['SIGNATURE_VERIFIER.TRUSTED_IDENTITY', 'io.cncf.notary.verificationPlugin'];
    const good = { verificationResults: { [capability]: { success: true } }, processedAttributes: [] };
    inkan.put('settings.json', JSON.stringify({ verificationPlugins: ['judge'] }));
    plugins.install('judge', [capability], { verifySignature: () => good });
    await target.forge(chain, { header: { crit: ['io.cncf.notary.signingScheme', name], [name]: 'judge' } });
    for (let run = 1; run <= 2; run += 1) {
      const { jobId } = await many(Array.from({ length: 20 }, () => '1.0'));
      await ended(jobId);
      const { reports } = await verify['verify.readReports']({ jobId }, callContext());
      expect(new Set(reports.map(({ report }) => report?.verdict))).toEqual(new Set(['verified']));
      expect(plugins.asked.filter((asked) => asked.endsWith('get-plugin-metadata'))).toHaveLength(run);
      expect(plugins.asked.filter((asked) => asked.endsWith('verify-signature'))).toHaveLength(20 * run);
    }
  });

  it('asks a plugin again that did not say what it is', async () => {
    const name = 'io.cncf.notary.verificationPlugin';
    inkan.put('settings.json', JSON.stringify({ verificationPlugins: ['judge'] }));
    plugins.install('judge', ['SIGNATURE_VERIFIER.TRUSTED_IDENTITY'], { metadata: { version: '' } });
    await target.forge(chain, { header: { crit: ['io.cncf.notary.signingScheme', name], [name]: 'judge' } });
    const { jobId } = await many(Array.from({ length: 12 }, () => '1.0'));
    await ended(jobId);
    const { reports } = await verify['verify.readReports']({ jobId }, callContext());
    expect(new Set(reports.map(({ report }) => report?.verdict))).toEqual(new Set(['notTrusted']));
    expect(plugins.asked.length).toBeGreaterThanOrEqual(3);
  });

  it('knows no other job', async () => {
    await expect(verify['verify.readReports']({ jobId: 'x' }, callContext())).rejects.toMatchObject({
      code: 'rpc.jobNotFound',
    });
    expect(isDigest(target.artifact.digest)).toBe(true);
  });
});
