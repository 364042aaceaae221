import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { computeDigest, recomputeDigest } from './compute-digest.ts';
import { parseLayoutIndex, withLayoutEntry } from './layout-index.ts';
import { LayoutReading, maxIndexBytes } from './layout-reading.ts';
import type { PushedManifest, Repository } from './repository.ts';

type PushedReferrer = Parameters<Repository['pushReferrer']>[0];

const maxAttempts = 10;

/** An OCI image layout in a folder, as a target equal to a registry. `index.json` is changed only by compare-and-swap. */
export class LayoutRepository extends LayoutReading implements Repository {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    super(directory);
    this.#directory = directory;
  }

  async pushBlob(mediaType: string, bytes: Uint8Array, signal: AbortSignal): Promise<Descriptor> {
    signal.throwIfAborted();
    const digest = computeDigest(bytes);
    await this.#writeBlob(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  }

  async pushReferrer(manifest: PushedReferrer, signal: AbortSignal): Promise<PushedManifest> {
    const { mediaType, artifactType, bytes, annotations } = manifest;
    const descriptor = { ...(await this.pushBlob(mediaType, bytes, signal)), artifactType, annotations };
    await this.#addEntry(descriptor, signal);
    return { descriptor, indexedBy: 'layout', warnings: [] };
  }

  /** Lists a manifest in `index.json` without a tag. What other writers add meanwhile stays. */
  async #addEntry(descriptor: Descriptor, signal: AbortSignal): Promise<void> {
    await this.#directory.withLock('index', async () => {
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        signal.throwIfAborted();
        const state = await this.readFile('index.json', maxIndexBytes);
        const index = state && parseLayoutIndex(state.bytes, this.name);
        const bytes = withLayoutEntry(index, descriptor);
        if (!bytes || (await this.#writeIfUnchanged(bytes, state?.revision ?? ABSENT))) return;
      }
      throw new AppError('file.changedMeanwhile', { file: 'index.json' });
    });
  }

  async #writeIfUnchanged(bytes: Uint8Array, ifRevision: string): Promise<boolean> {
    const mode = (await this.#directory.stat('index.json'))?.mode || 0o644;
    try {
      await this.#directory.write('index.json', bytes, { ifRevision, mode });
      return true;
    } catch (error) {
      if (isAppError(error, 'file.changedMeanwhile')) return false;
      throw error;
    }
  }

  /** Blobs are read-only once stored. One that is there but damaged is replaced. */
  async #writeBlob(digest: Digest, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(digest);
    const present = await this.readFile(path, bytes.length + 1).catch(() => undefined);
    if (present && recomputeDigest(present.bytes, digest) === digest) return;
    await this.#directory.write(path, bytes, { mode: 0o444 });
  }
}
