import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { PagedListing } from '../domain/registry/paged-listing.ts';
import { answerJson, type FakeRegistry, type Fault } from '../testing/fake-registry.ts';
import { codeOf } from '../testing/code-of.ts';
import { fakeRegistries } from '../testing/fake-registries.ts';
import { answering, hanging, resetting, truncating } from '../testing/fake-registry-faults.ts';
import { InstantClock } from '../testing/instant-clock.ts';
import { never, openClient, openRepository } from '../testing/registry-session.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { systemClock } from './system-clock.ts';

const image = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociManifest,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'1'.repeat(64)}`, size: 2 },
  layers: [],
};
const imageText = JSON.stringify(image);
const type = { 'content-type': mediaTypes.ociManifest };

let http: HttpClient;
const start = fakeRegistries((registry) => void registry.repository('app'));
beforeAll(() => {
  http = createHttpClient({});
});
afterAll(() => http.close());

describe('manifests', () => {
  it('are resolved and read by tag and by digest', async () => {
    const registry = await start();
    const digest = registry.addManifest('app', image, '1.0');
    const repository = openRepository(http, registry);
    const descriptor = { mediaType: mediaTypes.ociManifest, digest, size: imageText.length };
    expect(await repository.resolve('1.0', never)).toEqual(descriptor);
    expect(await repository.resolve(digest, never)).toEqual(descriptor);
    expect(repository.name).toBe(`${registry.host}/app`);
  });

  it('case R-11: are hashed when the registry does not say their digest', async () => {
    const registry = await start();
    registry.misbehave('manifests', answering(200, type, imageText));
    expect((await openRepository(http, registry).resolve('1.0', never)).digest).toBe(
      computeDigest(Buffer.from(imageText)),
    );
  });

  const other = `sha256:${'2'.repeat(64)}`;
  it.each<[string, Fault, ErrorCode]>([
    [
      'another digest in the header',
      answering(200, { ...type, 'docker-content-digest': other }, imageText),
      'registry.digestMismatch',
    ],
    [
      'a wrong sha512 in the header',
      answering(200, { ...type, 'docker-content-digest': `sha512:${'2'.repeat(128)}` }, imageText),
      'registry.digestMismatch',
    ],
    ['no media type', answering(200, {}, imageText), 'registry.badManifest'],
    ['another media type', answering(200, { 'content-type': mediaTypes.ociIndex }, imageText), 'registry.badManifest'],
    ['HTML', answering(200, { 'content-type': 'text/html' }, '<html>'), 'registry.webPage'],
    ['no such tag', answering(404, {}, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}'), 'registry.notFound'],
    ['no permission', answering(403), 'registry.forbidden'],
    ['an odd refusal', answering(418), 'registry.refused'],
    ['an answer that is none', answering(204), 'registry.badAnswer'],
    ['401 without a challenge', answering(401), 'registry.badChallenge'],
    ['a proxy that wants a password', answering(407), 'registry.proxyRefused'],
    ['a busy registry', answering(429, { 'retry-after': '1000000000' }), 'registry.tooManyRequests'],
    ['a broken registry', answering(503), 'registry.serverError'],
    ['a broken connection', resetting, 'registry.closedUnanswered'],
    ['a body cut short', truncating(type, imageText), 'registry.truncated'],
    [
      'an announced 4 MiB + 1',
      answering(200, { ...type, 'content-length': String(4 * 1024 * 1024 + 1) }),
      'registry.tooLarge',
    ],
    [
      'an unannounced 5 MiB',
      (_request, response) => void response.writeHead(200, type).end(Buffer.alloc(5 * 1024 * 1024)),
      'registry.tooLarge',
    ],
    [
      'a compressed body',
      answering(200, { ...type, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(1 << 20))),
      'registry.badAnswer',
    ],
    [
      'plain HTTP to a TLS port',
      answering(400, {}, 'Client sent an HTTP request to an HTTPS server.\n'),
      'registry.spokeHttps',
    ],
  ])('cases R-01, R-09, R-11, R-12: are refused: %s', async (_, fault, code) => {
    const registry = await start();
    registry.addManifest('app', image, '1.0');
    registry.misbehave('manifests', fault);
    expect(await codeOf(openRepository(http, registry).readManifest('1.0', never))).toBe(code);
  });

  it('case R-10: names both digests when another manifest comes for a digest', async () => {
    const registry = await start();
    const wanted = registry.addManifest('app', image);
    const received = registry.addManifest('app', { ...image, annotations: { evil: 'yes' } });
    registry.misbehave('manifests', (request, response) =>
      registry.serve({ ...request, path: `/v2/app/manifests/${received}` }, response),
    );
    const reading = openRepository(http, registry).readManifest(wanted, never);
    await expect(reading).rejects.toMatchObject({ code: 'registry.digestMismatch', details: { wanted, received } });
  });

  it.each(['', '../x', 'a/b', 'a?b', 'sha256:1'])('are not asked for by %j', async (reference) => {
    const registry = await start();
    expect(await codeOf(openRepository(http, registry).readManifest(reference, never))).toBe('registry.badReference');
    expect(registry.requests).toHaveLength(0);
  });
});

describe('repeating', () => {
  it.each([500, 502, 503, 504, 429])('case R-05: succeeds after %i twice', async (status) => {
    const [registry, clock] = [await start(), new InstantClock()];
    registry.addManifest('app', image, '1.0');
    registry.misbehave('manifests', answering(status), 2);
    await openRepository(http, registry, { clock }).resolve('1.0', never);
    expect(clock.waits).toEqual([200, 400]);
  });

  it.each([
    ['2', [2000]],
    ['Mon, 23 Nov 2026 08:00:03 GMT', [3000]],
    ['Mon, 23 Nov 2020 08:00:03 GMT', [0]],
    ['-5', [200]],
    ['soon', [200]],
    ['', [200]],
  ])('case R-04: waits as Retry-After %j asks', async (value, waits) => {
    const [registry, clock] = [await start(), new InstantClock()];
    registry.addManifest('app', image, '1.0');
    registry.misbehave('manifests', answering(429, { 'retry-after': value }), 1);
    await openRepository(http, registry, { clock }).resolve('1.0', never);
    expect(clock.waits).toEqual(waits);
  });

  it('case R-04: waits no longer than 30 seconds altogether, and then says when to come back', async () => {
    const [registry, clock] = [await start(), new InstantClock()];
    registry.misbehave('manifests', answering(429, { 'retry-after': '12' }));
    const resolving = openRepository(http, registry, { clock }).resolve('1.0', never);
    await expect(resolving).rejects.toMatchObject({
      code: 'registry.tooManyRequests',
      details: { retryAfterMs: 12_000 },
    });
    expect(clock.waits).toEqual([12_000, 12_000]);
  });

  it('case R-05: ends after five repeats', async () => {
    const [registry, clock] = [await start(), new InstantClock()];
    registry.misbehave('manifests', answering(500));
    expect(await codeOf(openRepository(http, registry, { clock }).resolve('1.0', never))).toBe('registry.serverError');
    expect(clock.waits).toEqual([200, 400, 800, 1600, 3000]);
    expect(registry.requests).toHaveLength(6);
  });

  it('ends when the operation has taken two minutes', async () => {
    const [registry, clock] = [await start(), new InstantClock()];
    registry.misbehave('manifests', (_request, response) => {
      clock.advance(70_000);
      response.writeHead(500).end();
    });
    const resolving = openRepository(http, registry, { clock }).resolve('1.0', never);
    await expect(resolving).rejects.toMatchObject({ code: 'registry.serverError' });
    expect(registry.requests).toHaveLength(2);
  });
});

describe('blobs', () => {
  const bytes = Buffer.from('an envelope');
  const descriptorOf = (content: Buffer, size = content.length): Descriptor => ({
    mediaType: 'x/y',
    digest: computeDigest(content),
    size,
  });

  it('are read whole', async () => {
    const registry = await start();
    registry.addBlob('app', bytes);
    expect(Buffer.from(await openRepository(http, registry).readBlob(descriptorOf(bytes), 100, never))).toEqual(bytes);
  });

  it.each<[string, Fault, ErrorCode]>([
    ['right length, wrong bytes', answering(200, {}, 'an ENVELOPE'), 'registry.digestMismatch'],
    ['shorter than said', answering(200, {}, 'an'), 'registry.sizeMismatch'],
    ['longer than said', answering(200, {}, 'an envelope and more'), 'registry.sizeMismatch'],
    ['longer than allowed', answering(200, {}, 'x'.repeat(101)), 'registry.tooLarge'],
    ['absent', answering(404), 'registry.notFound'],
  ])('cases R-09, R-10, R-12: are refused: %s', async (_, fault, code) => {
    const registry = await start();
    registry.misbehave('blobs', fault);
    expect(await codeOf(openRepository(http, registry).readBlob(descriptorOf(bytes), 100, never))).toBe(code);
  });

  it('are not asked for when their descriptor says that they are too large', async () => {
    const registry = await start();
    expect(await codeOf(openRepository(http, registry).readBlob(descriptorOf(bytes, 2 ** 53 - 1), 100, never))).toBe(
      'registry.tooLarge',
    );
    expect(registry.requests).toHaveLength(0);
  });
});

describe('listings', () => {
  const tags = Array.from({ length: 2500 }, (_, index) => `t${String(index).padStart(5, '0')}`);
  async function readAll(registry: FakeRegistry, clock = new InstantClock()): Promise<string[][]> {
    const repository = openRepository(http, registry, { clock });
    const pages: string[][] = [];
    for (let cursor: string | undefined; ;) {
      const page = await repository.listTags(cursor, never);
      pages.push([...page.names]);
      cursor = page.nextCursor;
      if (cursor === undefined || pages.length > 1100) return pages;
    }
  }

  it.each([true, false])(
    'come in pages of 1000, whether or not the registry ignores the page size (%s)',
    async (ignoresPageSize) => {
      const registry = await start({ ignoresPageSize });
      for (const tag of tags) registry.repository('app').tags.set(tag, 'x');
      const pages = await readAll(registry);
      expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
      expect(pages.flat()).toEqual(tags);
      expect(registry.requests).toHaveLength(ignoresPageSize ? 1 : 3);
    },
  );

  it('go on after what was kept has been dropped', async () => {
    const registry = await start({ ignoresPageSize: true });
    for (const tag of tags) registry.repository('app').tags.set(tag, 'x');
    const { nextCursor } = await openRepository(http, registry).listTags(undefined, never);
    const page = await openRepository(http, registry).listTags(nextCursor, never);
    expect(page.names).toEqual(tags.slice(1000, 2000));
  });

  it('ask without a page size when theirs is refused', async () => {
    const registry = await start();
    registry.repository('app').tags.set('a', 'x');
    registry.misbehave('n=1000', answering(400), 1);
    expect(await readAll(registry)).toEqual([['a']]);
  });

  const linking =
    (next: (path: string) => string): Fault =>
    (request, response) => {
      response.setHeader('link', `<${next(request.path)}>; rel="next"`);
      answerJson(response, 200, { tags: ['a'] });
    };
  it.each<[string, Fault, number]>([
    ['to itself', linking((path) => path), 1],
    ['back and forth', linking((path) => `/v2/app/tags/list?n=1&last=${path.endsWith('a') ? 'b' : 'a'}`), 3],
  ])('case R-14: end when a page leads %s', async (_, fault, pages) => {
    const registry = await start();
    registry.misbehave('tags/list', fault);
    expect(await readAll(registry)).toHaveLength(pages);
  });

  it('case R-14: end after a thousand pages that never end', async () => {
    const registry = await start();
    registry.misbehave(
      'tags/list',
      linking((path) => `${path}1`.slice(0, 60) + String(registry.requests.length)),
    );
    expect(await readAll(registry)).toHaveLength(1000);
  });

  it.each([
    'http://evil.example/v2/app/tags/list?last=a',
    '/v2/other/tags/list?last=a',
    '//evil.example/x',
    'http://u:p@HOST/v2/app/tags/list',
  ])('case R-14: do not follow %s', async (target) => {
    const registry = await start();
    registry.misbehave(
      'tags/list',
      linking(() => target.replace('HOST', registry.host)),
    );
    expect(await codeOf(readAll(registry))).toBe('registry.badAnswer');
    expect(registry.requests).toHaveLength(1);
  });

  it.each<[string, Fault, ErrorCode]>([
    [
      'a million tags at once',
      (_request, response) =>
        answerJson(response, 200, { tags: Array.from({ length: 1e6 }, (_, index) => `tag${index}`) }),
      'registry.tooLarge',
    ],
    ['no list', answering(200, {}, '{"tags":{}}'), 'registry.badAnswer'],
    ['no JSON', answering(200, {}, '<html>'), 'registry.badAnswer'],
    ['an unknown repository', answering(404, {}, '{"errors":[{"code":"NAME_UNKNOWN"}]}'), 'registry.notFound'],
  ])('are refused: %s', async (_, fault, code) => {
    const registry = await start();
    registry.misbehave('tags/list', fault);
    expect(await codeOf(readAll(registry))).toBe(code);
  });

  it('take a null for an empty list, and a cursor that nobody gave for the start', async () => {
    const registry = await start();
    registry.misbehave('tags/list', answering(200, {}, '{"name":"app","tags":null}'));
    expect(await openRepository(http, registry).listTags('garbage', never)).toEqual({ names: [] });
    expect(await codeOf(openRepository(http, registry).listTags('1.0.n=1#/../../_catalog', never))).toBe('nothing');
    expect(registry.requests.every(({ path }) => path.startsWith('/v2/app/tags/list?'))).toBe(true);
  });

  it('give the first of 10,000 tags within 200 ms', async () => {
    const registry = await start({ ignoresPageSize: true });
    for (let index = 0; index < 10_000; index += 1) registry.repository('app').tags.set(`build-${index}`, 'x');
    const repository = openRepository(http, registry, { clock: systemClock });
    const started = performance.now();
    const { names } = await repository.listTags(undefined, never);
    expect(names).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('of the catalog come from the same rules', async () => {
    const registry = await start();
    const client = openClient(http, registry);
    const catalog = new PagedListing(client, '/v2/_catalog', 'repositories', 'registry:catalog:*');
    expect(await catalog.readPage(undefined, client.startOperation(never))).toEqual({ names: ['app'] });
  });
});

describe('cancelling', () => {
  it.each(['manifests', 'referrers', 'tags/list', 'blobs'])(
    'case R-22: ends %s within 200 ms and closes the socket',
    async (path) => {
      const registry = await start();
      registry.misbehave(path, hanging);
      const repository = openRepository(http, registry, { clock: systemClock });
      const controller = new AbortController();
      const subject = computeDigest(Buffer.from('x'));
      const asked = {
        manifests: () => repository.resolve('1.0', controller.signal),
        referrers: () => repository.listReferrers(subject, { limit: 10 }, controller.signal),
        'tags/list': () => repository.listTags(undefined, controller.signal),
        blobs: () => repository.readBlob({ mediaType: 'x', digest: subject, size: 1 }, 10, controller.signal),
      }[path]!();
      const ended = asked.catch((error: unknown) => error);
      await expect.poll(() => registry.requests.length).toBeGreaterThan(0);
      const started = performance.now();
      controller.abort(new Error('cancelled by the test'));
      expect(await ended).toMatchObject({ message: 'cancelled by the test' });
      expect(performance.now() - started).toBeLessThan(200);
    },
  );

  it('case R-22: ends the wait of a retry', async () => {
    const registry = await start();
    registry.misbehave('manifests', answering(429, { 'retry-after': '20' }));
    const controller = new AbortController();
    const ended = openRepository(http, registry, { clock: systemClock })
      .resolve('1.0', controller.signal)
      .catch((error: unknown) => error);
    await expect.poll(() => registry.requests.length).toBe(1);
    const started = performance.now();
    controller.abort(new Error('enough'));
    expect(await ended).toMatchObject({ message: 'enough' });
    expect(performance.now() - started).toBeLessThan(200);
  });
});
