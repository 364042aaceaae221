import { beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../shared/contract/contract.ts';
import { referrersReportSchema, signatureDetailsSchema, artifactSchema } from '../../shared/model/artifact.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { encodeJws } from '../domain/envelope/encode-jws.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import type { Repository } from '../domain/oci/repository.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import { toSignatureManifest } from '../domain/sign/signature-manifest.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { InstantClock } from '../testing/instant-clock.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { createArtifactsService } from './artifacts.ts';
import { ensurePlayground } from './playground.ts';
import { SourceBook } from './source-book.ts';

const call = { signal: new AbortController().signal, traceId: 't' };
const never = call.signal;
const chain = createTestChain({ length: 2 });
const at = { sourceId: 'playground', repository: '' };

let directory: MemoryDirectory;
let layout: LayoutRepository;
let book: SourceBook;
let service: Handlers<'artifacts'>;
let subject: Descriptor;

beforeEach(async () => {
  const inkan = new MemoryDirectory('/inkan');
  directory = new MemoryDirectory('/inkan/playground');
  await ensurePlayground(directory);
  layout = new LayoutRepository(directory);
  let ids = 0;
  book = new SourceBook({
    inkan,
    random: { bytes: (length) => new Uint8Array(length), uuid: () => `id-${(ids += 1)}` },
  });
  service = createArtifactsService({
    finder: { open: () => Promise.resolve(layout) },
    book,
    clock: new InstantClock(),
  });
  subject = await layout.resolve('1.0', never);
});

async function pushSignature(
  target: Descriptor,
  envelope: Uint8Array,
  type: string = mediaTypes.jws,
): Promise<Descriptor> {
  const blob = await layout.pushBlob(type, envelope, never);
  await layout.pushBlob(mediaTypes.ociEmpty, Buffer.from('{}'), never);
  const manifest = toSignatureManifest(target, blob, chain.certificates, new Date('2026-11-23T08:00:00Z'), 'layout');
  return (await layout.pushReferrer(manifest, never)).descriptor;
}

async function sign(target: Descriptor): Promise<Descriptor> {
  const content = {
    target,
    signingTime: new Date('2026-11-23T08:00:00Z'),
    expiry: new Date('2027-11-23T08:00:00Z'),
    signingAgent: 'inkan/test',
    chain: chain.certificates,
  };
  return await pushSignature(
    target,
    await encodeJws(content, createLocalSigner(chain.keyPem, chain.certificates), never),
  );
}

async function attach(target: Descriptor, artifactType: string): Promise<Descriptor> {
  const config = await layout.pushBlob(mediaTypes.ociEmpty, Buffer.from('{}'), never);
  const { mediaType, digest, size } = target;
  const body = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    artifactType,
    config,
    layers: [],
    subject: { mediaType, digest, size },
  };
  const referrer: Parameters<Repository['pushReferrer']>[0] = {
    mediaType: mediaTypes.ociManifest,
    artifactType,
    bytes: Buffer.from(JSON.stringify(body)),
    subject: target,
    annotations: {},
  };
  return (await layout.pushReferrer(referrer, never)).descriptor;
}

it('the playground is made once, and what was done in it stays', async () => {
  await sign(subject);
  const before = directory.text('index.json');
  await ensurePlayground(directory);
  expect(directory.text('index.json')).toBe(before);
});

describe('an artifact', () => {
  it('is resolved and read', async () => {
    expect((await service['artifacts.resolveReference']({ ...at, reference: '1.0' }, call)).descriptor).toEqual(
      subject,
    );
    const artifact = await service['artifacts.readArtifact']({ ...at, reference: '1.0' }, call);
    expect(artifactSchema.parse(artifact)).toMatchObject({
      reference: `/inkan/playground@${subject.digest}`,
      kind: 'index',
      tag: '1.0',
      descriptor: subject,
    });
    expect(artifact.manifests.map(({ platform }) => platform?.architecture)).toEqual(['amd64', 'arm64', 'arm']);
    expect(computeDigest(Buffer.from(artifact.raw))).toBe(subject.digest);
    const image = await service['artifacts.readArtifact']({ ...at, reference: artifact.manifests[0]!.digest }, call);
    expect(image).toMatchObject({
      kind: 'image',
      manifests: [],
      totalSize: image.config!.size + image.layers[0]!.size,
    });
    expect(image.tag).toBeUndefined();
  });

  it('that is a signature tells its subject', async () => {
    const { digest } = await sign(subject);
    expect(await service['artifacts.readArtifact']({ ...at, reference: digest }, call)).toMatchObject({
      kind: 'notationSignature',
      subject: { digest: subject.digest },
    });
  });
});

