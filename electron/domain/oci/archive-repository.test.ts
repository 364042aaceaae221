import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { codeOf } from '../../testing/code-of.ts';
import { MemoryFileReader } from '../../testing/memory-file-reader.ts';
import { tarOf, type ForgedEntry } from '../../testing/tar-forge.ts';
import { writeTar } from '../archive/write-tar.ts';
import { ArchiveRepository } from './archive-repository.ts';
import { computeDigest } from './compute-digest.ts';
import { layoutMarker, withLayoutEntry } from './layout-index.ts';
import { createSampleImage } from './sample-image.ts';

const never = new AbortController().signal;
const sample = createSampleImage('1.0');
const big = randomBytes(3 * 1024 * 1024);
const bigDigest = computeDigest(big);

const blobs: readonly ForgedEntry[] = [...sample.contents.map(({ bytes }) => bytes), big].map((bytes) => ({
  name: `blobs/sha256/${createHash('sha256').update(bytes).digest('hex')}`,
  content: bytes,
}));
const entries: readonly ForgedEntry[] = [
  { name: 'oci-layout', content: layoutMarker },
  { name: 'blobs/', type: '5' },
  ...blobs,
  { name: 'index.json', content: withLayoutEntry(undefined, sample.index, '1.0')! },
];

function open(bytes: Uint8Array): { repository: ArchiveRepository; file: MemoryFileReader } {
  const file = new MemoryFileReader('/layouts/hello.tar', bytes);
  return { file, repository: new ArchiveRepository(file) };
}

const below = (folder: string): ForgedEntry[] =>
  entries.map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));
const plain = tarOf(entries);

describe.each([
  ['tar', plain],
  ['tar.gz', gzipSync(plain)],
])('a layout in a %s', (form, archive) => {
  it('is read as one in a folder is', async () => {
    const { repository } = open(archive);
    await repository.assertIsLayout();
    expect(await repository.describe()).toEqual({ form, root: '' });
    expect(repository.unpacked.folder).toBe('/layouts/hello');
    expect(await repository.listTags()).toEqual(['1.0']);
    expect(await repository.resolve('1.0', never)).toEqual(sample.index);
    const { bytes } = await repository.readManifest('1.0', never);
    const { manifests } = JSON.parse(Buffer.from(bytes).toString()) as { manifests: (typeof sample.index)[] };
    expect((await repository.resolve(manifests[0]!.digest, never)).mediaType).toBe(mediaTypes.ociManifest);
    expect((await repository.listReferrers(sample.index.digest, { limit: 10 }, never)).referrers).toEqual([]);
  });

  it('gives large blobs too, and those that are not what they are called never', async () => {
    const descriptor = { mediaType: 'application/octet-stream', digest: bigDigest, size: big.length };
    const { repository } = open(archive);
    expect(Buffer.from(await repository.readBlob(descriptor, 1 << 25, never)).equals(big)).toBe(true);
    expect(await codeOf(repository.readBlob(descriptor, 1000, never))).toBe('registry.tooLarge');
    const swapped = entries.map((entry) => (entry.content === big ? { ...entry, content: 'other' } : entry));
    const { repository: lying } = open(form === 'tar' ? tarOf(swapped) : gzipSync(tarOf(swapped)));
    expect(await codeOf(lying.readBlob(descriptor, 1 << 25, never))).toBe('registry.digestMismatch');
  });

  it('is gone through once, and again when the file has changed', async () => {
    const { repository, file } = open(archive);
    await repository.listTags();
    const asked = file.asked.length;
    await repository.listTags();
    expect(file.asked.length - asked).toBeLessThanOrEqual(1);
    const next = tarOf(
      entries.map((entry) =>
        entry.name === 'index.json' ? { ...entry, content: withLayoutEntry(undefined, sample.index, '2.0')! } : entry,
      ),
    );
    file.put(form === 'tar' ? next : gzipSync(next));
    expect(await repository.listTags()).toEqual(['2.0']);
    file.put(undefined);
    expect(await codeOf(repository.listTags())).toBe('layout.unreadable');
  });

  it('takes what is pushed into memory, and gives it with all the rest as a copy', async () => {
    const { repository, file } = open(archive);
    const { mediaType, digest, size } = sample.index;
    const body = {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      artifactType: mediaTypes.notarySignature,
      config: { mediaType: mediaTypes.ociEmpty, digest: computeDigest(Buffer.from('{}')), size: 2 },
      layers: [],
      subject: { mediaType, digest, size },
    };
    await repository.pushBlob(mediaTypes.ociEmpty, Buffer.from('{}'), never);
    const pushed = await repository.pushReferrer(
      {
        mediaType: mediaTypes.ociManifest,
        artifactType: mediaTypes.notarySignature,
        bytes: Buffer.from(JSON.stringify(body)),
        subject: sample.index,
        annotations: { of: 'a test' },
      },
      never,
    );
    expect(repository.unsaved).toBe(1);
    const listed = await repository.listReferrers(digest, { limit: 10 }, never);
    expect(listed.referrers.map(({ descriptor }) => descriptor.digest)).toEqual([pushed.descriptor.digest]);
    expect(await open(archive).repository.listReferrers(digest, { limit: 10 }, never)).toMatchObject({ referrers: [] });

    const parts: Uint8Array[] = [];
    for await (const part of writeTar(repository.copyFiles(never))) parts.push(part);
    const { repository: copy } = open(Buffer.concat(parts));
    await copy.assertIsLayout();
    expect((await copy.listReferrers(digest, { limit: 10 }, never)).referrers).toHaveLength(1);
    const descriptor = { mediaType: 'application/octet-stream', digest: bigDigest, size: big.length };
    expect(Buffer.from(await copy.readBlob(descriptor, 1 << 25, never)).equals(big)).toBe(true);
    repository.forgetUnsaved();
    expect((await repository.listReferrers(digest, { limit: 10 }, never)).referrers).toEqual([]);
    expect(await file.look()).toMatchObject({ mark: '0' });
  });

  it('is not copied when a blob is not what it is called', async () => {
    const swapped = entries.map((entry) => (entry.content === big ? { ...entry, content: 'other' } : entry));
    const { repository } = open(form === 'tar' ? tarOf(swapped) : gzipSync(tarOf(swapped)));
    const copy = async () => {
      for await (const { content } of repository.copyFiles(never)) for await (const part of content()) void part;
    };
    expect(await codeOf(copy())).toBe('registry.digestMismatch');
  });
});

