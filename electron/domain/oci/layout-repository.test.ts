import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { codeOf } from '../../testing/code-of.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { computeDigest } from './compute-digest.ts';
import { layoutMarker, withLayoutEntry } from './layout-index.ts';
import { LayoutRepository } from './layout-repository.ts';
import type { Repository } from './repository.ts';
import { createSampleImage } from './sample-image.ts';

const never = new AbortController().signal;
const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

let directory: MemoryDirectory;
let layout: LayoutRepository;
let index: Descriptor;

beforeEach(() => {
  directory = new MemoryDirectory('/lay');
  directory.put('oci-layout', layoutMarker, 0o644);
  const sample = createSampleImage('1.0');
  for (const { descriptor, bytes } of sample.contents)
    directory.put(`blobs/${descriptor.digest.replace(':', '/')}`, bytes, 0o444);
  index = sample.index;
  directory.put('index.json', withLayoutEntry(undefined, index, '1.0')!, 0o644);
  layout = new LayoutRepository(directory);
});

function signatureOf(subject: Descriptor, name: string): Parameters<Repository['pushReferrer']>[0] {
  const config = { mediaType: mediaTypes.ociEmpty, digest: computeDigest(Buffer.from('{}')), size: 2 };
  const { mediaType, digest, size } = subject;
  const annotations = { name };
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    artifactType: mediaTypes.notarySignature,
    config,
    layers: [],
    subject: { mediaType, digest, size },
    annotations,
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  return { mediaType: mediaTypes.ociManifest, artifactType: mediaTypes.notarySignature, bytes, subject, annotations };
}

describe('reading', () => {
  it('resolves tags and digests, nested ones too', async () => {
    await layout.assertIsLayout();
    expect(await layout.listTags()).toEqual(['1.0']);
    expect(await layout.resolve('1.0', never)).toEqual(index);
    const { bytes, descriptor } = await layout.readManifest(index.digest, never);
    expect([descriptor, layout.name]).toEqual([index, '/lay']);
    const [nested] = (decode(bytes) as { manifests: Descriptor[] }).manifests;
    expect(await layout.resolve(nested!.digest, never)).toEqual({
      mediaType: nested!.mediaType,
      digest: nested!.digest,
      size: nested!.size,
    });
  });

  it('reads blobs that are what their descriptor says', async () => {
    const { bytes } = await layout.readManifest('1.0', never);
    const [nested] = (decode(bytes) as { manifests: Descriptor[] }).manifests;
    const { config } = decode((await layout.readManifest(nested!.digest, never)).bytes) as { config: Descriptor };
    expect(decode(await layout.readBlob(config, 10_000, never))).toMatchObject({ os: 'linux', architecture: 'amd64' });
    expect(await codeOf(layout.readBlob({ ...config, size: config.size + 1 }, 10_000, never))).toBe(
      'registry.sizeMismatch',
    );
    expect(await codeOf(layout.readBlob(config, 10, never))).toBe('registry.tooLarge');
  });

  it('takes the last of several entries with one tag, as the reference does', async () => {
    const other = createSampleImage('2').contents.at(-1)!;
    directory.put(`blobs/${other.descriptor.digest.replace(':', '/')}`, other.bytes);
    const { manifests } = JSON.parse(directory.text('index.json')!) as { manifests: unknown[] };
    const annotations = { 'org.opencontainers.image.ref.name': '1.0' };
    directory.put(
      'index.json',
      JSON.stringify({ schemaVersion: 2, manifests: [...manifests, { ...other.descriptor, annotations }] }),
    );
    expect((await layout.resolve('1.0', never)).digest).toBe(other.descriptor.digest);
  });

  it.each<[string, () => void, (repository: LayoutRepository) => Promise<unknown>, ErrorCode]>([
    ['an unknown tag', () => undefined, (repository) => repository.resolve('2.0', never), 'registry.notFound'],
    [
      'an unknown digest',
      () => undefined,
      (repository) => repository.resolve(computeDigest(Buffer.from('x')), never),
      'registry.notFound',
    ],
    [
      'a damaged blob',
      () => directory.put(`blobs/${index.digest.replace(':', '/')}`, '{}'),
      (repository) => repository.resolve('1.0', never),
      'registry.digestMismatch',
    ],
    [
      'a blob that is no manifest',
      () => directory.put(`blobs/${computeDigest(Buffer.from('x')).replace(':', '/')}`, 'x'),
      (repository) => repository.resolve(computeDigest(Buffer.from('x')), never),
      'registry.badManifest',
    ],
    [
      'no marker',
      () => directory.files.delete('oci-layout'),
      (repository) => repository.assertIsLayout(),
      'layout.notALayout',
    ],
    [
      'another version',
      () => directory.put('oci-layout', '{"imageLayoutVersion":"2.0.0"}'),
      (repository) => repository.assertIsLayout(),
      'layout.notALayout',
    ],
    [
      'no index',
      () => directory.files.delete('index.json'),
      (repository) => repository.assertIsLayout(),
      'layout.notALayout',
    ],
    [
      'half an index',
      () => directory.put('index.json', '{"manifests":['),
      (repository) => repository.listTags(),
      'layout.notALayout',
    ],
    [
      'manifests that are no list',
      () => directory.put('index.json', '{"manifests":{}}'),
      (repository) => repository.listTags(),
      'layout.notALayout',
    ],
    [
      'an index of 33 MiB',
      () => directory.put('index.json', ' '.repeat(33 * 1024 * 1024)),
      (repository) => repository.listTags(),
      'registry.tooLarge',
    ],
    [
      'a folder for a file',
      () => directory.put('oci-layout/x', ''),
      (repository) => repository.assertIsLayout(),
      'layout.unreadable',
    ],
  ])('refuses %s', async (_, spoil, act, code) => {
    spoil();
    expect(await codeOf(act(layout))).toBe(code);
  });
});

