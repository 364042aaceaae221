import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import type { TarFile } from '../archive/write-tar.ts';
import type { FileReader } from '../ports.ts';
import { computeDigest } from './compute-digest.ts';
import { LayoutArchive, type ArchiveForm } from './layout-archive.ts';
import { LayoutReading, maxIndexBytes } from './layout-reading.ts';
import type { PushedManifest, Repository } from './repository.ts';
import { UnsavedAdditions } from './unsaved-additions.ts';
import { toUnpackedLayout, type UnpackedLayout } from './unpacked-layout.ts';

type PushedReferrer = Parameters<Repository['pushReferrer']>[0];

/**
 * An OCI image layout in a tar archive: all that a folder can be asked. Nothing is ever written into the archive; what is pushed is
 * kept in memory until {@link copyFiles} was saved as an archive or folder of its own.
 */
export class ArchiveRepository extends LayoutReading implements Repository {
  readonly #archive: LayoutArchive;
  readonly #additions: UnsavedAdditions;

  constructor(file: FileReader) {
    const archive = new LayoutArchive(file);
    const additions = new UnsavedAdditions(archive);
    super(additions);
    this.#archive = archive;
    this.#additions = additions;
  }

  get unpacked(): UnpackedLayout {
    return toUnpackedLayout(this.name, this.#archive.root);
  }

  /** How many manifests were added and not saved. */
  get unsaved(): number {
    return this.#additions.count;
  }

  /** Forgets what was added, when it was saved elsewhere. */
  forgetUnsaved(): void {
    this.#additions.clear();
  }

  /** How it is packed, and in which folder of the archive it lies. @throws AppError `archive.*`, `layout.*` */
  async describe(): Promise<{ form: ArchiveForm; root: string }> {
    const form = await this.#archive.form();
    return { form, root: this.#archive.root };
  }

  async pushBlob(mediaType: string, bytes: Uint8Array, signal: AbortSignal): Promise<Descriptor> {
    signal.throwIfAborted();
    const digest = computeDigest(bytes);
    this.#additions.addBlob(this.pathOf(digest), bytes);
    return Promise.resolve({ mediaType, digest, size: bytes.length });
  }

  async pushReferrer(manifest: PushedReferrer, signal: AbortSignal): Promise<PushedManifest> {
    const { mediaType, artifactType, bytes, annotations } = manifest;
    const descriptor = { ...(await this.pushBlob(mediaType, bytes, signal)), artifactType, annotations };
    this.#additions.addEntry(descriptor);
    return { descriptor, indexedBy: 'layout', warnings: [] };
  }

  /**
   * Every file of the layout with what was added, for a copy: first what makes it a layout, then the blobs, each checked against its
   * name on the way.
   * @throws AppError `registry.digestMismatch`, `archive.*`, `layout.*`
   */
  async *copyFiles(signal: AbortSignal): AsyncGenerator<TarFile> {
    for (const path of ['oci-layout', 'index.json']) {
      const bytes = (await this.readFile(path, maxIndexBytes))?.bytes ?? new Uint8Array();
      yield toTarFile(path, bytes);
    }
    const archived = await this.#archive.list(signal);
    for (const [path, { size }] of archived) {
      if (!path.startsWith('blobs/')) continue;
      yield { path, size, content: () => this.#checked(path, signal) };
    }
    for (const [path, bytes] of this.#additions.blobs) if (!archived.has(path)) yield toTarFile(path, bytes);
  }

  async *#checked(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const [, algorithm = '', hex = ''] = path.split('/');
    const named = `${algorithm}:${hex}`;
    if (!isDigest(named))
      throw new AppError('archive.malformed', { fault: `${path.slice(0, 200)} is not named by a digest` });
    const hash = createHash(algorithm);
    for await (const bytes of this.#archive.stream(path, signal)) {
      hash.update(bytes);
      yield bytes;
    }
    const received = `${algorithm}:${hash.digest('hex')}` as Digest;
    if (received !== named) throw new AppError('registry.digestMismatch', { what: path, wanted: named, received });
  }
}

function toTarFile(path: string, bytes: Uint8Array): TarFile {
  async function* content(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  return { path, size: bytes.length, content };
}
