import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { codeOf } from '../../electron/testing/code-of.ts';
import { FakeRegistry, type FakeRegistryOptions } from '../../electron/testing/fake-registry.ts';
import { answering, resetting, truncating } from '../../electron/testing/fake-registry-faults.ts';
import { createServerCertificate, thisMachine } from '../../electron/testing/server-certificate.ts';
import { startEngine, type Engine } from './engine.ts';

const empty = { mediaType: mediaTypes.ociEmpty, digest: `sha256:${'4'.repeat(64)}`, size: 2 };
const manifest = { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config: empty, layers: [] };
const manifestType = { 'content-type': mediaTypes.ociManifest };

let home: string;
let engine: Engine;
const registries: FakeRegistry[] = [];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'inkan-bad-input-'));
  await mkdir(path.join(home, 'notation'), { mode: 0o700 });
  engine = await startEngine(home);
});
afterEach(async () => {
  await engine.stop();
  await Promise.all(registries.splice(0).map((registry) => registry.stop()));
  await rm(home, { recursive: true, force: true });
});

async function startRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = await FakeRegistry.start(options);
  registries.push(registry);
  return registry;
}

async function add(host: string, plainHttp: 'always' | 'never' = 'always'): Promise<string> {
  return (await engine.call('registries.addRegistry', { host, plainHttp })).id;
}

const read = (sourceId: string, reference = '1.0', repository = 'app') =>
  engine.call('artifacts.readArtifact', { sourceId, repository, reference });

const inNotation = (...parts: string[]): string => path.join(home, 'notation', ...parts);

describe('a registry', () => {
  test('that cannot be reached', async () => {
    const registry = await startRegistry();
    const { host } = registry;
    await registry.stop();
    registries.splice(0);
    expect(await codeOf(read(await add(host)))).toBe('registry.unreachable');
  });

  test('that refuses the password', async () => {
    const { host } = await startRegistry({ login: { scheme: 'basic', username: 'u', password: 'right' } });
    const id = await add(host);
    expect(await codeOf(engine.call('registries.login', { id, username: 'u', password: 'wrong' }))).toBe(
      'registry.loginRefused',
    );
    expect(await codeOf(read(id))).toBe('registry.unauthorized');
  });

  test('that speaks plain HTTP when HTTPS was asked for', async () => {
    const { host, requests } = await startRegistry();
    expect(await codeOf(read(await add(host, 'never')))).toBe('registry.spokeHttp');
    expect(requests).toHaveLength(0);
  });

  test('that speaks HTTPS when plain HTTP was asked for', async () => {
    const registry = await startRegistry();
    registry.misbehave('/v2/', answering(400, {}, 'Client sent an HTTP request to an HTTPS server.\n'));
    expect(await codeOf(read(await add(registry.host)))).toBe('registry.spokeHttps');
  });

  test('that closes the connection because it waits for TLS', async () => {
    const registry = await startRegistry();
    registry.misbehave('/v2/', resetting);
    await expect(read(await add(registry.host))).rejects.toMatchObject({
      code: 'registry.closedUnanswered',
      details: { scheme: 'http' },
    });
  });

  test('whose certificate nobody vouches for, until its own CA is given', async () => {
    const tls = createServerCertificate(thisMachine);
    const { host } = await startRegistry({ tls });
    const id = await add(host, 'never');
    expect(await codeOf(read(id))).toBe('registry.tls');
    await engine.call('registries.updateSource', { id, customCaPem: tls.cert });
    expect(await codeOf(read(id))).toBe('registry.notFound');
  });

  test('that does not know the tag', async () => {
    const registry = await startRegistry();
    registry.addManifest('app', manifest, '1.0');
    expect(await codeOf(read(await add(registry.host), '2.0'))).toBe('registry.notFound');
  });

  test('that sends a manifest of more than 4 MiB', async () => {
    const registry = await startRegistry();
    const big = Buffer.from(JSON.stringify({ ...manifest, annotations: { filler: 'x'.repeat(4 << 20) } }));
    const digest = registry.addManifest('app', big, '1.0');
    const id = await add(registry.host);
    expect(await codeOf(read(id))).toBe('registry.tooLarge');
    expect(await codeOf(read(id, digest))).toBe('registry.tooLarge');
  });

  test('that sends other bytes than the digest asked for', async () => {
    const registry = await startRegistry();
    const digest = registry.addManifest('app', manifest, '1.0');
    const other = JSON.stringify({ ...manifest, annotations: { other: 'one' } });
    registry.misbehave(
      (request) => request.method === 'GET' && request.path.includes(digest),
      answering(200, { ...manifestType, 'docker-content-digest': digest }, other),
    );
    expect(await codeOf(read(await add(registry.host), digest))).toBe('registry.digestMismatch');
  });

  test('that breaks off in the middle', async () => {
    const registry = await startRegistry();
    const digest = registry.addManifest('app', manifest, '1.0');
    registry.misbehave('GET /v2/app/manifests', truncating(manifestType, JSON.stringify(manifest)));
    expect(await codeOf(read(await add(registry.host), digest))).toBe('registry.truncated');
  });
});

