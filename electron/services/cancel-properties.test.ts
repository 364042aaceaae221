import { beforeAll, expect, it } from 'vitest';
import { isAppError, AppError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { layoutMarker, withLayoutEntry } from '../domain/oci/layout-index.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import type { Repository } from '../domain/oci/repository.ts';
import { createSampleImage } from '../domain/oci/sample-image.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import { signTarget, type SignedTarget } from '../domain/sign/sign-target.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { InstantClock } from '../testing/instant-clock.ts';
import { interceptCalls, type BeforeCall } from '../testing/intercept-calls.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { MemoryRepository } from '../testing/memory-repository.ts';
import { SeededRandom, seedOfRun } from '../testing/seeded-random.ts';
import { pushSignature } from './push-signature.ts';

const runs = 1000;
const never = new AbortController().signal;
const image = createSampleImage('1.0');
const cancelled = new AppError('rpc.cancelled', {});
let signed: SignedTarget;
beforeAll(async () => {
  const chain = createTestChain();
  const signer = createLocalSigner(chain.keyPem, chain.certificates);
  const clock = new InstantClock(new Date().toISOString());
  signed = await signTarget({ target: image.index, signer, format: 'jws', clock, version: '1', signal: never });
});

/** A place to push to, its calls told of first; and the same to look at afterwards. */
interface Place {
  readonly open: (before: BeforeCall) => Repository;
  readonly plain: Repository;
  readonly subject: Descriptor;
}

function openMemory(): Place {
  const plain = new MemoryRepository('registry', 'registry.example/acme');
  const [content] = image.contents;
  const subject = plain.addManifest(mediaTypes.ociManifest, content?.bytes ?? new Uint8Array(), '1.0');
  return { plain, subject, open: (before) => interceptCalls<Repository>(plain, before) };
}

function openLayout(): Place {
  const directory = new MemoryDirectory('/lay');
  directory.put('oci-layout', layoutMarker, 0o644);
  for (const { descriptor, bytes } of image.contents)
    directory.put(`blobs/${descriptor.digest.replace(':', '/')}`, bytes, 0o444);
  directory.put('index.json', withLayoutEntry(undefined, image.index, '1.0') ?? '', 0o644);
  const open = (before: BeforeCall): Repository => new LayoutRepository(interceptCalls(directory, before));
  return { plain: new LayoutRepository(directory), subject: image.index, open };
}

it.each([
  ['a registry', openMemory],
  ['a layout', openLayout],
])('signing in %s that is cancelled at any moment leaves a whole signature or none', async (_, openPlace) => {
  const random = new SeededRandom(seedOfRun());
  const counts = { whole: 0, none: 0 };
  for (let left = runs; left > 0; left -= 1) {
    const { open, plain, subject } = openPlace();
    const controller = new AbortController();
    const at = 1 + random.below(16);
    const waits = random.chance(0.5);
    const repository = open(async ({ index }) => {
      if (waits) await Promise.resolve();
      if (index >= at) controller.abort(cancelled);
    });
    const outcome = await pushSignature(repository, subject, signed, controller.signal).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error && !isAppError(outcome)) throw outcome;
    const { referrers } = await plain.listReferrers(subject.digest, { limit: 10 }, never);
    expect(referrers.length).toBe(outcome instanceof Error ? referrers.length : 1);
    for (const { descriptor } of referrers) {
      const { bytes } = await plain.readManifest(descriptor.digest, never);
      const { layers } = JSON.parse(Buffer.from(bytes).toString()) as { layers: Descriptor[] };
      for (const layer of layers) expect(await plain.readBlob(layer, 1_048_576, never)).toEqual(signed.envelope);
    }
    expect((await plain.resolve('1.0', never)).digest).toBe(subject.digest);
    counts[referrers.length > 0 ? 'whole' : 'none'] += 1;
  }
  expect(Math.min(counts.whole, counts.none)).toBeGreaterThan(runs / 50);
});
