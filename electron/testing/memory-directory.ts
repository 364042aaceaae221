import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error.ts';
import { newFileNameFault, pathPartFault } from '../domain/keystore/file-names.ts';
import {
  ABSENT,
  type Directory,
  type FileStat,
  type FileState,
  type FolderFile,
  type WriteOptions,
} from '../domain/ports.ts';

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** A folder in memory behind the Directory port. Keeps the port's promises but those about crashes and links. */
export class MemoryDirectory implements Directory {
  readonly path: string;
  readonly files = new Map<string, MemoryFile>();
  readonly #folders = new Set<string>();
  readonly #locks = new Map<string, Promise<unknown>>();
  readonly #listeners = new Set<(path: string) => void>();

  constructor(path: string) {
    this.path = path;
  }

  /** The text of a file; undefined when there is none. */
  text(path: string): string | undefined {
    const file = this.files.get(path);
    return file && new TextDecoder().decode(file.bytes);
  }

  /** Puts a file where another program would, by any name. */
  put(path: string, content: string | Uint8Array, mode = 0o600): void {
    this.files.set(path, { bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content, mode });
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) this.#folders.add(path.slice(0, at));
    this.#changed(path);
  }

  async read(path: string, { maxBytes = Infinity }: { maxBytes?: number } = {}): Promise<FileState | undefined> {
    checkPath(path, pathPartFault);
    if (this.#folders.has(path)) throw new AppError('file.notRegular', { file: path });
    const file = this.files.get(path);
    if (file && file.bytes.length > maxBytes) throw new AppError('file.tooLarge', { file: path, limit: maxBytes });
    return file && { bytes: file.bytes, revision: revisionOf(file.bytes) };
  }

  async readFolder(path: string, options: { maxBytes?: number } = {}): Promise<readonly FolderFile[] | undefined> {
    const names = await this.list(path);
    const read = names?.map(async (name): Promise<FolderFile | undefined> => {
      try {
        const state = await this.read(path === '' ? name : `${path}/${name}`, options);
        return state && { name, state };
      } catch (error) {
        if (error instanceof AppError) return { name, error };
        throw error;
      }
    });
    return read && (await Promise.all(read)).filter((file) => file !== undefined);
  }

  async write(path: string, bytes: Uint8Array, { mode = 0o600, ifRevision }: WriteOptions = {}): Promise<string> {
    checkPath(path, newFileNameFault);
    const file = this.files.get(path);
    const revision = file ? revisionOf(file.bytes) : ABSENT;
    if (ifRevision !== undefined && ifRevision !== revision)
      throw new AppError('file.changedMeanwhile', { file: path });
    this.put(path, bytes.slice(), mode);
    return revisionOf(bytes);
  }

  async list(path: string): Promise<readonly string[] | undefined> {
    if (path !== '') checkPath(path, pathPartFault);
    if (this.files.has(path)) throw new AppError('file.notRegular', { file: path });
    return path === '' || this.#folders.has(path) ? this.#childrenOf(path) : undefined;
  }

  async stat(path: string): Promise<FileStat | undefined> {
    if (path !== '') checkPath(path, pathPartFault);
    if (path === '' || this.#folders.has(path)) return { kind: 'directory', size: 0, mode: 0o700, ownedByUser: true };
    const file = this.files.get(path);
    return file && { kind: 'file', size: file.bytes.length, mode: file.mode, ownedByUser: true };
  }

  async remove(path: string): Promise<boolean> {
    checkPath(path, pathPartFault);
    const removed = this.files.delete(path);
    if (removed) this.#changed(path);
    return removed;
  }

  async removeEmptyFolder(path: string): Promise<boolean> {
    checkPath(path, pathPartFault);
    return this.#childrenOf(path).length === 0 && this.#folders.delete(path);
  }

  withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
    const turn = (this.#locks.get(name) ?? Promise.resolve()).then(task, task);
    this.#locks.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  watch(onChange: (path: string) => void): { stop(): void } {
    this.#listeners.add(onChange);
    return { stop: () => void this.#listeners.delete(onChange) };
  }

  #changed(path: string): void {
    for (const listener of this.#listeners) listener(path);
  }

  #childrenOf(folder: string): string[] {
    const start = folder === '' ? '' : `${folder}/`;
    const below = [...this.files.keys(), ...this.#folders].filter((path) => path.startsWith(start) && path !== folder);
    return [...new Set(below.map((path) => path.slice(start.length).split('/')[0] ?? ''))].sort();
  }
}

function checkPath(path: string, faultOf: (part: string) => string | undefined): void {
  for (const part of path.split('/')) {
    const fault = faultOf(part);
    if (fault) throw new AppError('file.badName', { file: path, fault });
  }
}

function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
