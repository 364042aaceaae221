import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { referrersTagOf } from '../domain/oci/parse-reference.ts';
import type { FakeRegistry, Fault, SeenRequest } from '../testing/fake-registry.ts';
import { codeOf } from '../testing/code-of.ts';
import { fakeRegistries } from '../testing/fake-registries.ts';
import { answering, resetting } from '../testing/fake-registry-faults.ts';
import { digestOfSignature, signature, subject } from '../testing/referrer-manifests.ts';
import { never, openRepository } from '../testing/registry-session.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { systemClock } from './system-clock.ts';

let http: HttpClient;
const start = fakeRegistries((registry) => void registry.repository('app'));
beforeAll(() => {
  http = createHttpClient({});
});
afterAll(() => http.close());

const tag = referrersTagOf(subject.digest);

async function listed(registry: FakeRegistry, artifactType?: string): Promise<string[]> {
  const { referrers } = await openRepository(http, registry).listReferrers(
    subject.digest,
    { limit: 100, ...(artifactType && { artifactType }) },
    never,
  );
  return referrers.map(({ descriptor }) => descriptor.digest);
}

describe('blobs', () => {
  const bytes = Buffer.from('an envelope');
  const digest = computeDigest(bytes);

  it('are pushed once', async () => {
    const registry = await start();
    const repository = openRepository(http, registry);
    expect(await repository.pushBlob('x/y', bytes, never)).toEqual({ mediaType: 'x/y', digest, size: bytes.length });
    await repository.pushBlob('x/y', bytes, never);
    expect(registry.repository('app').blobs.get(digest)).toEqual(bytes);
    expect(registry.requests.map(({ method }) => method)).toEqual(['HEAD', 'POST', 'PUT', 'HEAD']);
  });

  it.each<[string, string, Fault, ErrorCode]>([
    ['202 without Location', 'POST', answering(202), 'registry.badAnswer'],
    [
      'a Location on another host',
      'POST',
      answering(202, { location: 'http://evil.example/upload' }),
      'registry.badRedirect',
    ],
    [
      'a Location with user info',
      'POST',
      answering(202, { location: 'http://u:p@127.0.0.1/upload' }),
      'registry.badRedirect',
    ],
    ['a Location that is no address', 'POST', answering(202, { location: 'http://[' }), 'registry.badRedirect'],
    ['201 at once', 'POST', answering(201), 'registry.badAnswer'],
    ['a POST that fails, which is not repeated', 'POST', answering(503), 'registry.serverError'],
    ['413', 'PUT', answering(413), 'registry.refused'],
    ['416', 'PUT', answering(416), 'registry.refused'],
    [
      '201 with another digest',
      'PUT',
      answering(201, { 'docker-content-digest': digestOfSignature('other') }),
      'registry.digestMismatch',
    ],
    ['204', 'PUT', answering(204), 'registry.badAnswer'],
    ['a redirect of the upload', 'PUT', answering(307, { location: 'http://evil.example/' }), 'registry.badRedirect'],
    ['no permission', 'POST', answering(403), 'registry.forbidden'],
  ])('cases R-05, R-17: are refused: %s', async (_, method, fault, code) => {
    const registry = await start();
    registry.misbehave(`${method} /v2/app/blobs`, fault);
    expect(await codeOf(openRepository(http, registry).pushBlob('x/y', bytes, never))).toBe(code);
    expect(registry.requests.filter((request) => request.method === method)).toHaveLength(1);
  });

  it('case R-18: count as pushed when only the answer was lost', async () => {
    const registry = await start();
    registry.misbehave('PUT', (request, response) => {
      registry.addBlob('app', request.body);
      response.socket?.resetAndDestroy();
    });
    expect((await openRepository(http, registry).pushBlob('x/y', bytes, never)).digest).toBe(digest);
  });
});

