import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { createOfflineChecker } from '../testing/revocation-checkers.ts';
import { AuthorityHttp } from '../testing/authority-http.ts';
import { createTestChain, type TestChain } from '../testing/chain-factory.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { blobPolicy, blobStatement } from '../testing/policy-defects.ts';
import { PluginBench } from '../testing/plugin-bench.ts';
import { TestAuthority } from '../testing/timestamp-authority.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService } from './activity.ts';
import { createBlobsService } from './blobs.ts';
import { Intake } from './intake.ts';

const authority = new TestAuthority();
let chain: TestChain;
let bench: ServiceBench;
let config: MemoryDirectory;
let target: MemoryDirectory;
let intake: Intake;
let plugins: PluginBench;
let service: ReturnType<typeof createBlobsService>;
let savePath: string | undefined;
let saveFolder: string | undefined;
beforeAll(() => {
  chain = createTestChain({ algorithm: 'EC-384', length: 2 });
});
beforeEach(() => {
  bench = new ServiceBench();
  plugins = new PluginBench();
  config = new MemoryDirectory('/config');
  target = new MemoryDirectory('/out');
  [savePath, saveFolder] = [undefined, undefined];
  const clock = { ...bench.clock, sleep: () => new Promise<void>(() => {}) };
  const spool = {
    create: async () => {
      let content = Buffer.alloc(0);
      return {
        append: async (bytes: Uint8Array) => void (content = Buffer.concat([content, bytes])),
        read: async (offset: number, length: number) => content.subarray(offset, offset + length),
        remove: async () => {},
      };
    },
  };
  intake = new Intake({ ...bench, clock, spool });
  service = createBlobsService({
    ...bench,
    intake,
    configuration: { current: () => config },
    locateFile: (path) => {
      const directory = path.startsWith('/out/') ? target : config;
      return path.startsWith('/') ? { directory, name: path.slice(directory.path.length + 1) } : undefined;
    },
    plugins: () => plugins.context,
    openRevocation: () => Promise.resolve(createOfflineChecker()),
    inkan: new MemoryDirectory('/inkan'),
    activity: createActivityService({ ...bench, inkan: new MemoryDirectory('/inkan') }),
    version: '1',
    http: new AuthorityHttp(authority),
    chooseSavePath: async () => savePath,
    chooseSaveFolder: async () => saveFolder,
  });
  const keys = [{ name: 'suji', keyPath: '/config/localkeys/suji.key', certPath: '/config/localkeys/suji.crt' }];
  config.put('signingkeys.json', JSON.stringify({ default: 'suji', keys }));
  config.put('localkeys/suji.key', chain.keyPem);
  config.put('localkeys/suji.crt', chain.chainPem, 0o644);
  config.put('truststore/x509/ca/acme/root.crt', chain.ders.at(-1) ?? new Uint8Array());
  config.put('trustpolicy.blob.json', blobPolicy(blobStatement({ globalPolicy: true })));
});

async function handOver(name: string, bytes: Uint8Array, keep: 'hashOnly' | 'spool'): Promise<string> {
  const { id } = await intake.handlers['intake.openFile']({ name, size: bytes.length, keep }, callContext());
  const base64 = Buffer.from(bytes).toString('base64');
  if (bytes.length > 0) await intake.handlers['intake.appendChunk']({ id, offset: 0, base64 }, callContext());
  return id;
}
const text = (content: string) => new TextEncoder().encode(content);
const defaults = { mediaType: 'application/octet-stream', userMetadata: {}, pluginConfig: {} };

async function signed(content = 'hello', change: object = {}) {
  const fileId = await handOver('app.tar.gz', text(content), 'hashOnly');
  return service['blobs.signFile']({ fileId, ...defaults, ...change }, callContext());
}
async function verified(content: string, name: string, base64: string, change: object = {}) {
  const fileId = await handOver('app.tar.gz', text(content), 'hashOnly');
  const signatureId = await handOver(name, Buffer.from(base64, 'base64'), 'spool');
  return service['blobs.verifyFile'](
    { fileId, signatureId, userMetadata: {}, pluginConfig: {}, recorded: true, ...change },
    callContext(),
  );
}