describe('referrers', () => {
  it('are written as read-only blobs and an entry without a tag, and found by their subject', async () => {
    const signature = signatureOf(index, 'a');
    const pushed = await layout.pushReferrer(signature, never);
    const digest = computeDigest(signature.bytes);
    expect(pushed).toEqual({
      descriptor: {
        mediaType: mediaTypes.ociManifest,
        digest,
        size: signature.bytes.length,
        artifactType: mediaTypes.notarySignature,
        annotations: { name: 'a' },
      },
      indexedBy: 'layout',
      warnings: [],
    });
    expect((await directory.stat(`blobs/${digest.replace(':', '/')}`))?.mode).toBe(0o444);
    const { manifests } = JSON.parse(directory.text('index.json')!) as { manifests: object[] };
    expect(manifests[1]).toEqual({
      mediaType: mediaTypes.ociManifest,
      digest,
      size: signature.bytes.length,
      annotations: { name: 'a' },
      artifactType: mediaTypes.notarySignature,
    });
    const answer = await layout.listReferrers(
      index.digest,
      { artifactType: mediaTypes.notarySignature, limit: 10 },
      never,
    );
    expect(answer).toEqual({
      questions: [{ asked: 'layout', what: '/lay/index.json', items: 1 }],
      referrers: [{ descriptor: pushed.descriptor, via: ['layout'] }],
      truncated: false,
    });
    expect((await layout.listReferrers(digest, { limit: 10 }, never)).referrers).toEqual([]);
    expect(await layout.listTags()).toEqual(['1.0']);
  });

  it('of referrers are found, and each only once however often it is listed', async () => {
    const first = await layout.pushReferrer(signatureOf(index, 'a'), never);
    const second = await layout.pushReferrer(signatureOf(first.descriptor, 'b'), never);
    await layout.pushReferrer(signatureOf(first.descriptor, 'b'), never);
    const { referrers } = await layout.listReferrers(first.descriptor.digest, { limit: 10 }, never);
    expect(referrers.map(({ descriptor }) => descriptor.digest)).toEqual([second.descriptor.digest]);
    expect((JSON.parse(directory.text('index.json')!) as { manifests: object[] }).manifests).toHaveLength(3);
  });

  it('stop at the limit, and filter by type', async () => {
    for (const name of ['a', 'b', 'c']) await layout.pushReferrer(signatureOf(index, name), never);
    const { referrers, truncated } = await layout.listReferrers(index.digest, { limit: 2 }, never);
    expect([referrers.length, truncated]).toEqual([2, true]);
    expect((await layout.listReferrers(index.digest, { limit: 2, artifactType: 'x/y' }, never)).referrers).toEqual([]);
  });

  it('are not hidden by a broken neighbour', async () => {
    const broken = await layout.pushReferrer(signatureOf(index, 'a'), never);
    directory.put(`blobs/${broken.descriptor.digest.replace(':', '/')}`, 'damaged');
    await layout.pushReferrer(signatureOf(index, 'b'), never);
    expect(
      (await new LayoutRepository(directory).listReferrers(index.digest, { limit: 10 }, never)).referrers,
    ).toHaveLength(1);
  });
});