describe('the tree of referrers', () => {
  it('shows what is attached to what is attached, with signatures summarised', async () => {
    const sbom = await attach(subject, 'application/spdx+json');
    const signature = await sign(subject);
    const nested = await sign(sbom);
    const report = await service['artifacts.listReferrers']({ ...at, digest: subject.digest, depth: 3 }, call);
    expect(referrersReportSchema.parse(report).nodes).toMatchObject([
      {
        descriptor: { digest: sbom.digest },
        kind: 'sbom',
        visibleToCli: false,
        via: ['layout'],
        children: [{ descriptor: { digest: nested.digest }, kind: 'notationSignature' }],
      },
      {
        descriptor: { digest: signature.digest },
        kind: 'notationSignature',
        visibleToCli: true,
        signature: {
          format: 'jws',
          signingTime: '2026-11-23T08:00:00Z',
          expiry: '2027-11-23T08:00:00Z',
          signerSha256: chain.certificates[0]!.sha256,
          signingScheme: 'notary.x509',
        },
        children: [],
      },
    ]);
    expect(report.truncated).toBe(false);
    const shallow = await service['artifacts.listReferrers']({ ...at, digest: subject.digest, depth: 1 }, call);
    expect(shallow.nodes.flatMap(({ children }) => children)).toEqual([]);
  });

  it('shows what is broken beside what is not', async () => {
    await pushSignature(subject, Buffer.from('{"no":"envelope"}'));
    const missing = await pushSignature(subject, Buffer.from('gone'));
    directory.files.delete(`blobs/${computeDigest(Buffer.from('gone')).replace(':', '/')}`);
    await sign(subject);
    const { nodes } = await service['artifacts.listReferrers']({ ...at, digest: subject.digest, depth: 3 }, call);
    expect(nodes.map(({ problem, signature }) => problem?.code ?? signature?.format)).toEqual([
      'envelope.malformed',
      'registry.notFound',
      'jws',
    ]);
    expect(nodes[1]?.descriptor.digest).toBe(missing.digest);
  });

  it('says what was asked when there is nothing', async () => {
    const { questions, nodes } = await service['artifacts.listReferrers'](
      { ...at, digest: subject.digest, depth: 3 },
      call,
    );
    expect([questions, nodes]).toEqual([[{ asked: 'layout', what: '/inkan/playground/index.json', items: 0 }], []]);
  });

  const listing = (hasApi: boolean): Repository => ({
    ...({} as Repository),
    kind: 'registry',
    name: 'reg/app',
    readManifest: (reference, signal) => layout.readManifest(reference, signal),
    readBlob: (descriptor, max, signal) => layout.readBlob(descriptor, max, signal),
    listReferrers: async (digest, options, signal) => {
      const answer = await layout.listReferrers(digest, options, signal);
      const questions = [{ asked: 'api', what: 'x', status: hasApi ? 200 : 404, items: 0 } as const];
      return {
        ...answer,
        questions,
        referrers: answer.referrers.map(({ descriptor }) => ({ descriptor, via: ['tag'] })),
      };
    },
  });
  it.each([true, false])('tells what the CLI would not see: the tag, where the API answers (%s)', async (hasApi) => {
    await sign(subject);
    const over = createArtifactsService({
      finder: { open: () => Promise.resolve(listing(hasApi)) },
      book,
      clock: new InstantClock(),
    });
    const { nodes } = await over['artifacts.listReferrers']({ ...at, digest: subject.digest, depth: 1 }, call);
    expect(nodes[0]?.visibleToCli).toBe(!hasApi);
  });
});

