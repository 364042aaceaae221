import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { referrersTagOf } from '../domain/oci/parse-reference.ts';
import { answerJson, type FakeRegistry, type Fault } from '../testing/fake-registry.ts';
import { codeOf } from '../testing/code-of.ts';
import { fakeRegistries } from '../testing/fake-registries.ts';
import { answering } from '../testing/fake-registry-faults.ts';
import { digestOfSignature, signature, subject } from '../testing/referrer-manifests.ts';
import { never, openRepository } from '../testing/registry-session.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

let http: HttpClient;
const start = fakeRegistries((registry) => void registry.repository('app'));
beforeAll(() => {
  http = createHttpClient({});
});
afterAll(() => http.close());

const tag = referrersTagOf(subject.digest);

describe('case R-13: listing referrers', () => {
  const entry = (name: string, more: object = {}): object => ({
    mediaType: mediaTypes.ociManifest,
    digest: digestOfSignature(name),
    size: 9,
    artifactType: mediaTypes.notarySignature,
    ...more,
  });
  const indexOf = (manifests: readonly unknown[]): object => ({
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests,
  });
  const list = (registry: FakeRegistry, limit = 100, artifactType?: string) =>
    openRepository(http, registry).listReferrers(
      subject.digest,
      { limit, ...(artifactType && { artifactType }) },
      never,
    );

  it('merges the API and the tag by digest, and says what it asked', async () => {
    const registry = await start();
    registry.misbehave('referrers', (_request, response) =>
      answerJson(response, 200, indexOf([entry('a'), entry('b'), entry('a')]), mediaTypes.ociIndex),
    );
    registry.addManifest('app', indexOf([entry('b'), entry('c')]), tag, mediaTypes.ociIndex);
    const { questions, referrers, truncated } = await list(registry);
    expect(referrers.map(({ descriptor, via }) => [descriptor.digest, via])).toEqual([
      [digestOfSignature('a'), ['api']],
      [digestOfSignature('b'), ['api', 'tag']],
      [digestOfSignature('c'), ['tag']],
    ]);
    expect(questions).toEqual([
      { asked: 'api', what: `referrers/${subject.digest}`, status: 200, items: 3 },
      { asked: 'tag', what: tag, status: 200, items: 2 },
    ]);
    expect(truncated).toBe(false);
  });

  it.each<[string, Fault]>([
    ['404', answering(404)],
    ['400', answering(400)],
    ['405', answering(405)],
    ['200 with another type', answering(200, { 'content-type': 'text/html' }, '<html>')],
  ])('takes %s for no API', async (_, fault) => {
    const registry = await start();
    registry.misbehave('referrers', fault);
    registry.addManifest('app', indexOf([entry('c')]), tag, mediaTypes.ociIndex);
    expect((await list(registry)).referrers.map(({ via }) => via)).toEqual([['tag']]);
  });

  it.each<[string, Fault, ErrorCode]>([
    ['an unknown repository', answering(404, {}, '{"errors":[{"code":"NAME_UNKNOWN"}]}'), 'registry.notFound'],
    ['a broken index', answering(200, { 'content-type': mediaTypes.ociIndex }, '{'), 'registry.badAnswer'],
    [
      'more than 4 MiB',
      answering(200, { 'content-type': mediaTypes.ociIndex }, 'x'.repeat(4 * 1024 * 1024 + 1)),
      'registry.tooLarge',
    ],
    [
      'a next page elsewhere',
      answering(
        200,
        { 'content-type': mediaTypes.ociIndex, link: '<http://evil.example/>; rel="next"' },
        '{"manifests":[]}',
      ),
      'registry.badAnswer',
    ],
  ])('refuses %s', async (_, fault, code) => {
    const registry = await start();
    registry.misbehave('referrers', fault);
    expect(await codeOf(list(registry))).toBe(code);
  });

  it('filters itself, whatever the registry claims', async () => {
    const registry = await start();
    const body = indexOf([
      entry('a'),
      entry('b', { artifactType: 'application/x' }),
      entry('c', { artifactType: undefined }),
    ]);
    registry.misbehave('referrers', (_request, response) => {
      response.setHeader('oci-filters-applied', 'artifactType');
      answerJson(response, 200, body, mediaTypes.ociIndex);
    });
    expect((await list(registry, 100, mediaTypes.notarySignature)).referrers).toHaveLength(1);
    expect(
      registry.requests.some(({ path }) => path.endsWith('?artifactType=application%2Fvnd.cncf.notary.signature')),
    ).toBe(true);
  });

  it('leaves out what is no descriptor, and says so', async () => {
    const registry = await start();
    const body = indexOf([entry('a'), 1, null, entry('b', { size: -1 }), entry('c', { digest: 'sha256:x' })]);
    registry.misbehave('referrers', (_request, response) => answerJson(response, 200, body, mediaTypes.ociIndex));
    expect(await list(registry)).toMatchObject({
      truncated: true,
      referrers: [{ descriptor: { digest: digestOfSignature('a') } }],
    });
  });

  it.each(['self', 'swing', 'forever'])('case R-14: ends when pages lead on: %s', async (way) => {
    const registry = await start();
    registry.misbehave('referrers', (request, response) => {
      const count = registry.requests.length;
      const next = { self: '', swing: request.path.endsWith('?a') ? '?b' : '?a', forever: `?page=${count}` }[way];
      response.setHeader('link', `</v2/app/referrers/${subject.digest}${next}>; rel="next"`);
      answerJson(response, 200, indexOf([entry(String(count))]), mediaTypes.ociIndex);
    });
    expect((await list(registry, 1000)).truncated).toBe(true);
    expect(registry.requests.filter(({ path }) => path.includes('referrers')).length).toBeLessThanOrEqual(50);
  });

  it('reads no more than it was asked for', async () => {
    const registry = await start();
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      mediaType: 'x',
      digest: computeDigest(Buffer.from(String(index))),
      size: 1,
    }));
    registry.misbehave('referrers', (_request, response) =>
      answerJson(response, 200, indexOf(many), mediaTypes.ociIndex),
    );
    const { referrers, truncated } = await list(registry, 100);
    expect([referrers.length, truncated]).toEqual([100, true]);
  });

  it('is not stopped by a tag that cannot be read where the API answers', async () => {
    const registry = await start();
    await openRepository(http, registry).pushReferrer(signature('a'), never);
    registry.misbehave(tag, answering(403));
    const { referrers, questions } = await list(registry);
    expect([referrers.length, questions[1]?.status]).toEqual([1, 0]);
  });

  it('ignores a tag that holds something else', async () => {
    const registry = await start({ referrersApi: false });
    registry.addManifest('app', { schemaVersion: 2 }, tag, mediaTypes.ociManifest);
    expect((await list(registry)).questions[1]).toEqual({ asked: 'tag', what: tag, status: 200, items: 0 });
  });

  describe('a page at a time', () => {
    const page = (registry: FakeRegistry, cursor?: string) =>
      openRepository(http, registry).listReferrersPage(subject.digest, cursor, never);

    it('merges the first page and the tag, and follows where the page leads', async () => {
      const registry = await start();
      registry.misbehave('referrers', (request, response) => {
        const isFirst = !request.path.includes('?');
        if (isFirst) response.setHeader('link', `</v2/app/referrers/${subject.digest}?page=2>; rel="next"`);
        answerJson(response, 200, indexOf(isFirst ? [entry('a'), entry('a')] : [entry('c'), 1]), mediaTypes.ociIndex);
      });
      registry.addManifest('app', indexOf([entry('a'), entry('b')]), tag, mediaTypes.ociIndex);
      const first = await page(registry);
      expect(first.referrers.map(({ descriptor, via, listings }) => [descriptor.digest, via, listings])).toEqual([
        [digestOfSignature('a'), ['api', 'tag'], 2],
        [digestOfSignature('b'), ['tag'], 1],
      ]);
      expect(first.questions.map(({ asked, status, items }) => [asked, status, items])).toEqual([
        ['api', 200, 2],
        ['tag', 200, 2],
      ]);
      const second = await page(registry, first.nextCursor);
      expect(second).toMatchObject({ questions: [], unreadable: 1, referrers: [{ via: ['api'] }] });
      expect(second.nextCursor).toBeUndefined();
    });

    it.each(['x#y', '/../../secret', '@evil.example/', 'a?b'])(
      'stays in the listing with the cursor %s',
      async (cursor) => {
        const registry = await start();
        await page(registry, cursor).catch(() => undefined);
        const paths = registry.requests.map(({ path }) => path.split('?')[0]);
        expect(new Set(paths.filter((path) => path !== '/v2/'))).toEqual(
          new Set([`/v2/app/referrers/${subject.digest}`]),
        );
      },
    );

    it('refuses a later page that is not there', async () => {
      const registry = await start();
      registry.misbehave('referrers', answering(404));
      expect(await codeOf(page(registry, 'page=2'))).toBe('registry.badAnswer');
    });
  });
});