describe('writers at once', () => {
  it('lose nothing, in one process or in several', async () => {
    const names = Array.from({ length: 20 }, (_, count) => `signer ${count}`);
    await Promise.all(
      names.map((name, count) =>
        (count % 2 ? layout : new LayoutRepository(directory)).pushReferrer(signatureOf(index, name), never),
      ),
    );
    expect((await layout.listReferrers(index.digest, { limit: 100 }, never)).referrers).toHaveLength(20);
  });

  it('keep what a program without locks wrote between reading and writing', async () => {
    const write = directory.write.bind(directory);
    let interferences = 3;
    directory.write = async (path, bytes, options) => {
      if (path === 'index.json' && interferences > 0) {
        interferences -= 1;
        const body = JSON.parse(directory.text('index.json')!) as { manifests: object[] };
        const entry = {
          mediaType: 'x',
          digest: computeDigest(Buffer.from(String(interferences))),
          size: 1,
          unknown: interferences,
        };
        directory.put('index.json', JSON.stringify({ ...body, extra: 'kept', manifests: [...body.manifests, entry] }));
      }
      return await write(path, bytes, options);
    };
    await layout.pushReferrer(signatureOf(index, 'a'), never);
    const body = JSON.parse(directory.text('index.json')!) as { extra: string; manifests: { unknown?: number }[] };
    expect(body.extra).toBe('kept');
    expect(body.manifests.map(({ unknown }) => unknown)).toEqual([undefined, 2, 1, 0, undefined]);
  });

  it('give up when the file never rests', async () => {
    const write = directory.write.bind(directory);
    directory.write = async (path, bytes, options) => {
      if (path === 'index.json') directory.put('index.json', `${directory.text('index.json')} `);
      return await write(path, bytes, options);
    };
    expect(await codeOf(layout.pushReferrer(signatureOf(index, 'a'), never))).toBe('file.changedMeanwhile');
  });

  it('mend a damaged blob and leave a good one', async () => {
    const bytes = Buffer.from('{}');
    const { digest } = await layout.pushBlob(mediaTypes.ociEmpty, bytes, never);
    const path = `blobs/${digest.replace(':', '/')}`;
    directory.put(path, '{');
    await layout.pushBlob(mediaTypes.ociEmpty, bytes, never);
    expect(directory.text(path)).toBe('{}');
  });
});

it('the sample image is the same every time, and whole', () => {
  const [once, again] = [createSampleImage('1.0'), createSampleImage('1.0')];
  expect(once.index).toEqual(again.index);
  for (const { descriptor, bytes } of once.contents)
    expect([computeDigest(bytes), bytes.length]).toEqual([descriptor.digest, descriptor.size]);
  expect(createSampleImage('1.1').index.digest).not.toBe(once.index.digest);
});
