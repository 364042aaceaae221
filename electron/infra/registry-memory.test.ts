import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { createContentMemory, RemoteRepository } from '../domain/registry/remote-repository.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { FakeRegistry } from '../testing/fake-registry.ts';
import { answering } from '../testing/fake-registry-faults.ts';
import { fixedRandom, never, openClient, openRepository } from '../testing/registry-session.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

const config = Buffer.from('{}');
const image = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociManifest,
  config: { mediaType: mediaTypes.ociEmpty, digest: computeDigest(config), size: 2 },
  layers: [],
};
const maxBytes = 1 << 20;

let http: HttpClient;
let registry: FakeRegistry;
let repository: RemoteRepository;
beforeAll(() => {
  http = createHttpClient({});
});
beforeEach(async () => {
  registry = await FakeRegistry.start();
  repository = openRepository(http, registry);
});
afterEach(() => registry.stop());
afterAll(() => http.close());

const asked = (): string[] =>
  registry.requests.splice(0).map(({ method, path }) => `${method} ${path.split('/').slice(3, 4).join('')}`);
const digestOf = (text: string): Digest => text as Digest;

describe('what was read by digest and fits it', () => {
  it('is read once where that was allowed: a manifest, and a blob', async () => {
    const digest = digestOf(registry.addManifest('app', image, '1.0'));
    const blob: Descriptor = { mediaType: 'x/y', digest: digestOf(registry.addBlob('app', config)), size: 2 };
    for (let time = 0; time < 2; time += 1) {
      const { descriptor, bytes } = await repository.readManifest(digest, never, { mayBeKnown: true });
      expect(descriptor).toEqual({ mediaType: image.mediaType, digest, size: bytes.length });
      expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(image));
    }
    expect(asked()).toEqual(['GET manifests']);
    for (let time = 0; time < 2; time += 1)
      expect(Buffer.from(await repository.readBlob(blob, maxBytes, never))).toEqual(config);
    expect(asked()).toEqual(['GET blobs']);
  });

  it('is asked for again in every other case: by tag, to be resolved, or to be there', async () => {
    const digest = registry.addManifest('app', image, '1.0');
    await repository.readManifest(digest, never, { mayBeKnown: true });
    asked();
    await repository.readManifest('1.0', never, { mayBeKnown: true });
    await repository.readManifest(digest, never);
    await repository.resolve(digest, never);
    await repository.listReferrers(digestOf(digest), { limit: 10 }, never);
    await repository.listReferrers(digestOf(digest), { limit: 10 }, never);
    expect(asked().sort()).toEqual([
      ...Array<string>(5).fill('GET manifests'),
      ...Array<string>(2).fill('GET referrers'),
    ]);
    registry.repository('app').manifests.clear();
    await expect(repository.readManifest(digest, never)).rejects.toMatchObject({ code: 'registry.notFound' });
    await expect(repository.resolve(digest, never)).rejects.toMatchObject({ code: 'registry.notFound' });
  });

  it('is not remembered under another digest, size or media type, nor for another repository', async () => {
    const content = createContentMemory();
    const open = (name: string): RemoteRepository =>
      new RemoteRepository(openClient(http, registry), fixedRandom, name, content);
    const digest = digestOf(registry.addBlob('app', config));
    await open('app').readBlob({ mediaType: 'x/y', digest, size: 2 }, maxBytes, never);
    registry.misbehave('blobs', answering(200, {}, 'xx'));
    await expect(open('app').readBlob({ mediaType: 'x/y', digest, size: 3 }, maxBytes, never)).rejects.toMatchObject({
      code: 'registry.sizeMismatch',
    });
    await expect(open('app').readBlob({ mediaType: 'x/y', digest, size: 2 }, 1, never)).rejects.toMatchObject({
      code: 'registry.tooLarge',
    });
    for (let time = 0; time < 2; time += 1)
      await expect(open('else').readBlob({ mediaType: 'x/y', digest, size: 2 }, maxBytes, never)).rejects.toMatchObject(
        {
          code: 'registry.digestMismatch',
        },
      );
  });

  it('does not vouch for a media type that only the registry tells', async () => {
    const { mediaType, ...body } = image;
    const digest = registry.addManifest('app', body, undefined, mediaTypes.dockerManifest);
    const read = async (): Promise<string> =>
      (await repository.readManifest(digest, never, { mayBeKnown: true })).descriptor.mediaType;
    expect(await read()).toBe(mediaTypes.dockerManifest);
    registry.addManifest('app', body, undefined, mediaType);
    expect(await read()).toBe(mediaType);
  });
});

describe('pushing a signature', () => {
  const artifactType = mediaTypes.notarySignature;
  const push = async (text: string): Promise<void> => {
    const subject: Descriptor = {
      mediaType: image.mediaType,
      digest: digestOf(registry.addManifest('app', image)),
      size: JSON.stringify(image).length,
    };
    await repository.pushBlob('x/y', Buffer.from(text), never, { expected: 'absent' });
    await repository.pushBlob(mediaTypes.ociEmpty, config, never, { expected: 'kept' });
    const bytes = Buffer.from(JSON.stringify({ ...image, artifactType, subject, annotations: { text } }));
    await repository.pushReferrer({ mediaType: image.mediaType, artifactType, bytes, subject, annotations: {} }, never);
  };

  it('asks for the empty config once, and never for the envelope', async () => {
    await push('one');
    expect(asked()).toEqual(['POST blobs', 'PUT blobs', 'HEAD blobs', 'POST blobs', 'PUT blobs', 'PUT manifests']);
    await push('two');
    expect(asked()).toEqual(['POST blobs', 'PUT blobs', 'PUT manifests']);
  });

  it('puts the config back when the registry has lost it', async () => {
    await push('one');
    registry.repository('app').blobs.delete(computeDigest(config));
    registry.misbehave('PUT /v2/app/manifests', answering(400, {}, '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN"}]}'), 1);
    asked();
    await push('two');
    expect(asked()).toEqual([
      'POST blobs',
      'PUT blobs',
      'PUT manifests',
      'HEAD blobs',
      'POST blobs',
      'PUT blobs',
      'PUT manifests',
    ]);
    expect(registry.repository('app').blobs.get(computeDigest(config))).toEqual(config);
  });

  it('tells of a refusal that has another reason, after one look', async () => {
    await push('one');
    registry.misbehave('PUT /v2/app/manifests', answering(400));
    asked();
    await expect(push('two')).rejects.toMatchObject({ code: 'registry.refused' });
    expect(asked().filter((request) => request === 'PUT manifests')).toHaveLength(1);
  });
});