describe('signFile', () => {
  it('signs with a key that is named to a plugin for this one time', async () => {
    plugins.installRaw(chain);
    const plugin = { name: 'sealer', keyId: 'arn:key' };
    const { command, keyName, base64 } = await signed('hello', { plugin, pluginConfig: { region: 'eu', token: 'x1' } });
    expect(keyName).toBe('arn:key');
    const config = '--plugin-config region=eu --plugin-config token=x1';
    expect(command).toBe(`notation blob sign --plugin sealer --id arn:key ${config} app.tar.gz`);
    expect(JSON.stringify(bench.events)).not.toContain('x1');
    expect((await verified('hello', 'app.tar.gz.jws.sig', base64)).verdict).toBe('verified');
  });

  it('signs no file with a plugin that makes whole envelopes', async () => {
    plugins.installEnvelope(chain);
    const plugin = { name: 'enveloper', keyId: 'arn:key' };
    await expect(signed('hello', { plugin })).rejects.toMatchObject({ code: 'plugin.lacksCapability' });
  });

  it('stamps, and the timestamp lets the signature verify', async () => {
    config.put('truststore/x509/tsa/clock/root.crt', authority.rootDer);
    const statement = blobStatement({ globalPolicy: true, trustStores: ['ca:acme', 'tsa:clock'] });
    config.put('trustpolicy.blob.json', blobPolicy(statement));
    const url = 'http://tsa.example/stamp';
    const timestamp = { url, root: { kind: 'store' as const, store: 'clock', file: 'root.crt' } };
    const { command, base64 } = await signed('hello', { timestamp });
    expect(command).toBe(
      `notation blob sign --key suji --timestamp-url ${url} --timestamp-root-cert /config/truststore/x509/tsa/clock/root.crt app.tar.gz`,
    );
    expect(await verified('hello', 'app.tar.gz.jws.sig', base64)).toMatchObject({
      verdict: 'verified',
      signatures: [{ timestamp: { store: 'tsa:clock', hashAlgorithm: 'SHA-384' } }],
    });
    const root = { kind: 'store' as const, store: 'none', file: 'root.crt' };
    await expect(signed('hello', { timestamp: { url, root } })).rejects.toMatchObject({ code: 'timestamp.badRoot' });
  });

  it('signs the digest that belongs to the key, and it verifies', async () => {
    const result = await signed('hello', {
      userMetadata: { a: 'b' },
      expirySeconds: 60,
      mediaType: 'application/gzip',
    });
    expect(result).toMatchObject({
      signatureName: 'app.tar.gz.jws.sig',
      keyName: 'suji',
      subject: { mediaType: 'application/gzip', size: 5 },
      command: 'notation blob sign --key suji --media-type application/gzip --expiry 60s -m a=b app.tar.gz',
    });
    expect(result.subject.digest).toMatch(/^sha384:/);
    expect((await verified('hello', result.signatureName, result.base64)).verdict).toBe('verified');
    expect((await verified('other', result.signatureName, result.base64)).verdict).toBe('notTrusted');
    expect(bench.told('activity.recorded').map(({ method, subject, note }) => [method, subject, note])).toEqual([
      ['blobs.signFile', 'app.tar.gz', result.subject.digest],
      ['blobs.verifyFile', 'app.tar.gz', 'verified'],
      ['blobs.verifyFile', 'app.tar.gz', 'notTrusted'],
    ]);
  });

  it('no private key is in what it gives or tells', async () => {
    const secret = chain.keyPem.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify([await signed(), bench.events, bench.logged])).not.toContain(secret);
  });

  it.each([
    ['a media type that is none', { mediaType: 'text/' }, 'blob.badMediaType'],
    ['a key that is not there', { keyName: 'nobody' }, 'sign.keyNotFound'],
    ['reserved metadata', { userMetadata: { 'io.cncf.notary.x': 'y' } }, 'sign.reservedMetadata'],
  ])('refuses %s', async (_, change, code) => {
    await expect(signed('hello', change)).rejects.toMatchObject({ code });
  });

  it('refuses a file that is not here, or not whole', async () => {
    const sign = (fileId: string) => service['blobs.signFile']({ fileId, ...defaults }, callContext());
    await expect(sign('nothing')).rejects.toMatchObject({ code: 'intake.notFound' });
    const { id } = await intake.handlers['intake.openFile']({ name: 'a', size: 9, keep: 'hashOnly' }, callContext());
    await expect(sign(id)).rejects.toMatchObject({ code: 'intake.incomplete' });
  });
});

describe('planSign', () => {
  const plan = async (change: object = {}) => {
    const fileId = await handOver('-x.bin', text('hello'), 'hashOnly');
    return service['blobs.planSign']({ fileId, ...defaults, ...change }, callContext());
  };

  it('tells what would be signed, and with what', async () => {
    expect(await plan()).toMatchObject({
      keyName: 'suji',
      algorithm: 'ES384',
      format: 'jws',
      signatureName: '-x.bin.jws.sig',
      findings: [{ severity: 'tells', code: 'signing.endsWithCertificate' }],
      command: 'notation blob sign --key suji ./-x.bin',
    });
  });

  it('tells what stands in the way', async () => {
    const { subject, findings } = await plan({ keyName: 'nobody', userMetadata: { 'io.cncf.notary': 'x' } });
    expect(subject).toBeUndefined();
    expect(findings.map(({ severity }) => severity)).toEqual(['blocks', 'blocks']);
  });
});