describe('a signature', () => {
  it('is decoded whole', async () => {
    const { digest } = await sign(subject);
    const details = await service['artifacts.readSignature']({ ...at, digest }, call);
    expect(signatureDetailsSchema.parse(details)).toMatchObject({
      manifestDigest: digest,
      format: 'jws',
      algorithm: 'ECDSA-SHA-256',
      signingScheme: 'notary.x509',
      signingAgent: 'inkan/test',
      hasTimestamp: false,
      payloadMatchesSubject: true,
      integrity: { ok: true },
      problems: [],
      chain: [{ role: 'leaf' }, { role: 'root' }],
    });
    expect(details.protectedHeaders.find(({ name }) => name === 'io.cncf.notary.signingScheme')).toEqual({
      name: 'io.cncf.notary.signingScheme',
      value: 'notary.x509',
      critical: true,
    });
    expect(JSON.parse(details.payloadText)).toMatchObject({ targetArtifact: { digest: subject.digest } });
  });

  it('of something else says that it does not match', async () => {
    const other = await layout.resolve('1.1', never);
    const content = {
      target: other,
      signingTime: new Date('2026-11-23T08:00:00Z'),
      signingAgent: 'x',
      chain: chain.certificates,
    };
    const { digest } = await pushSignature(
      subject,
      await encodeJws(content, createLocalSigner(chain.keyPem, chain.certificates), never),
    );
    expect(await service['artifacts.readSignature']({ ...at, digest }, call)).toMatchObject({
      payloadMatchesSubject: false,
      payload: { digest: other.digest },
      subject: { digest: subject.digest },
    });
  });

  it('that cannot be decoded is shown as it is', async () => {
    const { digest } = await pushSignature(subject, Buffer.from('{"no":"envelope"}'));
    const details = await service['artifacts.readSignature']({ ...at, digest }, call);
    expect(signatureDetailsSchema.parse(details)).toMatchObject({
      raw: '{"no":"envelope"}',
      integrity: { ok: false },
      problems: [{ code: 'integrity.envelopeMalformed' }],
      chain: [],
    });
  });

  it('is not made of what is none', async () => {
    await expect(service['artifacts.readSignature']({ ...at, digest: subject.digest }, call)).rejects.toMatchObject({
      code: 'envelope.badSignatureManifest',
    });
  });
});

describe('an inspection', () => {
  const inspect = (change: object = {}) =>
    service['artifacts.inspectSignatures'](
      { ...at, digest: subject.digest, output: 'json', maxSignatures: 100, ...change },
      call,
    );
  const digestsIn = (text: string): string[] =>
    (JSON.parse(text) as { signatures: { digest: string }[] }).signatures.map(({ digest }) => digest);

  it('shows what can be shown and says why the rest cannot', async () => {
    const good = await sign(subject);
    const broken = await pushSignature(subject, Buffer.from('{"no":"envelope"}'));
    const report = await inspect();
    expect(digestsIn(report.text)).toEqual([good.digest]);
    expect(report.skipped).toMatchObject([{ manifestDigest: broken.digest, error: { code: 'envelope.malformed' } }]);
    expect(report).toMatchObject({ exceeded: false });
    expect(report.command).toBeUndefined();
  });

  it('shows one when only one is asked for, and no more than the limit', async () => {
    const first = await sign(subject);
    const second = await sign(subject);
    expect(digestsIn((await inspect({ signature: second.digest })).text)).toEqual([second.digest]);
    const limited = await inspect({ maxSignatures: 1 });
    expect(limited.exceeded).toBe(true);
    expect([first.digest, second.digest]).toEqual(expect.arrayContaining(digestsIn(limited.text)));
    expect((await inspect({ output: 'tree' })).text).toContain('signature algorithm: ECDSA-SHA-256');
  });
});

describe('a pasted text', () => {
  const read = (text: string) => service['artifacts.readReference']({ text }, call);

  it('is a reference of a known source, of none, a digest, or nothing', async () => {
    await book.add({ kind: 'registry', place: 'localhost:5000', plainHttp: 'auto' });
    const digest = `sha256:${'d'.repeat(64)}`;
    expect(await read('localhost:5000/a:1')).toEqual({
      kind: 'reference',
      registry: 'localhost:5000',
      repository: 'a',
      reference: '1',
      sourceId: 'id-1',
    });
    expect(await read(`notation verify other.example/a@${digest}`)).toEqual({
      kind: 'reference',
      registry: 'other.example',
      repository: 'a',
      reference: digest,
    });
    expect(await read(`notation verify --oci-layout --scope local/x "/inkan/playground@${digest}"`)).toEqual({
      kind: 'reference',
      repository: '',
      reference: digest,
      sourceId: 'playground',
    });
    expect(await read(digest)).toEqual({ kind: 'digest', reference: digest });
    expect(await read('busybox')).toMatchObject({
      kind: 'unknown',
      fault: expect.stringContaining('missing registry or repository') as string,
    });
  });
});