describe('a reference', () => {
  test.each([
    ['App', 'upper case in the repository'],
    ['a//b', 'an empty component'],
    ['../etc', 'dots'],
  ])('%s is refused: %s', async (repository) => {
    expect(await codeOf(read(await add('registry.example'), '1.0', repository))).toBe('registry.badReference');
  });

  test.each(['sha256:abc', 'a b', '-x', 'x'.repeat(129)])('%s is no tag and no digest', async (reference) => {
    expect(await codeOf(read(await add('registry.example'), reference))).toBe('registry.badReference');
  });

  test('a host with a path is no registry', async () => {
    expect(await codeOf(add('registry.example/app'))).toBe('registry.badHost');
  });
});

describe('a signature envelope', () => {
  test('that is no envelope is shown as broken, and the others beside it are shown', async () => {
    const registry = await startRegistry();
    const digest = registry.addManifest('app', manifest, '1.0');
    const subject = { mediaType: mediaTypes.ociManifest, digest, size: JSON.stringify(manifest).length };
    const broken = Buffer.from('{"payload":');
    const blob = registry.addBlob('app', broken);
    const signature = registry.addManifest('app', {
      ...manifest,
      artifactType: mediaTypes.notarySignature,
      layers: [{ mediaType: mediaTypes.jws, digest: blob, size: broken.length }],
      subject,
    });
    const sourceId = await add(registry.host);
    const place = { sourceId, repository: 'app' };
    const { descriptor } = await engine.call('artifacts.resolveReference', { ...place, reference: '1.0' });
    const { nodes } = await engine.call('artifacts.listReferrers', { ...place, digest: descriptor.digest });
    expect(nodes.map((node) => [node.descriptor.digest, node.problem?.code])).toEqual([
      [signature, 'envelope.malformed'],
    ]);
    const own = nodes[0]?.descriptor.digest ?? descriptor.digest;
    const shown = await engine.call('artifacts.readSignature', { ...place, digest: own });
    expect(shown).toMatchObject({ integrity: { ok: false }, raw: '{"payload":', chain: [] });
    expect(shown.problems.map(({ code }) => code)).toEqual(['integrity.envelopeMalformed']);
  });
});

describe('the configuration directory', () => {
  test('a malformed policy is told with its place, shown as it is, and never written over', async () => {
    const text = '{ "version": "1.0", "trustPolicies": [ }';
    await writeFile(inNotation('trustpolicy.oci.json'), text);
    const policy = await engine.call('policies.readPolicy', {});
    expect(policy.text).toBe(text);
    expect(policy.statements).toBeNull();
    expect(policy.problems[0]?.message).toContain('malformed');
    const bad = { text: '{}', ifRevision: policy.revision };
    expect(await codeOf(engine.call('policies.savePolicy', bad))).toBe('policy.invalid');
    expect(await readFile(inNotation('trustpolicy.oci.json'), 'utf8')).toBe(text);
  });

  test('a policy that another program changed meanwhile is not written over', async () => {
    const { revision } = await engine.call('policies.readPolicy', {});
    const theirs = '{"version":"1.0","trustPolicies":[]}';
    await writeFile(inNotation('trustpolicy.oci.json'), theirs);
    const statement = { name: 'x', registryScopes: ['*'], signatureVerification: { level: 'skip' } };
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
    expect(await codeOf(engine.call('policies.savePolicy', { text, ifRevision: revision }))).toBe(
      'file.changedMeanwhile',
    );
    expect(await readFile(inNotation('trustpolicy.oci.json'), 'utf8')).toBe(theirs);
  });

  test('a key that does not belong to its certificate is refused, and nothing is left behind', async () => {
    await engine.call('keys.createTestKey', { name: 'one', trust: false });
    await engine.call('keys.createTestKey', { name: 'two', trust: false });
    const keyPem = await readFile(inNotation('localkeys', 'one.key'), 'utf8');
    const chainPem = await readFile(inNotation('localkeys', 'two.crt'), 'utf8');
    const before = await readFile(inNotation('signingkeys.json'), 'utf8');
    expect(await codeOf(engine.call('keys.addKey', { name: 'mixed', keyPem, chainPem }))).toBe('key.doesNotMatch');
    expect(await readFile(inNotation('signingkeys.json'), 'utf8')).toBe(before);
    await expect(readFile(inNotation('localkeys', 'mixed.key'))).rejects.toThrow('ENOENT');
  });

  test('a broken key list is told, and no key is added to it', async () => {
    await writeFile(inNotation('signingkeys.json'), '{ "keys": [');
    expect(await codeOf(engine.call('keys.listKeys', {}))).toBe('key.listMalformed');
    expect(await codeOf(engine.call('keys.createTestKey', { name: 'one' }))).toBe('key.listMalformed');
    expect(await readFile(inNotation('signingkeys.json'), 'utf8')).toBe('{ "keys": [');
  });

  test('a policy that is a symbolic link is refused, as the reference does', async () => {
    await writeFile(path.join(home, 'elsewhere.json'), '{}');
    await symlink(path.join(home, 'elsewhere.json'), inNotation('trustpolicy.oci.json'));
    expect(await codeOf(engine.call('policies.readPolicy', {}))).toBe('file.notRegular');
  });

  test('a directory that cannot be read is told', async () => {
    await rm(inNotation(), { recursive: true });
    await writeFile(inNotation(), 'a file where the directory should be');
    expect(['file.unreadable', 'file.notRegular']).toContain(await codeOf(engine.call('policies.readPolicy', {})));
  });
});