describe('where the layout lies', () => {
  it.each([
    ['at the top with ./ before each name', entries.map((entry) => ({ ...entry, name: `./${entry.name}` }))],
    ['in one folder', below('hello')],
    ['at the top, with another below', [...entries, ...below('vendor')]],
    [
      'beside the files of docker save',
      [...entries, { name: 'manifest.json', content: '[]' }, { name: 'x/layer.tar', type: '2' }],
    ],
  ])('%s', async (_where, forged) => {
    expect(await open(tarOf(forged)).repository.listTags()).toEqual(['1.0']);
  });
});

describe('archives that are refused', () => {
  const without = (name: string): ForgedEntry[] => entries.filter((entry) => entry.name !== name);
  const link = { name: 'index.json', type: '2', linkName: '/etc/passwd' };
  it.each<[string, readonly ForgedEntry[], ErrorCode]>([
    [
      'docker save without a layout',
      [
        { name: 'manifest.json', content: '[]' },
        { name: 'ab/layer.tar', content: 'x' },
      ],
      'layout.dockerArchive',
    ],
    ['something else', [{ name: 'README', content: 'x' }], 'layout.notALayout'],
    ['without oci-layout', without('oci-layout'), 'layout.notALayout'],
    [
      'another version of layouts',
      [{ name: 'oci-layout', content: '{"imageLayoutVersion":"2.0.0"}' }, ...without('oci-layout')],
      'layout.notALayout',
    ],
    ['two layouts', [...below('a'), ...below('b')], 'layout.notALayout'],
    ['two index.json', [...entries, { name: './index.json', content: '{}' }], 'archive.unsafeEntry'],
    ['index.json as a symlink', [...without('index.json'), link], 'archive.unsafeEntry'],
    ['index.json as a hard link', [...without('index.json'), { ...link, type: '1' }], 'archive.unsafeEntry'],
    ['blobs as a symlink', [{ name: 'blobs', type: '2', linkName: '/' }, ...entries], 'archive.unsafeEntry'],
    ['an entry that leaves the folder', [...entries, { name: 'blobs/../../x' }], 'archive.unsafeEntry'],
    ['an absolute entry', [...entries, { name: '/etc/cron.d/x' }], 'archive.unsafeEntry'],
    ['an entry on a drive', [...entries, { name: 'C:/x' }], 'archive.unsafeEntry'],
  ])('%s', async (_what, forged, code) => {
    expect(await codeOf(open(tarOf(forged)).repository.assertIsLayout())).toBe(code);
    expect(await codeOf(open(gzipSync(tarOf(forged))).repository.assertIsLayout())).toBe(code);
  });

  it('a blob that is a link, when it is asked for', async () => {
    const name = `blobs/sha256/${sample.index.digest.slice(7)}`;
    const linked = entries.map((entry) => (entry.name === name ? { name, type: '1', linkName: 'index.json' } : entry));
    expect(await codeOf(open(tarOf(linked)).repository.resolve('1.0', never))).toBe('archive.unsafeEntry');
  });

  it('damaged compression, cut compression, and a bomb', async () => {
    const packed = gzipSync(plain);
    const damaged = Buffer.from(packed);
    damaged[packed.length - 5]! ^= 1;
    expect(await codeOf(open(damaged).repository.assertIsLayout())).toBe('archive.malformed');
    expect(await codeOf(open(packed.subarray(0, -9)).repository.assertIsLayout())).toBe('archive.malformed');
    const bomb = gzipSync(tarOf([...entries, { name: 'zeros', content: Buffer.alloc(80 * 1024 * 1024) }]).subarray(0), {
      level: 9,
    });
    const small = gzipSync(tarOf([{ name: 'zeros', content: Buffer.alloc(90 * 1024 * 1024) }]), { level: 9 });
    expect(await codeOf(open(small).repository.assertIsLayout())).toBe('archive.tooLarge');
    // The layout's own bytes are no bomb, so a large ratio of one part is let through.
    expect(await codeOf(open(bomb).repository.assertIsLayout())).toBe('nothing');
  });
});
