import { AppError } from '../../../shared/errors/app-error.ts';
import { gunzip, isGzip } from '../archive/gunzip.ts';
import { readTar, type TarEntry } from '../archive/read-tar.ts';
import { FileTarInput, StreamTarInput, type TarInput } from '../archive/tar-input.ts';
import type { FileReader } from '../ports.ts';
import type { LayoutFiles } from './layout-reading.ts';

/** How a layout in a file is packed. */
export type ArchiveForm = 'tar' | 'tar.gz';

/** Where a file of the layout lies in the unpacked archive. */
export interface ArchivedFile {
  readonly offset: number;
  readonly size: number;
  /** Its content, when it is small and the archive is compressed. */
  readonly kept?: Uint8Array;
  /** A link or a special file where content should be. */
  readonly isContent: boolean;
}

interface ArchiveIndex {
  readonly mark: string;
  readonly form: ArchiveForm;
  /** The folder of the archive that the layout lies in; empty for the top. */
  readonly root: string;
  /** By path within the layout. */
  readonly files: ReadonlyMap<string, ArchivedFile>;
}

const maxKeptFileBytes = 512 * 1024;
const maxKeptBytes = 16 * 1024 * 1024;
const maxDecodedBytes = 64 * 1024 ** 3;
const readBytes = 1024 * 1024;
/** More than this is not what a compressed layout looks like: its layers are compressed already. */
const maxRatio = 200;
const spareBytes = 64 * 1024 * 1024;

const layoutFile = /^(?:oci-layout|index\.json|manifest\.json|repositories|blobs\/[a-z0-9]{1,32}\/[0-9a-f]{1,128})$/;
const onlyOnce = ['oci-layout', 'index.json'];

/** An archived name as a plain path; a leading `./` says nothing. @throws AppError `archive.unsafeEntry` */
function toPlainPath(name: string): string {
  const entry = name.slice(0, 512);
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name))
    throw new AppError('archive.unsafeEntry', { entry, fault: 'absolute' });
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new AppError('archive.unsafeEntry', { entry, fault: 'leavesFolder' });
  return parts.join('/');
}

/** Collects the files of a layout that lies at the top of an archive, or in one folder of it. */
class LayoutFinder {
  readonly #roots = new Map<string, Map<string, ArchivedFile>>();

  /** Whether an entry may belong to a layout; it is remembered then. */
  accepts(entry: TarEntry): { readonly root: string; readonly path: string } | undefined {
    const path = toPlainPath(entry.name);
    if (entry.kind === 'directory') return undefined;
    const [first = '', ...rest] = path.split('/');
    if (
      entry.kind !== 'file' &&
      (first === 'blobs' || rest[0] === 'blobs') &&
      rest.length < 3 &&
      !layoutFile.test(path)
    )
      throw new AppError('archive.unsafeEntry', { entry: path.slice(0, 512), fault: 'link' });
    if (layoutFile.test(path)) return { root: '', path };
    const below = rest.join('/');
    return layoutFile.test(below) ? { root: first, path: below } : undefined;
  }

  add({ root, path }: { root: string; path: string }, file: ArchivedFile): void {
    const files = this.#roots.get(root) ?? new Map<string, ArchivedFile>();
    if (onlyOnce.includes(path)) {
      const fault = files.has(path) ? 'duplicate' : file.isContent ? undefined : 'link';
      if (fault) throw new AppError('archive.unsafeEntry', { entry: path, fault });
    }
    files.set(path, file);
    this.#roots.set(root, files);
  }

  /** @throws AppError `layout.notALayout`, `layout.dockerArchive` */
  find(path: string): Pick<ArchiveIndex, 'root' | 'files'> {
    const refuse = (fault: string): AppError => new AppError('layout.notALayout', { path, fault });
    const top = this.#roots.get('');
    const layouts = [...this.#roots]
      .map(([root, files]) => ({ root, files }))
      .filter(({ files }) => files.has('oci-layout') && files.has('index.json'));
    const atTop = layouts.find(({ root }) => root === '');
    if (atTop) return atTop;
    const [only, other] = layouts;
    if (other) throw refuse('it holds more than one layout');
    if (only) return only;
    if (top?.has('manifest.json')) throw new AppError('layout.dockerArchive', { path });
    throw refuse('there is no oci-layout file with an index.json in it');
  }
}

/**
 * The files of an image layout that lies in a tar archive, plain or compressed. The archive is gone through once and once more when the
 * file has changed; nothing is unpacked to disk. A plain one is read by offset. Of a compressed one small files are kept (manifests and
 * signatures), and what is larger is found by decompressing again up to where it lies.
 * @throws AppError `archive.*`, `layout.*`, `file.*`
 */
export class LayoutArchive implements LayoutFiles {
  readonly path: string;
  readonly #file: FileReader;
  #index: Promise<ArchiveIndex> | undefined;
  #mark = '';
  #root = '';

