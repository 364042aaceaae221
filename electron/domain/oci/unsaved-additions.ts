import { AppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { LayoutArchive } from './layout-archive.ts';
import { parseLayoutIndex, withLayoutEntry } from './layout-index.ts';
import type { LayoutFiles } from './layout-reading.ts';

const maxBytes = 64 * 1024 * 1024;

/** A layout in an archive with what was added to it in memory, for as long as it is not saved as a copy. */
export class UnsavedAdditions implements LayoutFiles {
  readonly #archive: LayoutArchive;
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #entries = new Map<string, Descriptor>();
  #size = 0;

  constructor(archive: LayoutArchive) {
    this.#archive = archive;
  }

  get path(): string {
    return this.#archive.path;
  }

  /** Manifests that stand in no archive yet. */
  get count(): number {
    return this.#entries.size;
  }

  /** Blobs by path, beside those of the archive. */
  get blobs(): ReadonlyMap<string, Uint8Array> {
    return this.#blobs;
  }

  /** @throws AppError `registry.tooLarge` */
  addBlob(path: string, bytes: Uint8Array): void {
    if (this.#blobs.has(path)) return;
    this.#size += bytes.length;
    if (this.#size > maxBytes) throw new AppError('registry.tooLarge', { what: this.path, limit: maxBytes });
    this.#blobs.set(path, bytes);
  }

  addEntry(descriptor: Descriptor): void {
    this.#entries.set(descriptor.digest, descriptor);
  }

  clear(): void {
    this.#blobs.clear();
    this.#entries.clear();
    this.#size = 0;
  }

  async read(path: string, options: { readonly maxBytes?: number } = {}): Promise<{ bytes: Uint8Array } | undefined> {
    const added = this.#blobs.get(path);
    if (added) return { bytes: added };
    const read = await this.#archive.read(path, options);
    if (!read || path !== 'index.json') return read;
    let { bytes } = read;
    for (const descriptor of this.#entries.values())
      bytes = withLayoutEntry(parseLayoutIndex(bytes, this.path), descriptor) ?? bytes;
    return { bytes };
  }
}
