import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { Manifest, ReferrersAnswer, Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import type { UnpackedLayout } from '../domain/oci/unpacked-layout.ts';
import type { Clock } from '../domain/ports.ts';
import type { EnvelopeBytes } from '../domain/verify/integrity.ts';

const maxArtifacts = 200;
const maxBytes = 32 * 1024 * 1024;

/** An artifact that was verified, with everything that was read for it. */
export interface RecentArtifact {
  readonly sourceId: string;
  readonly repository: string;
  /** The tag or digest that was asked for. */
  readonly reference: string;
  readonly manifest: Manifest;
  readonly at: Date;
  /** Its signatures' manifests and envelopes as they were, and nothing else; asks nobody. */
  readonly kept: Repository;
  readonly envelopes: readonly EnvelopeBytes[];
}

/** What was asked for is not kept: nobody read it when the artifact was verified. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

interface Contents {
  manifest: Manifest | undefined;
  reference: string;
  answer: ReferrersAnswer | undefined;
  readonly manifests: Map<string, Manifest>;
  /** Envelopes, by digest. */
  readonly blobs: Map<string, EnvelopeBytes>;
}

function sizeOf({ manifest, manifests, blobs }: Contents): number {
  let size = manifest?.bytes.length ?? 0;
  for (const { bytes } of manifests.values()) size += bytes.length;
  for (const { bytes } of blobs.values()) size += bytes.length;
  return size;
}

const refuse = (): Promise<never> => Promise.reject(new NotKept());

/** Gives back what was read, and asks nobody. */
class KeptRepository implements Repository {
  readonly kind: Repository['kind'];
  readonly name: string;
  readonly unpacked?: UnpackedLayout;
  readonly insecure: boolean;
  readonly #contents: Contents;
  readonly pushBlob = refuse;
  readonly pushReferrer = refuse;
  readonly listReferrersPage = refuse;

  constructor({ kind, name, unpacked, insecure = false }: Repository, contents: Contents) {
    this.insecure = insecure;
    this.kind = kind;
    this.name = name;
    if (unpacked) this.unpacked = unpacked;
    this.#contents = contents;
  }

  async resolve(reference: string): Promise<Manifest['descriptor']> {
    return (await this.readManifest(reference)).descriptor;
  }

  readManifest(reference: string): Promise<Manifest> {
    const { manifest, manifests } = this.#contents;
    const found = manifest?.descriptor.digest === reference ? manifest : manifests.get(reference);
    return found ? Promise.resolve(found) : refuse();
  }

  readBlob({ digest }: Descriptor): Promise<Uint8Array> {
    const envelope = this.#contents.blobs.get(digest);
    return envelope ? Promise.resolve(envelope.bytes) : refuse();
  }

  listReferrers(): Promise<ReferrersAnswer> {
    const { answer } = this.#contents;
    return answer ? Promise.resolve(answer) : refuse();
  }
}

