import { AppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { Random } from '../ports.ts';
import { computeDigest } from '../oci/compute-digest.ts';
import { manifestMediaTypes, maxManifestBytes } from '../oci/manifest.ts';
import { referrersTagOf } from '../oci/parse-reference.ts';
import type { Operation } from './operation.ts';
import { parseReferrersIndex, withReferrers, type ReferrersIndex } from './referrers-index.ts';
import { maxErrorBytes, type RegistryClient } from './registry-client.ts';

/** What stands under the referrers tag. */
export interface TagIndexState {
  readonly status: number;
  /** Undefined when the tag is absent or holds something else. */
  readonly index?: ReferrersIndex;
  readonly digest?: Digest;
  readonly etag?: string;
}

export interface IndexUpdate {
  readonly warnings: readonly { code: string; details: Record<string, unknown> }[];
}

const maxAttempts = 8;
const shortestSettleMs = 50;
const longestSettleMs = 2000;

/**
 * The index under the tag `<algorithm>-<hex>` that stands in for a referrers API (distribution specification, "Referrers tag schema").
 * Registries offer no way to write it only if unchanged, so an update writes, waits longer than a writer needs between its read and its
 * write, looks whether all entries are still there, and otherwise merges and writes again (case R-15).
 */
export class FallbackIndex {
  readonly #client: RegistryClient;
  readonly #random: Random;
  readonly #repository: string;
  readonly #queue = new Map<string, Promise<unknown>>();

  constructor(client: RegistryClient, random: Random, repository: string) {
    this.#client = client;
    this.#random = random;
    this.#repository = repository;
  }

  /** @throws AppError `registry.*` when it cannot be told what is there */
  async read(subject: Digest, operation: Operation): Promise<TagIndexState> {
    const tag = referrersTagOf(subject);
    const response = await this.#client.ask(
      {
        method: 'GET',
        path: this.#pathOf(tag),
        headers: { accept: manifestMediaTypes.join(', ') },
        maxBytes: maxManifestBytes,
        what: tag,
        scope: `repository:${this.#repository}:pull`,
      },
      operation,
    );
    if (response.status === 404) return { status: 404 };
    if (response.status !== 200) throw this.#client.toStatusError(response, tag);
    const type = response.headers['content-type']?.split(';')[0]?.trim();
    const digest = computeDigest(response.body);
    if (type !== mediaTypes.ociIndex) return { status: 200, digest };
    const etag = response.headers['etag'];
    return {
      status: 200,
      index: parseReferrersIndex(response.body, this.#client.address.host, tag),
      digest,
      ...(etag && { etag }),
    };
  }

  /**
   * Adds an entry so that it, and whatever others add meanwhile, is listed.
   * @throws AppError `registry.*`; `registry.badAnswer` when other writers kept removing the entry
   */
  async add(subject: Digest, added: Descriptor, operation: Operation): Promise<IndexUpdate> {
    const before = this.#queue.get(subject) ?? Promise.resolve();
    const update = before.catch(() => undefined).then(() => this.#addInTurn(subject, added, operation));
    this.#queue.set(subject, update);
    try {
      return await update;
    } finally {
      if (this.#queue.get(subject) === update) this.#queue.delete(subject);
    }
  }

  async #addInTurn(subject: Digest, added: Descriptor, operation: Operation): Promise<IndexUpdate> {
    const replaced = new Set<Digest>();
    const known = new Map<Digest, Descriptor>([[added.digest, added]]);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const startedAt = this.#client.clock.monotonicMs();
      const state = await this.read(subject, operation);
      for (const entry of state.index?.descriptors ?? []) if (!known.has(entry.digest)) known.set(entry.digest, entry);
      const bytes = withReferrers(state.index, known.values());
      if (!bytes) {
        if (state.digest) replaced.delete(state.digest);
        return { warnings: await this.#removeReplaced(replaced, operation) };
      }
      const isWritten = await this.#write(subject, bytes, state, operation);
      if (isWritten && state.digest) replaced.add(state.digest);
      const spentMs = this.#client.clock.monotonicMs() - startedAt;
      await operation.wait(this.#settleMs(spentMs, attempt));
    }
    const fault = 'other writers kept replacing the referrers index';
    throw new AppError('registry.badAnswer', { host: this.#client.address.host, what: referrersTagOf(subject), fault });
  }

  /** Longer than another writer is likely to need, and not the same for two that collide. */
  #settleMs(spentMs: number, attempt: number): number {
    const [random = 0] = this.#random.bytes(1);
    const baseMs = Math.max(shortestSettleMs, spentMs * 2);
    return Math.min(longestSettleMs, baseMs * (1 + attempt / 2) + (baseMs * random) / 255);
  }

  #pathOf(reference: string): string {
    return `/v2/${this.#repository}/manifests/${reference}`;
  }

  /** Whether the index was written; not when the registry says that it changed since it was read. */
  async #write(subject: Digest, bytes: Uint8Array, state: TagIndexState, operation: Operation): Promise<boolean> {
    const tag = referrersTagOf(subject);
    const scope = `repository:${this.#repository}:pull,push`;
    const headers = { 'content-type': mediaTypes.ociIndex, ...(state.etag && { 'if-match': state.etag }) };
    const response = await this.#client.ask(
      { method: 'PUT', path: this.#pathOf(tag), headers, body: bytes, maxBytes: maxErrorBytes, what: tag, scope },
      operation,
    );
    if (response.status === 412) return false;
    if (response.status !== 201 && response.status !== 200) throw this.#client.toStatusError(response, tag);
    return true;
  }

  /** Removes the indexes that were replaced. That they stay is no failure (case R-16). */
  async #removeReplaced(replaced: ReadonlySet<Digest>, operation: Operation): Promise<IndexUpdate['warnings']> {
    const { host } = this.#client.address;
    const warnings: { code: string; details: Record<string, unknown> }[] = [];
    for (const digest of replaced) {
      if (!isDigest(digest)) continue;
      const status = await this.#delete(digest, operation);
      if (status !== 202 && status !== 200 && status !== 404)
        warnings.push({ code: 'registry.staleIndexKept', details: { host, digest, status } });
    }
    return warnings;
  }

  async #delete(digest: Digest, operation: Operation): Promise<number> {
    const scope = `repository:${this.#repository}:delete,pull,push`;
    try {
      const request = {
        method: 'DELETE',
        path: this.#pathOf(digest),
        maxBytes: maxErrorBytes,
        what: digest,
        scope,
      } as const;
      return (await this.#client.ask(request, operation)).status;
    } catch (error) {
      operation.signal.throwIfAborted();
      if (error instanceof AppError) return 0;
      throw error;
    }
  }
}