describe('case R-22: pushing', () => {
  it.each(['HEAD', 'POST', 'PUT /v2/app/blobs', 'PUT /v2/app/manifests'])(
    'ends within 200 ms when it is cancelled at %s, and closes the socket',
    async (stage) => {
      const registry = await start();
      const held: (Socket | null)[] = [];
      registry.misbehave(stage, (_request, response) => void held.push(response.socket));
      const controller = new AbortController();
      const repository = openRepository(http, registry);
      const pushing = (async () => {
        await repository.pushBlob('x/y', Buffer.from('an envelope'), controller.signal);
        await repository.pushReferrer(signature('a'), controller.signal);
      })().catch((error: unknown) => error);
      await expect.poll(() => held).toHaveLength(1);
      const started = performance.now();
      controller.abort(new Error('cancelled by the test'));
      expect(await pushing).toMatchObject({ message: 'cancelled by the test' });
      expect(performance.now() - started).toBeLessThan(200);
      await expect.poll(() => held[0]?.destroyed).toBe(true);
      expect(registry.repository('app').manifests.size).toBe(0);
    },
  );
});

describe('a registry with the referrers API', () => {
  it('indexes what it is given', async () => {
    const registry = await start();
    const pushed = await openRepository(http, registry).pushReferrer(signature('a'), never);
    expect(pushed).toMatchObject({
      indexedBy: 'registry',
      warnings: [],
      descriptor: { digest: digestOfSignature('a') },
    });
    expect(registry.repository('app').tags.size).toBe(0);
    expect(await listed(registry, mediaTypes.notarySignature)).toEqual([digestOfSignature('a')]);
  });

  it('is believed when it lists without having said so', async () => {
    const registry = await start();
    registry.misbehave('PUT', (request, response) => {
      registry.addManifest('app', request.body);
      response.writeHead(201).end();
    });
    expect((await openRepository(http, registry).pushReferrer(signature('a'), never)).indexedBy).toBe('registry');
  });

  it('case R-18: is asked for the truth when the answer to the PUT was lost, every time', async () => {
    const registry = await start();
    registry.misbehave('PUT', (request, response) => {
      registry.addManifest('app', request.body);
      response.socket?.resetAndDestroy();
    });
    const pushed = await openRepository(http, registry).pushReferrer(signature('a'), never);
    expect(pushed).toMatchObject({ indexedBy: 'registry', warnings: [] });
    expect(await listed(registry)).toEqual([digestOfSignature('a')]);
  });

  it('case R-18: has not signed when the PUT never arrived', async () => {
    const registry = await start();
    registry.misbehave('PUT', resetting);
    expect(await codeOf(openRepository(http, registry).pushReferrer(signature('a'), never))).toBe(
      'registry.closedUnanswered',
    );
  });

  it.each<[number, ErrorCode]>([
    [413, 'registry.refused'],
    [403, 'registry.forbidden'],
    [500, 'registry.serverError'],
    [202, 'registry.badAnswer'],
  ])('case R-17: has not signed when it answers %i', async (status, code) => {
    const registry = await start();
    registry.misbehave('PUT', answering(status));
    expect(await codeOf(openRepository(http, registry).pushReferrer(signature('a'), never))).toBe(code);
  });
});

