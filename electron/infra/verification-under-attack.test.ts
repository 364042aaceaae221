import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { VerificationReport } from '../../shared/model/verification.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { readPolicySnapshot } from '../domain/trust/policy-file.ts';
import { createTrustStoreReader } from '../domain/trust/trust-store.ts';
import { verifyArtifact } from '../domain/verify/verify-artifact.ts';
import { codeOf } from '../testing/code-of.ts';
import { createTestChain, leafShape, type TestChain } from '../testing/chain-factory.ts';
import { answerJson, type FakeRegistry } from '../testing/fake-registry.ts';
import { fakeRegistries } from '../testing/fake-registries.ts';
import { answering, resetting } from '../testing/fake-registry-faults.ts';
import { never, openRepository } from '../testing/registry-session.ts';
import { VerificationBench } from '../testing/verification-bench.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { systemClock } from './system-clock.ts';

let http: HttpClient;
let bench: VerificationBench;
let chain: TestChain;
let stranger: TestChain;
const start = fakeRegistries((registry) => void registry.repository('app'));
beforeAll(() => {
  http = createHttpClient({});
  chain = createTestChain({ length: 2 });
  stranger = createTestChain({ length: 1, leaf: { ...leafShape, subject: [['CN', 'fade-out']] } });
});
afterAll(() => http.close());
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
});

/** Puts all that the bench holds into a registry. */
function publish(registry: FakeRegistry): void {
  for (const { descriptor, bytes } of bench.repository.manifests.values())
    registry.addManifest('app', Buffer.from(bytes), undefined, descriptor.mediaType);
  for (const blob of bench.repository.blobs.values()) registry.addBlob('app', blob);
  registry.repository('app').tags.set('1.0', bench.artifact.digest);
  bench.saveStatement({ registryScopes: [`${registry.host}/app`] });
}

/** Judges the artifact where the registry has it. */
async function verify(registry: FakeRegistry, signal = never): Promise<VerificationReport> {
  const { directory, revocation, now } = bench;
  const basis = { policy: await readPolicySnapshot(directory), trust: createTrustStoreReader(directory) };
  const repository = openRepository(http, registry, { clock: systemClock });
  const request = { repository, reference: '1.0', maxSignatures: 100, userMetadata: {}, revocation, now };
  return verifyArtifact({ ...request, ...basis }, signal);
}

/** Signatures that are listed and not there. */
function flood(times: number): Descriptor[] {
  return Array.from({ length: times }, (_, index) => ({
    mediaType: mediaTypes.ociManifest,
    digest: computeDigest(Buffer.from(String(index))),
    size: 700,
    artifactType: mediaTypes.notarySignature,
  }));
}

describe('case E-20: 10,000 referrers, the good signature the last of them', () => {
  async function flooded(before: readonly Descriptor[]): Promise<FakeRegistry> {
    const registry = await start();
    const good = await bench.sign(chain);
    publish(registry);
    const stored = bench.repository.manifests.get(good);
    const last = { ...stored?.descriptor, artifactType: mediaTypes.notarySignature };
    const manifests = [...before, last];
    registry.misbehave('referrers', (_request, response) =>
      answerJson(response, 200, { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }, mediaTypes.ociIndex),
    );
    return registry;
  }

  it('ends at the limit, says so, and how many were seen; nothing of the rest is asked for', async () => {
    for (let index = 0; index < 100; index += 1) await bench.sign(stranger, { expirySeconds: 100 + index });
    const strangers = [...bench.repository.manifests.values()]
      .map(({ descriptor }) => ({ ...descriptor, artifactType: mediaTypes.notarySignature }))
      .filter(({ digest }) => digest !== bench.artifact.digest);
    const registry = await flooded([...strangers, ...flood(9899)]);
    const started = performance.now();
    const report = await verify(registry);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(report).toMatchObject({ verdict: 'notTrusted', limitReached: true, cli: { succeeds: false } });
    expect(report.signatures.length + report.unreadable.length).toBe(100);
    expect(registry.requests.length).toBeLessThan(210);
  });

  it('of which none but the last is there: could not check, and never green', async () => {
    const registry = await flooded(flood(9999));
    const report = await verify(registry);
    expect(report).toMatchObject({ verdict: 'couldNotCheck', limitReached: true, signatures: [] });
    expect(report.unreadable).toHaveLength(100);
  });

  it('in pages that never end', async () => {
    const registry = await start();
    await bench.sign(chain);
    publish(registry);
    registry.misbehave('referrers', (request, response) => {
      const page = Number(new URL(request.path, registry.origin).searchParams.get('page') ?? 0);
      response.setHeader('link', `</v2/app/referrers/${bench.artifact.digest}?page=${page + 1}>; rel="next"`);
      const manifests = flood(page + 1).slice(-1);
      answerJson(response, 200, { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }, mediaTypes.ociIndex);
    });
    expect(await verify(registry)).toMatchObject({ verdict: 'couldNotCheck', limitReached: true });
    expect(registry.requests.filter(({ path }) => path.includes('page=')).length).toBeLessThanOrEqual(50);
  });
});

