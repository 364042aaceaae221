import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { algorithmOf, hexOf, isDigest, type Digest } from '../../../shared/model/digest.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { computeDigest, recomputeDigest } from './compute-digest.ts';
import { parseLayoutIndex, parseLayoutMarker, withLayoutEntry, type LayoutIndex } from './layout-index.ts';
import { listedTypeOf, maxManifestBytes, mediaTypeOfBody, parseManifest, type ParsedManifest } from './manifest.ts';
import type { Manifest, PushedManifest, Referrer, ReferrersAnswer, Repository } from './repository.ts';

type PushedReferrer = Parameters<Repository['pushReferrer']>[0];

/** What a manifest of a layout says of itself; kept by digest, which never changes. */
interface KnownManifest {
  readonly subject?: Descriptor;
  readonly listed: Descriptor;
  readonly manifests: readonly Descriptor[];
}

const maxIndexBytes = 32 * 1024 * 1024;
const maxNodes = 20_000;
const maxAttempts = 10;

/**
 * An OCI image layout on disk (image specification, "Image Layout") as a target equal to a registry. Every blob read is checked against
 * its name. `index.json` may be rewritten by other programs at any time; it is read anew for each question and changed only by
 * compare-and-swap.
 * @throws AppError `layout.*`, `registry.notFound`, `registry.digestMismatch`, `registry.badManifest`, `file.*`
 */
export class LayoutRepository implements Repository {
  readonly kind = 'layout';
  readonly name: string;
  readonly #directory: Directory;
  readonly #known = new Map<Digest, KnownManifest>();

  constructor(directory: Directory) {
    this.name = directory.path;
    this.#directory = directory;
  }

  /** Whether the folder is a layout of a version we know. @throws AppError `layout.notALayout`, `layout.unreadable` */
  async assertIsLayout(): Promise<void> {
    const path = this.name;
    const marker = await this.#readFile('oci-layout', 4096);
    if (!marker) throw new AppError('layout.notALayout', { path, fault: 'there is no oci-layout file' });
    parseLayoutMarker(marker.bytes, path);
    await this.#readIndex();
  }

  /** Tags in the order of `index.json`, each once. */
  async listTags(): Promise<readonly string[]> {
    const index = await this.#readIndex();
    return [...new Set(index.entries.map(({ tag }) => tag).filter((tag) => tag !== undefined))];
  }

  async resolve(reference: string, signal: AbortSignal): Promise<Descriptor> {
    return (await this.readManifest(reference, signal)).descriptor;
  }

