import { AppError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../shared/model/digest.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { listedTypeOf, parseManifest } from '../domain/oci/manifest.ts';
import type {
  Manifest,
  PushedManifest,
  Referrer,
  ReferrersAnswer,
  ReferrersPage,
  Repository,
} from '../domain/oci/repository.ts';

type PushedReferrer = Parameters<Repository['pushReferrer']>[0];

/** A repository in memory behind the port, whose listing and answers can be made to lie or fail. */
export class MemoryRepository implements Repository {
  readonly kind: 'registry' | 'layout';
  readonly name: string;
  readonly manifests = new Map<string, Manifest>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly tags = new Map<string, Digest>();
  /** Referrers by subject, in listing order; tests may add what was never pushed. */
  readonly listed = new Map<string, Referrer[]>();
  /** Thrown instead of an answer about this digest. */
  readonly failures = new Map<string, Error>();
  /** Runs before a referrer is pushed and after it was stored, to lose a connection or move a tag. */
  onPush: (stage: 'before' | 'after') => void = () => undefined;

  constructor(kind: 'registry' | 'layout', name: string) {
    this.kind = kind;
    this.name = name;
  }

  /** Stores a manifest and points a tag at it. */
  addManifest(mediaType: string, bytes: Uint8Array, tag?: string): Descriptor {
    const descriptor: Descriptor = { mediaType, digest: computeDigest(bytes), size: bytes.length };
    this.manifests.set(descriptor.digest, { descriptor, bytes });
    if (tag !== undefined) this.tags.set(tag, descriptor.digest);
    return descriptor;
  }

  async resolve(reference: string, signal: AbortSignal): Promise<Descriptor> {
    return (await this.readManifest(reference, signal)).descriptor;
  }

  async readManifest(reference: string, signal: AbortSignal): Promise<Manifest> {
    signal.throwIfAborted();
    const digest = isDigest(reference) ? reference : this.tags.get(reference);
    this.#failFor(digest ?? reference);
    const manifest = this.manifests.get(digest ?? '');
    if (!manifest) throw new AppError('registry.notFound', { host: this.name, what: reference });
    return manifest;
  }

  async readBlob(descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    this.#failFor(descriptor.digest);
    if (descriptor.size > maxBytes)
      throw new AppError('registry.tooLarge', { what: descriptor.digest, limit: maxBytes });
    const bytes = this.blobs.get(descriptor.digest);
    if (!bytes) throw new AppError('registry.notFound', { host: this.name, what: descriptor.digest });
    return bytes;
  }

  async pushBlob(mediaType: string, bytes: Uint8Array, signal: AbortSignal): Promise<Descriptor> {
    signal.throwIfAborted();
    const descriptor: Descriptor = { mediaType, digest: computeDigest(bytes), size: bytes.length };
    this.blobs.set(descriptor.digest, bytes);
    return descriptor;
  }

  async pushReferrer(manifest: PushedReferrer, signal: AbortSignal): Promise<PushedManifest> {
    signal.throwIfAborted();
    this.onPush('before');
    const { mediaType, artifactType, bytes, subject, annotations } = manifest;
    const descriptor = { ...this.addManifest(mediaType, bytes), artifactType, annotations };
    this.list(subject.digest, descriptor);
    this.onPush('after');
    return { descriptor, indexedBy: this.kind === 'layout' ? 'layout' : 'registry', warnings: [] };
  }

  /** Lists a descriptor under a subject, whatever it is. */
  list(
    subject: Digest,
    descriptor: Descriptor,
    via: Referrer['via'] = [this.kind === 'layout' ? 'layout' : 'api'],
  ): void {
    const others = (this.listed.get(subject) ?? []).filter(
      (referrer) => referrer.descriptor.digest !== descriptor.digest,
    );
    this.listed.set(subject, [...others, { descriptor, via }]);
  }

  async listReferrers(
    subject: Digest,
    options: { artifactType?: string; limit: number },
    signal: AbortSignal,
  ): Promise<ReferrersAnswer> {
    signal.throwIfAborted();
    const all = (this.listed.get(subject) ?? []).filter(
      ({ descriptor }) => !options.artifactType || this.#typeOf(descriptor) === options.artifactType,
    );
    const referrers = all.slice(0, options.limit);
    const asked = this.kind === 'layout' ? 'layout' : 'api';
    return {
      questions: [{ asked, what: subject, status: 200, items: all.length }],
      referrers,
      truncated: all.length > options.limit,
    };
  }

  /** Pages of two. */
  async listReferrersPage(subject: Digest, cursor: string | undefined, signal: AbortSignal): Promise<ReferrersPage> {
    const { questions, referrers } = await this.listReferrers(subject, { limit: 100_000 }, signal);
    const start = Number(cursor ?? 0);
    return {
      questions: start === 0 ? questions : [],
      referrers: referrers.slice(start, start + 2).map((referrer) => ({ ...referrer, listings: 1 })),
      unreadable: 0,
      ...(referrers.length > start + 2 && { nextCursor: String(start + 2) }),
    };
  }

  #typeOf(descriptor: Descriptor): string | undefined {
    const manifest = this.manifests.get(descriptor.digest);
    return (
      descriptor.artifactType ??
      (manifest && listedTypeOf(parseManifest(manifest.bytes, descriptor.mediaType, descriptor.digest)))
    );
  }

  #failFor(what: string): void {
    const failure = this.failures.get(what);
    if (failure) throw failure;
  }
}