describe('verifyFile and inspectFile', () => {
  it('inspects without judging', async () => {
    const { signatureName, base64 } = await signed();
    const signatureId = await handOver(signatureName, Buffer.from(base64, 'base64'), 'spool');
    const inspected = await service['blobs.inspectFile']({ signatureId }, callContext());
    expect(inspected).toMatchObject({
      name: signatureName,
      command: 'notation blob inspect app.tar.gz.jws.sig',
      signature: { algorithm: 'ECDSA-SHA-384', integrity: { ok: true }, chain: [{}, {}] },
    });
  });

  it('prints what the command line prints, in both forms, and says why where that prints nothing', async () => {
    const { signatureName, base64 } = await signed('hello', { userMetadata: { build: '7' } });
    const inspect = async (bytes: Uint8Array) => {
      const signatureId = await handOver(signatureName, bytes, 'spool');
      return (await service['blobs.inspectFile']({ signatureId }, callContext())).inspection;
    };
    const bytes = Buffer.from(base64, 'base64');
    const printed = await inspect(bytes);
    if ('error' in printed) throw new Error(printed.error.code);
    expect(Object.keys(JSON.parse(printed.json) as object)).toEqual([
      ...['signatureAlgorithm', 'signatureEnvelopeType', 'signedAttributes', 'userDefinedAttributes'],
      ...['unsignedAttributes', 'certificates', 'signedArtifact'],
    ]);
    expect(printed.tree).toContain(`${signatureName}\n├── signature algorithm: ECDSA-SHA-384\n`);
    expect(printed.tree).toContain('├── user defined attributes\n│   └── build: 7\n');
    const broken = JSON.parse(bytes.toString()) as { header: { x5c: string[] } };
    broken.header.x5c.reverse();
    expect(await inspect(text(JSON.stringify(broken)))).toMatchObject({ error: { code: 'certificate.ruleBroken' } });
  });

  it.each([
    ['app.tar.gz', 'x', 'blob.badSignatureName'],
    ['app.asc.sig', 'x', 'blob.badSignatureName'],
    ['app.jws.sig', '', 'blob.emptySignature'],
  ])('refuses a signature file %s of %j', async (name, content, code) => {
    await expect(verified('hello', name, Buffer.from(content).toString('base64'))).rejects.toMatchObject({ code });
    const signatureId = await handOver(name, text(content), 'spool');
    await expect(service['blobs.inspectFile']({ signatureId }, callContext())).rejects.toMatchObject({ code });
  });

  it('refuses a media type that is none, and a signature whose bytes are not kept', async () => {
    const { signatureName, base64 } = await signed();
    await expect(verified('hello', signatureName, base64, { mediaType: '' })).rejects.toMatchObject({
      code: 'blob.badMediaType',
    });
    const signatureId = await handOver(signatureName, Buffer.from(base64, 'base64'), 'hashOnly');
    await expect(service['blobs.inspectFile']({ signatureId }, callContext())).rejects.toMatchObject({
      code: 'intake.notFound',
    });
  });

  it('judges under the policy asked for', async () => {
    const { signatureName, base64 } = await signed();
    const report = await verified('hello', signatureName, base64, { policyName: 'nobody' });
    expect(report).toMatchObject({ verdict: 'notTrusted', policy: { kind: 'notApplicable' } });
  });
});

describe('saveSignatures', () => {
  const save = (...names: readonly string[]) =>
    service['blobs.saveSignatures'](
      { files: names.map((name) => ({ name, base64: Buffer.from(name).toString('base64') })) },
      callContext(),
    );

  it('writes one where the dialog says, for the user alone', async () => {
    savePath = '/out/mine.jws.sig';
    expect(await save('a.jws.sig')).toEqual({ files: [{ name: 'mine.jws.sig', result: 'saved' }] });
    expect(target.text('mine.jws.sig')).toBe('a.jws.sig');
    expect(target.files.get('mine.jws.sig')?.mode).toBe(0o600);
  });

  it('writes several into a folder, and nothing over what is there', async () => {
    saveFolder = '/out';
    target.put('b.jws.sig', 'theirs');
    expect(await save('a.jws.sig', 'b.jws.sig', '..')).toMatchObject({
      files: [
        { name: 'a.jws.sig', result: 'saved' },
        { name: 'b.jws.sig', result: 'exists' },
        { name: '..', result: 'failed' },
      ],
    });
    expect(target.text('b.jws.sig')).toBe('theirs');
  });

  it('writes nothing when the dialog is cancelled, or the content is no base64', async () => {
    expect(await save('a.jws.sig')).toEqual({ files: null });
    expect(await save('a.jws.sig', 'b.jws.sig')).toEqual({ files: null });
    savePath = '/out/a.jws.sig';
    const files = [{ name: 'a.jws.sig', base64: 'AB==!' }];
    await expect(service['blobs.saveSignatures']({ files }, callContext())).rejects.toBeInstanceOf(AppError);
    expect(target.files.size).toBe(0);
  });
});