  constructor(file: FileReader) {
    this.path = file.path;
    this.#file = file;
  }

  /** The folder of the archive that the layout lies in, as seen last. */
  get root(): string {
    return this.#root;
  }

  /** How it is packed, told from its content. */
  async form(signal?: AbortSignal): Promise<ArchiveForm> {
    return (await this.#current(signal)).form;
  }

  /** Every file of the layout, in the order of the archive. */
  async list(signal?: AbortSignal): Promise<ReadonlyMap<string, ArchivedFile>> {
    return (await this.#current(signal)).files;
  }

  async read(
    path: string,
    { maxBytes = Infinity }: { maxBytes?: number } = {},
    signal?: AbortSignal,
  ): Promise<{ bytes: Uint8Array } | undefined> {
    const index = await this.#current(signal);
    const file = index.files.get(path);
    if (!file) return undefined;
    if (!file.isContent) throw new AppError('archive.unsafeEntry', { entry: path, fault: 'link' });
    if (file.size > maxBytes) throw new AppError('file.tooLarge', { file: path, limit: maxBytes });
    if (file.kept) return { bytes: file.kept };
    const parts: Uint8Array[] = [];
    for await (const part of this.#contentOf(index, file)) parts.push(part);
    return { bytes: Buffer.concat(parts) };
  }

  /** The content of a listed file, a piece at a time. */
  async *stream(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const index = await this.#current(signal);
    const file = index.files.get(path);
    if (!file?.isContent) throw new AppError('archive.unsafeEntry', { entry: path, fault: 'link' });
    for await (const part of this.#contentOf(index, file)) {
      signal.throwIfAborted();
      yield part;
    }
  }

  async *#contentOf({ form }: ArchiveIndex, { offset, size, kept }: ArchivedFile): AsyncGenerator<Uint8Array> {
    if (kept) return yield kept;
    const { input, close } = await this.#open(form);
    try {
      await input.skip(offset);
      for (let left = size; left > 0;) {
        const bytes = await input.read(Math.min(left, readBytes));
        if (bytes.length === 0) throw new AppError('file.changedMeanwhile', { file: this.path });
        left -= bytes.length;
        yield bytes;
      }
    } finally {
      await close();
    }
  }

  /** What the archive holds now. */
  async #current(signal?: AbortSignal): Promise<ArchiveIndex> {
    const { mark } = await this.#look();
    if (this.#index === undefined || this.#mark !== mark) {
      this.#mark = mark;
      const index = this.#goThrough(mark, signal ?? new AbortController().signal);
      this.#index = index;
      index.catch(() => {
        if (this.#index === index) this.#index = undefined;
      });
    }
    return await this.#index;
  }

  async #look(): Promise<{ size: number; mark: string }> {
    const found = await this.#file.look();
    if (!found) throw new AppError('layout.unreadable', { path: this.path, fault: 'the file is not there' });
    return found;
  }

  async #goThrough(mark: string, signal: AbortSignal): Promise<ArchiveIndex> {
    const form = isGzip(await this.#file.read(0, 3)) ? 'tar.gz' : 'tar';
    const { input, close } = await this.#open(form);
    try {
      const found = await this.#findFiles(input, form, signal);
      if ((await this.#look()).mark !== mark) throw new AppError('file.changedMeanwhile', { file: this.path });
      this.#root = found.root;
      return { mark, form, ...found };
    } finally {
      await close();
    }
  }

  async #findFiles(
    input: TarInput & { drain?(): Promise<void> },
    form: ArchiveForm,
    signal: AbortSignal,
  ): Promise<Pick<ArchiveIndex, 'root' | 'files'>> {
    const finder = new LayoutFinder();
    let keepable = maxKeptBytes;
    for await (const entry of readTar(input, signal)) {
      const place = finder.accepts(entry);
      if (!place) continue;
      const { offset, size, kind } = entry;
      const isContent = kind === 'file';
      const keep = form === 'tar.gz' && isContent && size <= Math.min(maxKeptFileBytes, keepable);
      if (keep) keepable -= size;
      const kept = keep ? { kept: Uint8Array.from(await input.read(size)) } : {};
      finder.add(place, { offset, size, isContent, ...kept });
    }
    await input.drain?.();
    return finder.find(this.path);
  }

  async #open(form: ArchiveForm): Promise<{ input: TarInput; close: () => Promise<void> }> {
    const { size } = await this.#look();
    if (form === 'tar') return { input: new FileTarInput(this.#file, size), close: async () => undefined };
    const limit = Math.min(maxDecodedBytes, size * maxRatio + spareBytes);
    const input = new StreamTarInput(gunzip(this.#readAll(), limit));
    return { input, close: () => input.close() };
  }

  async *#readAll(): AsyncGenerator<Uint8Array> {
    for (let offset = 0; ;) {
      const bytes = await this.#file.read(offset, readBytes);
      if (bytes.length === 0) return;
      offset += bytes.length;
      yield bytes;
    }
  }
}