  async readManifest(reference: string, signal: AbortSignal): Promise<Manifest> {
    const digest = isDigest(reference) ? reference : await this.#digestOfTag(reference);
    signal.throwIfAborted();
    const bytes = await this.#readChecked(digest, maxManifestBytes);
    const mediaType = (await this.#mediaTypeOf(digest)) ?? mediaTypeOfBody(bytes) ?? '';
    parseManifest(bytes, mediaType, digest);
    return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
  }

  async readBlob(descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const { digest: what, size } = descriptor;
    signal.throwIfAborted();
    if (size > maxBytes) throw new AppError('registry.tooLarge', { what, limit: maxBytes });
    const bytes = await this.#readChecked(what, maxBytes);
    if (bytes.length !== size)
      throw new AppError('registry.sizeMismatch', { what, wanted: size, received: bytes.length });
    return bytes;
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
        const state = await this.#readFile('index.json', maxIndexBytes);
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

  /**
   * Finds referrers as the reference implementation does, by walking every manifest the layout lists and looking for a `subject` that
   * equals the digest; there is no referrers index in a layout.
   */
  async listReferrers(
    subject: Digest,
    options: { artifactType?: string; limit: number },
    signal: AbortSignal,
  ): Promise<ReferrersAnswer> {
    const { nodes, truncated } = await this.#walk(signal);
    const referrers: Referrer[] = nodes
      .filter((node) => node.subject?.digest === subject)
      .filter(({ listed }) => options.artifactType === undefined || listed.artifactType === options.artifactType)
      .map(({ listed }) => ({ descriptor: listed, via: ['layout'] }));
    return {
      questions: [{ asked: 'layout', what: `${this.name}/index.json`, items: referrers.length }],
      referrers: referrers.slice(0, options.limit),
      truncated: truncated || referrers.length > options.limit,
    };
  }

  async #walk(signal: AbortSignal): Promise<{ nodes: readonly KnownManifest[]; truncated: boolean }> {
    const queue: Descriptor[] = (await this.#readIndex()).entries.map(({ descriptor }) => descriptor);
    const seen = new Set<Digest>();
    const nodes: KnownManifest[] = [];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (seen.has(next.digest)) continue;
      if (seen.size >= maxNodes) return { nodes, truncated: true };
      signal.throwIfAborted();
      seen.add(next.digest);
      const node = await this.#know(next);
      if (!node) continue;
      nodes.push(node);
      queue.push(...node.manifests, ...(node.subject ? [node.subject] : []));
    }
    return { nodes, truncated: false };
  }

  /** Reads a manifest once. One that is missing or broken is no referrer of anything. */
  async #know(descriptor: Descriptor): Promise<KnownManifest | undefined> {
    const { digest, mediaType } = descriptor;
    const known = this.#known.get(digest);
    if (known) return known;
    let manifest: ParsedManifest;
    let size: number;
    try {
      const bytes = await this.#readChecked(digest, maxManifestBytes);
      manifest = parseManifest(bytes, mediaType, digest);
      size = bytes.length;
    } catch (error) {
      if (isAppError(error)) return undefined;
      throw error;
    }
    const artifactType = listedTypeOf(manifest);
    const listed = {
      mediaType,
      digest,
      size,
      annotations: manifest.annotations,
      ...(artifactType && { artifactType }),
    };
    const node = { listed, manifests: manifest.manifests, ...(manifest.subject && { subject: manifest.subject }) };
    if (this.#known.size >= maxNodes) this.#known.clear();
    this.#known.set(digest, node);
    return node;
  }

  /** As in the reference implementation, the last entry with a tag counts. */
  async #digestOfTag(tag: string): Promise<Digest> {
    const entry = (await this.#readIndex()).entries.findLast((candidate) => candidate.tag === tag);
    if (!entry) throw new AppError('registry.notFound', { host: this.name, what: tag });
    return entry.descriptor.digest;
  }

  async #mediaTypeOf(digest: Digest): Promise<string | undefined> {
    const known = this.#known.get(digest)?.listed;
    return (
      known?.mediaType ??
      (await this.#readIndex()).entries.find(({ descriptor }) => descriptor.digest === digest)?.descriptor.mediaType
    );
  }

  #pathOf(digest: Digest): string {
    return `blobs/${algorithmOf(digest)}/${hexOf(digest)}`;
  }

  async #readChecked(digest: Digest, maxBytes: number): Promise<Uint8Array> {
    const state = await this.#readFile(this.#pathOf(digest), maxBytes);
    if (!state) throw new AppError('registry.notFound', { host: this.name, what: digest });
    const received = recomputeDigest(state.bytes, digest);
    if (received !== digest) throw new AppError('registry.digestMismatch', { what: digest, wanted: digest, received });
    return state.bytes;
  }

  /** Blobs are read-only once stored. One that is there but damaged is replaced. */
  async #writeBlob(digest: Digest, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(digest);
    const present = await this.#readFile(path, bytes.length + 1).catch(() => undefined);
    if (present && recomputeDigest(present.bytes, digest) === digest) return;
    await this.#directory.write(path, bytes, { mode: 0o444 });
  }

  async #readIndex(): Promise<LayoutIndex> {
    const state = await this.#readFile('index.json', maxIndexBytes);
    if (!state) throw new AppError('layout.notALayout', { path: this.name, fault: 'there is no index.json' });
    return parseLayoutIndex(state.bytes, this.name);
  }

  async #readFile(path: string, maxBytes: number): ReturnType<Directory['read']> {
    try {
      return await this.#directory.read(path, { maxBytes });
    } catch (error) {
      if (isAppError(error, 'file.tooLarge'))
        throw new AppError('registry.tooLarge', { what: path, limit: maxBytes }, { cause: error });
      if (isAppError(error))
        throw new AppError('layout.unreadable', { path: this.name, fault: `${path}: ${error.code}` }, { cause: error });
      throw error;
    }
  }
}