/** Passes everything on, and tells what was read. */
class WatchedRepository implements Repository {
  readonly kind: Repository['kind'];
  readonly name: string;
  readonly unpacked?: UnpackedLayout;
  readonly insecure: boolean;
  readonly pushBlob: Repository['pushBlob'];
  readonly pushReferrer: Repository['pushReferrer'];
  readonly resolve: Repository['resolve'];
  readonly listReferrersPage: Repository['listReferrersPage'];
  readonly #repository: Repository;
  readonly #keep: (contents: Contents) => void;
  readonly #contents: Contents = {
    manifest: undefined,
    reference: '',
    answer: undefined,
    manifests: new Map(),
    blobs: new Map(),
  };

  constructor(repository: Repository, keep: (contents: Contents) => void) {
    this.#repository = repository;
    this.#keep = keep;
    this.kind = repository.kind;
    this.name = repository.name;
    this.insecure = repository.insecure ?? false;
    if (repository.unpacked) this.unpacked = repository.unpacked;
    this.pushBlob = repository.pushBlob.bind(repository);
    this.pushReferrer = repository.pushReferrer.bind(repository);
    this.resolve = repository.resolve.bind(repository);
    this.listReferrersPage = repository.listReferrersPage.bind(repository);
  }

  async readManifest(...[reference, signal, options]: Parameters<Repository['readManifest']>): Promise<Manifest> {
    const manifest = await this.#repository.readManifest(reference, signal, options);
    const contents = this.#contents;
    if (contents.manifest) contents.manifests.set(reference, manifest);
    else Object.assign(contents, { manifest, reference });
    this.#keep(contents);
    return manifest;
  }

  async readBlob(...[descriptor, limit, signal]: Parameters<Repository['readBlob']>): Promise<Uint8Array> {
    const bytes = await this.#repository.readBlob(descriptor, limit, signal);
    this.#contents.blobs.set(descriptor.digest, { mediaType: descriptor.mediaType, bytes });
    this.#keep(this.#contents);
    return bytes;
  }

  async listReferrers(
    ...[subject, options, signal]: Parameters<Repository['listReferrers']>
  ): Promise<ReferrersAnswer> {
    const answer = await this.#repository.listReferrers(subject, options, signal);
    const isAboutIt = subject === this.#contents.manifest?.descriptor.digest;
    if (isAboutIt && options.artifactType === mediaTypes.notarySignature) this.#contents.answer = answer;
    this.#keep(this.#contents);
    return answer;
  }
}

interface Remembered extends Omit<RecentArtifact, 'manifest' | 'envelopes'> {
  readonly contents: Contents;
  readonly size: number;
}

/**
 * The artifacts verified since Inkan started, with what was read for them: at most 200 and 32 MiB, the longest unseen going first. It
 * stands between the verifier and the repositories, and changes nothing on the way.
 */
export class RecentArtifacts implements RepositoryFinder {
  readonly #finder: RepositoryFinder;
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #remembered = new Map<string, Remembered>();

  constructor(finder: RepositoryFinder, clock: Clock) {
    this.#finder = finder;
    this.#clock = clock;
  }

  async open(sourceId: string, repository: string): Promise<Repository> {
    const opened = await this.#finder.open(sourceId, repository);
    return new WatchedRepository(opened, (contents) => this.#remember(sourceId, repository, opened, contents));
  }

  /** Newest first. */
  list(): readonly RecentArtifact[] {
    return [...this.#remembered.values()].reverse().flatMap(({ contents, ...artifact }) => {
      const { manifest } = contents;
      return manifest ? [{ ...artifact, manifest, envelopes: [...contents.blobs.values()] }] : [];
    });
  }

  #remember(sourceId: string, repository: string, opened: Repository, contents: Contents): void {
    const { manifest, reference } = contents;
    if (!manifest) return;
    const key = keyOf(sourceId, repository, manifest.descriptor.digest);
    const known = this.#remembered.get(key);
    // Until it has been asked about signatures, what was kept before is worth more.
    if (known && known.contents !== contents && !contents.answer) return;
    const artifact = known?.contents === contents ? known : undefined;
    this.#remembered.delete(key);
    this.#remembered.set(key, {
      sourceId,
      repository,
      reference,
      at: this.#clock.now(),
      contents,
      kept: artifact?.kept ?? new KeptRepository(opened, contents),
      size: sizeOf(contents),
    });
    this.#makeRoom();
  }

  #makeRoom(): void {
    let total = 0;
    for (const { size } of this.#remembered.values()) total += size;
    for (const [key, { size }] of this.#remembered) {
      if (this.#remembered.size <= maxArtifacts && total <= maxBytes) return;
      this.#remembered.delete(key);
      total -= size;
    }
  }
}

function keyOf(sourceId: string, repository: string, digest: Digest): string {
  return JSON.stringify([sourceId, repository, digest]);
}