describe('a registry without the referrers API', () => {
  it('gets a tag index, and loses the one before it', async () => {
    const registry = await start({ referrersApi: false });
    const repository = openRepository(http, registry);
    for (const name of ['a', 'b'])
      expect(await repository.pushReferrer(signature(name), never)).toMatchObject({
        indexedBy: 'tagIndex',
        warnings: [],
      });
    expect(await listed(registry, mediaTypes.notarySignature)).toEqual([
      digestOfSignature('a'),
      digestOfSignature('b'),
    ]);
    const { manifests } = registry.repository('app');
    const indexes = [...manifests.values()].filter(({ mediaType }) => mediaType === mediaTypes.ociIndex);
    expect(indexes).toHaveLength(1);
    expect(JSON.parse(indexes[0]!.bytes.toString())).toMatchObject({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: [
        { digest: digestOfSignature('a'), artifactType: mediaTypes.notarySignature, annotations: { name: 'a' } },
        { digest: digestOfSignature('b') },
      ],
    });
  });

  it('case R-18: does not get the same entry twice', async () => {
    const registry = await start({ referrersApi: false });
    for (let count = 0; count < 2; count += 1) await openRepository(http, registry).pushReferrer(signature('a'), never);
    expect(await listed(registry)).toEqual([digestOfSignature('a')]);
  });

  it('case R-16: has signed, with a warning, when it does not delete', async () => {
    const registry = await start({ referrersApi: false, deletion: false });
    const repository = openRepository(http, registry);
    expect((await repository.pushReferrer(signature('a'), never)).warnings).toEqual([]);
    const { warnings } = await repository.pushReferrer(signature('b'), never);
    expect(warnings).toMatchObject([{ code: 'registry.staleIndexKept', details: { status: 405 } }]);
    expect(await listed(registry)).toHaveLength(2);
  });

  it('keeps entries and members that are not understood', async () => {
    const registry = await start({ referrersApi: false });
    const strange = { mediaType: 'x', digest: 'sha999:1', size: 5, extra: [1] };
    registry.addManifest(
      'app',
      { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [strange], annotations: { k: 'v' } },
      tag,
      mediaTypes.ociIndex,
    );
    await openRepository(http, registry).pushReferrer(signature('a'), never);
    const stored = registry.repository('app').manifests.get(registry.repository('app').tags.get(tag)!)!;
    expect(JSON.parse(stored.bytes.toString())).toMatchObject({
      annotations: { k: 'v' },
      manifests: [strange, { digest: digestOfSignature('a') }],
    });
  });

  it('is not overwritten where the tag cannot be read', async () => {
    const registry = await start({ referrersApi: false });
    registry.misbehave(
      `GET /v2/app/manifests/${tag}`,
      answering(200, { 'content-type': mediaTypes.ociIndex }, '{"manifests":'),
    );
    expect(await codeOf(openRepository(http, registry).pushReferrer(signature('a'), never))).toBe('registry.badAnswer');
    expect(registry.repository('app').tags.size).toBe(0);
  });

  it.each([true, false])(
    'case R-15: loses no signature of eight signers at once (ETag: %s)',
    async (etags) => {
      const registry = await start({ referrersApi: false, etags });
      const names = Array.from({ length: 8 }, (_, index) => `signer ${index}`);
      const signers = names.map(() => openRepository(http, registry, { clock: systemClock }));
      const results = await Promise.allSettled(
        names.map((name, index) => signers[index]!.pushReferrer(signature(name), never)),
      );
      const present = new Set(await listed(registry));
      const lost = names.filter(
        (name, index) => results[index]!.status === 'fulfilled' && !present.has(digestOfSignature(name)),
      );
      expect(lost).toEqual([]);
      expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    },
    30_000,
  );

  it('case R-15: loses no signature of signers in one process', async () => {
    const registry = await start({ referrersApi: false });
    const repository = openRepository(http, registry);
    const names = Array.from({ length: 8 }, (_, index) => `signer ${index}`);
    await Promise.all(names.map((name) => repository.pushReferrer(signature(name), never)));
    expect((await listed(registry)).sort()).toEqual(names.map(digestOfSignature).sort());
  });

  it('case R-15: gets an entry again that another writer dropped', async () => {
    const registry = await start({ referrersApi: false });
    const other = { mediaType: mediaTypes.ociManifest, digest: digestOfSignature('other'), size: 5 };
    const isIndexPut = (request: SeenRequest): boolean => request.method === 'PUT' && request.path.endsWith(tag);
    const overwrite: Fault = (request, response) => {
      registry.serve(request, response);
      registry.addManifest(
        'app',
        { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [other] },
        tag,
        mediaTypes.ociIndex,
      );
    };
    registry.misbehave(isIndexPut, overwrite, 2);
    await openRepository(http, registry).pushReferrer(signature('a'), never);
    expect(await listed(registry)).toEqual([digestOfSignature('other'), digestOfSignature('a')]);
  });

  it('case R-15: fails rather than lies when the entry never stays', async () => {
    const registry = await start({ referrersApi: false });
    registry.misbehave((request) => request.method === 'PUT' && request.path.endsWith(tag), answering(201));
    expect(await codeOf(openRepository(http, registry).pushReferrer(signature('a'), never))).toBe('registry.badAnswer');
  });
});