describe('case E-23: what dies in the middle of a verification', () => {
  it.each([
    ['the listing', 'referrers', 'registry.closedUnanswered'],
    ['the artifact', `manifests/1.0`, 'registry.closedUnanswered'],
  ])('the registry at %s: an error, no verdict', async (_, path, code) => {
    const registry = await start();
    await bench.sign(chain);
    publish(registry);
    registry.misbehave(path, resetting);
    expect(await codeOf(verify(registry))).toBe(code);
  });

  it('the registry at the envelope: could not check', async () => {
    const registry = await start();
    await bench.sign(chain);
    publish(registry);
    registry.misbehave('GET /v2/app/blobs', resetting);
    expect(await verify(registry)).toMatchObject({ verdict: 'couldNotCheck', cli: { succeeds: false } });
  });

  it('the one who asked: what waits ends, and there is no verdict', async () => {
    const registry = await start();
    await bench.sign(chain);
    publish(registry);
    const held: (Socket | null)[] = [];
    registry.misbehave('GET /v2/app/blobs', (_request, response) => void held.push(response.socket));
    const controller = new AbortController();
    const asked = verify(registry, controller.signal).then(
      ({ verdict }) => verdict,
      (error: Error) => error.message,
    );
    await expect.poll(() => held).toHaveLength(1);
    controller.abort(new Error('gone'));
    expect(await asked).toBe('gone');
    await expect.poll(() => held[0]?.destroyed).toBe(true);
  });

  it('a fault of our own in the midst of it: no verdict either', async () => {
    const registry = await start();
    await bench.sign(chain);
    publish(registry);
    bench.revocation = { checkChain: () => Promise.reject(new TypeError('a fault of our own')) };
    await expect(verify(registry)).rejects.toThrow('a fault of our own');
  });
});

describe('case R-12', () => {
  it.each([
    ['is said to be', 32 * 1024 * 1024 + 1, 'x'],
    ['turns out to be', 900, 'x'.repeat(1200)],
  ])('an envelope that %s larger than it may be is told of and does not count', async (_, size, body) => {
    const registry = await start();
    await bench.sign(chain);
    for (const [digest, { bytes, descriptor }] of [...bench.repository.manifests]) {
      if (digest === bench.artifact.digest) continue;
      const manifest = JSON.parse(Buffer.from(bytes).toString()) as { layers: [{ size: number }] };
      manifest.layers[0].size = size;
      bench.repository.manifests.delete(digest);
      bench.repository.addManifest(descriptor.mediaType, Buffer.from(JSON.stringify(manifest)));
    }
    publish(registry);
    registry.misbehave('GET /v2/app/blobs', answering(200, {}, body));
    const report = await verify(registry);
    expect(report).toMatchObject({ verdict: 'couldNotCheck', signatures: [] });
    expect((report.unreadable[0]?.reason.details['error'] as { code: string }).code).toMatch(
      /^registry\.(?:tooLarge|sizeMismatch)$/,
    );
  });
});
