import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { UnpackedLayout } from './unpacked-layout.ts';

/** A manifest as received: the bytes hash to `descriptor.digest`. */
export interface Manifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

export interface ReferrersQuestion {
  readonly asked: 'api' | 'tag' | 'layout';
  readonly what: string;
  readonly status?: number;
  readonly items: number;
}
export interface Referrer {
  readonly descriptor: Descriptor;
  /** Every way it was told of. */
  readonly via: readonly ReferrersQuestion['asked'][];
}
export interface ReferrersAnswer {
  readonly questions: readonly ReferrersQuestion[];
  /** In listing order, merged by digest. */
  readonly referrers: readonly Referrer[];
  readonly truncated: boolean;
}

/** One page of the direct referrers of a digest. */
export interface ReferrersPage {
  /** What was asked for the first page. */
  readonly questions: readonly ReferrersQuestion[];
  /** In listing order, merged by digest; `listings` is how often one listing names it. */
  readonly referrers: readonly (Referrer & { readonly listings: number })[];
  /** Entries that are no well-formed descriptors. */
  readonly unreadable: number;
  readonly nextCursor?: string;
}

export interface PushedManifest {
  readonly descriptor: Descriptor;
  /** How a reader will find it under its subject. */
  readonly indexedBy: 'registry' | 'tagIndex' | 'layout';
  readonly warnings: readonly { code: string; details: Record<string, unknown> }[];
}

export interface ReadManifestOptions {
  /** Whether a manifest asked for by digest may be one that was read and checked before, though it may be gone by now. */
  readonly mayBeKnown?: boolean;
}
export interface PushBlobOptions {
  /** `absent`: nobody can have these bytes yet, so they are sent without asking. `kept`: once there they stay, so that is asked only once. */
  readonly expected?: 'absent' | 'kept';
}

/**
 * One repository of a registry, or one OCI image layout: equal targets for everything above.
 * Every answer was checked against its digest and its size cap before it is given back.
 * @throws AppError `registry.*`, `layout.*`
 */
export interface Repository {
  readonly kind: 'registry' | 'layout';
  /** Of a layout in an archive, which can only be read: what the CLI needs. */
  readonly unpacked?: UnpackedLayout;
  /** Whether it is spoken to over plain HTTP where the CLI does so only when told to. */
  readonly insecure?: boolean;
  /** `<registry>/<repository>`, or the layout's path: what stands before `@` in a full reference. */
  readonly name: string;
  /** What a tag or digest points at. By digest, the descriptor's digest is the one asked for. */
  resolve(reference: string, signal: AbortSignal): Promise<Descriptor>;
  /** Manifest or index of at most 4 MiB by digest or tag; the tag is resolved by the bytes received. */
  readManifest(reference: string, signal: AbortSignal, options?: ReadManifestOptions): Promise<Manifest>;
  /** A blob of exactly the descriptor's size and digest, at most `maxBytes`; maybe one that was read and checked before. */
  readBlob(descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Pushes a blob unless it is there. */
  pushBlob(mediaType: string, bytes: Uint8Array, signal: AbortSignal, options?: PushBlobOptions): Promise<Descriptor>;
  /** Pushes a manifest that has a subject, and makes it findable under the subject without losing a concurrent signer's entry. */
  pushReferrer(
    manifest: {
      mediaType: string;
      artifactType: string;
      bytes: Uint8Array;
      subject: Descriptor;
      annotations: Record<string, string>;
    },
    signal: AbortSignal,
  ): Promise<PushedManifest>;
  /** Direct referrers of a digest: through the referrers API and the tag schema, merged; `artifactType` filters on the listing's own field, as the reference does. */
  listReferrers(
    subject: Digest,
    options: { artifactType?: string; limit: number },
    signal: AbortSignal,
  ): Promise<ReferrersAnswer>;
  /** The same a page at a time, so that the first rows need not wait for the last; `cursor` is `nextCursor` of the page before. */
  listReferrersPage(subject: Digest, cursor: string | undefined, signal: AbortSignal): Promise<ReferrersPage>;
}

/** Finds the repository a contract call names. Services get one of these from the composition root. */
export interface RepositoryFinder {
  /** @throws AppError `registry.sourceNotFound`, `registry.badReference` */
  open(sourceId: string, repository: string): Promise<Repository>;
}
