import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import { BoundedMemory } from '../bounded-memory.ts';
import { computeDigest, recomputeDigest } from '../oci/compute-digest.ts';
import { manifestMediaTypes, maxManifestBytes, mediaTypeOfBody, parseManifest } from '../oci/manifest.ts';
import { parseTagOrDigest } from '../oci/parse-reference.ts';
import type {
  Manifest,
  PushBlobOptions,
  PushedManifest,
  ReadManifestOptions,
  ReferrersAnswer,
  ReferrersPage,
  Repository,
} from '../oci/repository.ts';
import type { Random } from '../ports.ts';
import { FallbackIndex } from './fallback-index.ts';
import type { ExchangeResponse } from './http-exchange.ts';
import type { Operation } from './operation.ts';
import { PagedListing, type NamePage } from './paged-listing.ts';
import { listReferrers, listReferrersPage, readReferrersApi } from './referrers.ts';
import { needsInsecureFlag } from './registry-address.ts';
import { maxErrorBytes, type RegistryClient, type RegistryRequest } from './registry-client.ts';

type PushedReferrer = Parameters<Repository['pushReferrer']>[0];

/** What was read of a registry and fits its digest: manifests and small blobs by repository and digest. */
export type ContentMemory = BoundedMemory<{ readonly bytes: Uint8Array; readonly mediaType?: string }>;

/** What a website, a login page or a proxy before a registry answers with. */
const webPages: readonly string[] = ['text/html', 'application/xhtml+xml'];
const maxKnownBytes = 1024 * 1024;
const maxKept = 16;
/** How a registry refuses a manifest whose blobs it does not have. */
const refusals: readonly string[] = ['registry.refused', 'registry.notFound'];

/** A memory for all repositories of one registry, as one user sees it. */
export function createContentMemory(): ContentMemory {
  return new BoundedMemory({ maxEntries: 4000, maxSize: 32 * 1024 * 1024 });
}

/**
 * A repository of a registry (distribution specification 1.1). Tags and listings are asked for every time; what stands under a digest
 * is the same for ever, so it may be remembered.
 */
export class RemoteRepository implements Repository {
  readonly kind = 'registry';
  readonly name: string;
  readonly insecure: boolean;
  readonly #client: RegistryClient;
  readonly #repository: string;
  readonly #fallback: FallbackIndex;
  readonly #tags: PagedListing;
  readonly #content: ContentMemory;
  /** Blobs that were seen to be there and are not asked for again. */
  readonly #kept = new Map<Digest, Uint8Array>();

  /** @param repository - checked by `parseRepositoryName` */
  constructor(client: RegistryClient, random: Random, repository: string, content = createContentMemory()) {
    this.#content = content;
    this.#client = client;
    this.#repository = repository;
    this.name = `${client.address.host}/${repository}`;
    this.insecure = needsInsecureFlag(client.address);
    this.#fallback = new FallbackIndex(client, random, repository);
    this.#tags = new PagedListing(client, `/v2/${repository}/tags/list`, 'tags', this.#scope('pull'));
  }

