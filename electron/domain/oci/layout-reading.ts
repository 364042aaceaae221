import { AppError, isAppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { algorithmOf, hexOf, isDigest, type Digest } from '../../../shared/model/digest.ts';
import { recomputeDigest } from './compute-digest.ts';
import { parseLayoutIndex, parseLayoutMarker, type LayoutIndex } from './layout-index.ts';
import { listedTypeOf, maxManifestBytes, mediaTypeOfBody, parseManifest, type ParsedManifest } from './manifest.ts';
import type { Manifest, Referrer, ReferrersAnswer, ReferrersPage } from './repository.ts';

interface LayoutFile {
  readonly bytes: Uint8Array;
  /** Names this state of the file, where it can be changed. */
  readonly revision?: string;
}

/** The files of a layout, wherever they lie. Nothing about them was checked. */
export interface LayoutFiles {
  /** Where the layout is, for display and for references. */
  readonly path: string;
  /** Undefined when there is no such file. @throws AppError */
  read(path: string, options?: { readonly maxBytes?: number }): Promise<LayoutFile | undefined>;
}

/** What a manifest of a layout says of itself; kept by digest, which never changes. */
interface KnownManifest {
  readonly subject?: Descriptor;
  readonly listed: Descriptor;
  readonly manifests: readonly Descriptor[];
}

export const maxIndexBytes = 32 * 1024 * 1024;
const maxNodes = 20_000;
const pageSize = 500;

/**
 * Reading an OCI image layout (image specification, "Image Layout"), in a folder or in an archive. Every blob read is checked against
 * its name. `index.json` may be rewritten by other programs at any time; it is read anew for each question.
 * @throws AppError `layout.*`, `archive.*`, `registry.notFound`, `registry.digestMismatch`, `registry.badManifest`, `file.*`
 */
export class LayoutReading {
  readonly kind = 'layout';
  readonly name: string;
  readonly #files: LayoutFiles;
  readonly #known = new Map<Digest, KnownManifest>();

  constructor(files: LayoutFiles) {
    this.name = files.path;
    this.#files = files;
  }

  /** Whether the folder is a layout of a version we know. @throws AppError `layout.notALayout`, `layout.unreadable` */
  async assertIsLayout(): Promise<void> {
    const path = this.name;
    const marker = await this.readFile('oci-layout', 4096);
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

  /** Everything is at hand after one walk, so a page is a part of it; the cursor is where the next one starts. */
  async listReferrersPage(subject: Digest, cursor: string | undefined, signal: AbortSignal): Promise<ReferrersPage> {
    const start = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 0;
    const { questions, referrers } = await this.listReferrers(subject, { limit: maxNodes }, signal);
    const end = start + pageSize;
    return {
      questions: start === 0 ? questions : [],
      referrers: referrers.slice(start, end).map((referrer) => ({ ...referrer, listings: 1 })),
      unreadable: 0,
      ...(referrers.length > end && { nextCursor: String(end) }),
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

  protected pathOf(digest: Digest): string {
    return `blobs/${algorithmOf(digest)}/${hexOf(digest)}`;
  }

  async #readChecked(digest: Digest, maxBytes: number): Promise<Uint8Array> {
    const state = await this.readFile(this.pathOf(digest), maxBytes);
    if (!state) throw new AppError('registry.notFound', { host: this.name, what: digest });
    const received = recomputeDigest(state.bytes, digest);
    if (received !== digest) throw new AppError('registry.digestMismatch', { what: digest, wanted: digest, received });
    return state.bytes;
  }

  async #readIndex(): Promise<LayoutIndex> {
    const state = await this.readFile('index.json', maxIndexBytes);
    if (!state) throw new AppError('layout.notALayout', { path: this.name, fault: 'there is no index.json' });
    return parseLayoutIndex(state.bytes, this.name);
  }

  protected async readFile(path: string, maxBytes: number): ReturnType<LayoutFiles['read']> {
    try {
      return await this.#files.read(path, { maxBytes });
    } catch (error) {
      if (isAppError(error, 'file.tooLarge'))
        throw new AppError('registry.tooLarge', { what: path, limit: maxBytes }, { cause: error });
      if (isAppError(error) && (error.code.startsWith('archive.') || error.code.startsWith('layout.'))) throw error;
      if (isAppError(error))
        throw new AppError(
          'layout.unreadable',
          { path: this.name, fault: `${path}: ${error.code}`, error: toWireError(error) },
          { cause: error },
        );
      throw error;
    }
  }
}
