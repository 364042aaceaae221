import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { cosignTagsOf } from '../domain/oci/cosign-tags.ts';
import { MemoryRepository } from '../testing/memory-repository.ts';
import { readAttachmentContent } from './attachment-content.ts';
import { describeAttachments, listAttachments } from './attachments.ts';

const never = new AbortController().signal;
const spdxType = 'application/spdx+json';
const empty = { mediaType: mediaTypes.ociEmpty, digest: computeDigest(Buffer.from('{}')), size: 2 };

let repository: MemoryRepository;
let subject: Descriptor;

beforeEach(() => {
  repository = new MemoryRepository('registry', 'localhost:5000/app');
  subject = put({ config: empty, layers: [] });
});

/** Stores a manifest. */
function put(body: object, tag?: string): Descriptor {
  const whole = { schemaVersion: 2, mediaType: mediaTypes.ociManifest, ...body };
  return repository.addManifest(mediaTypes.ociManifest, Buffer.from(JSON.stringify(whole)), tag);
}
function blob(text: string, mediaType = spdxType): Descriptor {
  const bytes = Buffer.from(text);
  const digest = computeDigest(bytes);
  repository.blobs.set(digest, bytes);
  return { mediaType, digest, size: bytes.length };
}
function attach(body: object = {}, listing: object = {}): Descriptor {
  const { mediaType, digest, size } = subject;
  const base = { artifactType: spdxType, config: empty, layers: [], subject: { mediaType, digest, size } };
  const descriptor = { ...put({ ...base, ...body }), artifactType: spdxType, ...listing };
  repository.list(subject.digest, descriptor);
  return descriptor;
}
const list = (cursor?: string, cosignTags = false) =>
  listAttachments(repository, { digest: subject.digest, cosignTags, ...(cursor && { cursor }) }, never);
const describeOne = async (descriptor: Descriptor, bySubject = true) =>
  (await describeAttachments(repository, { digest: subject.digest, entries: [{ descriptor, bySubject }] }, never))[0];

describe('a page of attachments', () => {
  it('comes with what was asked, and later pages without it', async () => {
    for (const name of ['a', 'b', 'c']) attach({ annotations: { name } });
    const first = await list();
    expect([first.questions.length, first.attachments.length, first.nextCursor]).toEqual([1, 2, '2']);
    const second = await list(first.nextCursor);
    expect([second.questions.length, second.attachments.length, second.nextCursor]).toEqual([0, 1, undefined]);
    expect(first.attachments[0]).toMatchObject({ kind: 'sbom', via: ['api'], listings: 1 });
  });

  it('looks for the tags of cosign where that is wanted, on the first page', async () => {
    const [sig = ''] = cosignTagsOf(subject.digest);
    put({ config: empty, layers: [blob('{}', 'application/vnd.dev.cosign.simplesigning.v1+json')] }, sig);
    const page = await list(undefined, true);
    expect(page.questions.slice(1).map(({ asked, status }) => [asked, status])).toEqual([
      ['cosignTag', 200],
      ['cosignTag', 404],
      ['cosignTag', 404],
    ]);
    expect(page.attachments).toMatchObject([{ kind: 'cosignSignature', via: ['cosignTag'] }]);
    expect((await list('2', true)).questions).toEqual([]);
    expect((await list()).questions).toHaveLength(1);
  });

  it('is not stopped by a tag that cannot be read', async () => {
    for (const tag of cosignTagsOf(subject.digest))
      repository.failures.set(tag, new AppError('registry.forbidden', { host: 'h', what: tag }));
    expect((await list(undefined, true)).questions.slice(1).map(({ status }) => status)).toEqual([0, 0, 0]);
  });
});

describe('what an attachment is', () => {
  it('an SBOM with its content', async () => {
    const descriptor = attach({
      layers: [blob('{"spdxVersion":"SPDX-2.3"}')],
      annotations: { 'org.opencontainers.image.created': '2026-11-23T08:00:00Z' },
    });
    expect(await describeOne(descriptor)).toEqual({
      digest: descriptor.digest,
      kind: 'sbom',
      marks: [],
      subtype: spdxType,
      contentSize: 28,
      created: '2026-11-23T08:00:00Z',
    });
  });

  it('an attestation with the predicate that its annotations name', async () => {
    const layer = { ...blob('{}', 'application/vnd.in-toto+json'), annotations: { 'in-toto.io/predicate-type': 'x' } };
    const kind = { artifactType: 'application/vnd.in-toto+json' };
    expect(await describeOne(attach({ ...kind, layers: [layer] }, kind))).toMatchObject({
      kind: 'attestation',
      subtype: 'x',
      marks: [],
    });
  });

  const other = `sha256:${'b'.repeat(64)}` as Digest;
  it.each<[string, object, object, string[]]>([
    [
      'another subject',
      { subject: { mediaType: mediaTypes.ociManifest, digest: other, size: 1 } },
      {},
      ['otherSubject'],
    ],
    ['no subject', { subject: undefined }, {}, ['noSubject']],
    ['another type in the listing', {}, { artifactType: mediaTypes.notarySignature }, ['otherType']],
    ['no type in the listing', {}, { artifactType: undefined }, ['otherType']],
    ['another size in the listing', {}, { size: 1 }, ['otherSize']],
  ])('%s is marked', async (_, body, listing, marks) => {
    expect(await describeOne(attach(body, listing))).toMatchObject({ marks });
  });

  it('needs no subject under a tag of cosign', async () => {
    expect(await describeOne(put({ config: empty, layers: [] }), false)).toMatchObject({ marks: [] });
  });

  it('gone, when the listing names what is not there', async () => {
    const facts = await describeOne({ ...subject, digest: other, artifactType: spdxType });
    expect(facts).toMatchObject({ kind: 'sbom', marks: ['missing'], problem: { code: 'registry.notFound' } });
  });

  it.each<[string, object, string]>([
    ['more than one envelope', { layers: [empty, empty] }, 'envelope.badSignatureManifest'],
    ['an envelope that is gone', { layers: [{ ...empty, mediaType: mediaTypes.jws }] }, 'registry.notFound'],
    ['an envelope far too large', { layers: [{ ...empty, size: 40_000_000 }] }, 'registry.tooLarge'],
  ])('a signature that cannot be read, with the reason: %s', async (_, body, code) => {
    const kind = { artifactType: mediaTypes.notarySignature };
    const facts = await describeOne(attach({ ...kind, ...body }, kind));
    expect(facts).toMatchObject({ kind: 'notationSignature', marks: [], problem: { code } });
  });
});

describe('what an attachment holds', () => {
  it('part by part, one that cannot be read with the reason', async () => {
    const layers = [blob('{"spdxVersion":"SPDX-2.3"}'), { ...empty, digest: computeDigest(Buffer.from('gone')) }];
    const { digest } = attach({ layers });
    const content = await readAttachmentContent(repository, digest, subject.digest, never);
    expect(content.parts.map(({ documents, problem }) => [documents[0]?.form, problem?.code])).toEqual([
      ['spdx', undefined],
      [undefined, 'registry.notFound'],
    ]);
  });

  it('no more than sixteen parts, and none that is far too large', async () => {
    const layers = Array.from({ length: 20 }, () => ({ ...empty, size: 9 * 1024 * 1024 }));
    const content = await readAttachmentContent(repository, attach({ layers }).digest, undefined, never);
    expect([content.parts.length, content.skipped]).toEqual([16, 4]);
    expect(content.parts[0]?.problem?.code).toBe('registry.tooLarge');
  });
});