  #scope(actions: 'pull' | 'pull,push'): string {
    return `repository:${this.#repository}:${actions}`;
  }

  #path(...parts: readonly string[]): string {
    return ['/v2', this.#repository, ...parts].join('/');
  }

  #reading(path: string, what: string, maxBytes: number): RegistryRequest {
    return { method: 'GET', path, what, maxBytes, scope: this.#scope('pull') };
  }

  async listTags(cursor: string | undefined, signal: AbortSignal): Promise<NamePage> {
    return await this.#tags.readPage(cursor, this.#client.startOperation(signal));
  }

  async resolve(reference: string, signal: AbortSignal): Promise<Descriptor> {
    return (await this.readManifest(reference, signal)).descriptor;
  }

  async readManifest(
    reference: string,
    signal: AbortSignal,
    { mayBeKnown = false }: ReadManifestOptions = {},
  ): Promise<Manifest> {
    const operation = this.#client.startOperation(signal);
    const what = parseTagOrDigest(reference);
    const known = mayBeKnown && isDigest(what) ? this.#content.get(this.#path('manifests', what)) : undefined;
    if (known?.mediaType !== undefined && isDigest(what)) {
      const { bytes, mediaType } = known;
      return { descriptor: { mediaType, digest: what, size: bytes.length }, bytes };
    }
    const request = {
      ...this.#reading(this.#path('manifests', what), what, maxManifestBytes),
      headers: { accept: manifestMediaTypes.join(', ') },
    };
    const response = await this.#client.expect(request, [200], operation);
    const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
    if (webPages.includes(mediaType.toLowerCase()))
      throw new AppError('registry.webPage', { host: this.#client.address.host, what });
    const digest = this.#checkDigest(response, what);
    parseManifest(response.body, mediaType, what);
    // The digest vouches for a media type only where the body tells it.
    if (mayBeKnown && mediaTypeOfBody(response.body) === mediaType)
      this.#remember('manifests', digest, response.body, mediaType);
    return { descriptor: { mediaType, digest, size: response.body.length }, bytes: response.body };
  }

  /** Keeps a copy: received bytes may be part of a larger buffer. */
  #remember(kind: 'manifests' | 'blobs', digest: Digest, bytes: Uint8Array, mediaType?: string): void {
    if (bytes.length > maxKnownBytes) return;
    const content = { bytes: Uint8Array.from(bytes), ...(mediaType && { mediaType }) };
    this.#content.set(this.#path(kind, digest), content, bytes.length);
  }

  /** Our own hash decides; what was asked for and what the registry claims must equal it (rule V-04). */
  #checkDigest(response: ExchangeResponse, what: string): Digest {
    const claimed = response.headers['docker-content-digest'];
    for (const wanted of [what, claimed]) {
      if (!isDigest(wanted)) continue;
      const received = recomputeDigest(response.body, wanted);
      if (received !== wanted) throw new AppError('registry.digestMismatch', { what, wanted, received });
    }
    return isDigest(what) ? what : computeDigest(response.body);
  }

  async readBlob(descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const { digest: what, size } = descriptor;
    if (size > maxBytes) throw new AppError('registry.tooLarge', { what, limit: maxBytes });
    const operation = this.#client.startOperation(signal);
    const path = this.#path('blobs', what);
    const known = this.#content.get(path);
    if (known?.bytes.length === size) return known.bytes;
    const response = await this.#client.expect(this.#reading(path, what, maxBytes), [200], operation);
    const received = response.body.length;
    if (received !== size) throw new AppError('registry.sizeMismatch', { what, wanted: size, received });
    const digest = recomputeDigest(response.body, what);
    if (digest !== what) throw new AppError('registry.digestMismatch', { what, wanted: what, received: digest });
    this.#remember('blobs', what, response.body);
    return response.body;
  }

  async pushBlob(
    mediaType: string,
    bytes: Uint8Array,
    signal: AbortSignal,
    { expected }: PushBlobOptions = {},
  ): Promise<Descriptor> {
    const operation = this.#client.startOperation(signal, 'blobPush');
    const digest = computeDigest(bytes);
    const descriptor = { mediaType, digest, size: bytes.length };
    if (expected === 'kept' && this.#kept.has(digest)) return descriptor;
    const isThere = expected !== 'absent' && (await this.#hasBlob(digest, operation));
    if (!isThere) await this.#uploadBlob(digest, bytes, operation);
    if (expected === 'kept' && this.#kept.size < maxKept) this.#kept.set(digest, bytes);
    return descriptor;
  }

  async #hasBlob(digest: Digest, operation: Operation): Promise<boolean> {
    const request = { ...this.#reading(this.#path('blobs', digest), digest, 0), method: 'HEAD' } as const;
    const response = await this.#client.ask(request, operation);
    if (response.status === 200) return true;
    if (response.status === 404) return false;
    throw this.#client.toStatusError(response, digest);
  }

  /** POST, then PUT (distribution specification, "POST then PUT"). The upload must stay at the registry's origin (rule V-11). */
  async #uploadBlob(digest: Digest, bytes: Uint8Array, operation: Operation): Promise<void> {
    const { host } = this.#client.address;
    const writing = { maxBytes: maxErrorBytes, what: digest, scope: this.#scope('pull,push') };
    const started = await this.#client.expect(
      { ...writing, method: 'POST', path: `${this.#path('blobs', 'uploads')}/` },
      [202],
      operation,
    );
    const location = started.headers['location'];
    if (location === undefined)
      throw new AppError('registry.badAnswer', { host, what: digest, fault: '202 without Location' });
    const url = this.#client.ownUrl(location, started.url);
    if (!url)
      throw new AppError('registry.badRedirect', {
        host,
        target: location.split('?')[0]?.slice(0, 300) ?? '',
        fault: 'upload to another origin',
      });
    url.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    try {
      const response = await this.#client.expect(
        { ...writing, method: 'PUT', path: url.href, headers, body: bytes },
        [201],
        operation,
      );
      this.#checkPushed(response, digest);
    } catch (error) {
      if (!isAppError(error) || !error.retryable || !(await this.#hasBlob(digest, operation))) throw error;
    }
  }

  #checkPushed(response: ExchangeResponse, digest: Digest): void {
    const received = response.headers['docker-content-digest'];
    if (received !== undefined && received !== digest) {
      throw new AppError('registry.digestMismatch', { what: digest, wanted: digest, received: received.slice(0, 200) });
    }
  }

  async pushReferrer(manifest: PushedReferrer, signal: AbortSignal): Promise<PushedManifest> {
    const operation = this.#client.startOperation(signal);
    const { mediaType, artifactType, bytes, subject, annotations } = manifest;
    const digest = computeDigest(bytes);
    const descriptor: Descriptor = { mediaType, digest, size: bytes.length, artifactType, annotations };
    const put = (): Promise<string | undefined> => this.#putManifest(mediaType, bytes, digest, operation);
    const indexedSubject = await put().catch(async (error: unknown) => {
      if (!(await this.#restoreKept(error, operation))) throw error;
      return await put();
    });
    if (indexedSubject === subject.digest || (await this.#isListed(subject.digest, digest, operation))) {
      return { descriptor, indexedBy: 'registry', warnings: [] };
    }
    const { warnings } = await this.#fallback.add(subject.digest, descriptor, operation);
    return { descriptor, indexedBy: 'tagIndex', warnings };
  }

  /** After a manifest was refused, puts back those of its blobs that were there once and were not asked for again; whether there were any. */
  async #restoreKept(error: unknown, operation: Operation): Promise<boolean> {
    const kept = [...this.#kept];
    if (kept.length === 0 || !isAppError(error) || !refusals.includes(error.code)) return false;
    this.#kept.clear();
    let restored = false;
    for (const [digest, bytes] of kept) {
      if (await this.#hasBlob(digest, operation)) continue;
      await this.#uploadBlob(digest, bytes, operation);
      restored = true;
    }
    return restored;
  }

  /** Puts a manifest by digest, which may be repeated; gives what `OCI-Subject` says. When the answer was lost, the registry is asked for the truth. */
  async #putManifest(
    mediaType: string,
    bytes: Uint8Array,
    digest: Digest,
    operation: Operation,
  ): Promise<string | undefined> {
    const path = this.#path('manifests', digest);
    const request = {
      method: 'PUT',
      path,
      body: bytes,
      maxBytes: maxErrorBytes,
      what: digest,
      scope: this.#scope('pull,push'),
    } as const;
    try {
      const response = await this.#client.expect(
        { ...request, headers: { 'content-type': mediaType }, mayRepeat: true },
        [201],
        operation,
      );
      this.#checkPushed(response, digest);
      return response.headers['oci-subject'];
    } catch (error) {
      if (!isAppError(error) || !error.retryable) throw error;
      const headers = { accept: mediaType };
      const response = await this.#client.ask({ ...this.#reading(path, digest, maxManifestBytes), headers }, operation);
      if (response.status !== 200 || computeDigest(response.body) !== digest) throw error;
      return undefined;
    }
  }

  /** Whether the referrers API lists a manifest that was just put: some registries index without saying so. */
  async #isListed(subject: Digest, pushed: Digest, operation: Operation): Promise<boolean> {
    const answer = await readReferrersApi(this.#client, this.#repository, subject, { limit: 10_000 }, operation);
    return answer.supported && answer.descriptors.some(({ digest }) => digest === pushed);
  }

  async listReferrers(
    subject: Digest,
    options: { artifactType?: string; limit: number },
    signal: AbortSignal,
  ): Promise<ReferrersAnswer> {
    const operation = this.#client.startOperation(signal);
    return await listReferrers(this.#client, this.#repository, this.#fallback, subject, options, operation);
  }

  async listReferrersPage(subject: Digest, cursor: string | undefined, signal: AbortSignal): Promise<ReferrersPage> {
    const operation = this.#client.startOperation(signal);
    return await listReferrersPage(this.#client, this.#repository, this.#fallback, subject, cursor, operation);
  }
}
