import path from 'node:path';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { gzip } from '../domain/archive/gzip.ts';
import { writeTar, type TarFile } from '../domain/archive/write-tar.ts';
import type { ArchiveRepository } from '../domain/oci/archive-repository.ts';
import type { NewFile, Placer } from '../domain/ports.ts';
import { addLayout, type AddLayoutOptions } from './add-layout.ts';
import type { StoredSource } from './source-book.ts';

export interface SaveCopyOptions extends AddLayoutOptions {
  readonly placer: Placer;
  /** Asks for a place to save at in a native dialog; absent on hosts that have none. */
  readonly chooseSavePath?: (name: string, title: 'saveArchive' | 'saveFolder') => Promise<string | undefined>;
}

const blobMode = 0o444;
const fileMode = 0o644;
const folderMode = 0o755;

async function* toNewFiles(files: AsyncIterable<TarFile>): AsyncGenerator<NewFile> {
  for await (const { path: name, content } of files) {
    yield { path: name, mode: name.startsWith('blobs/') ? blobMode : fileMode, content };
  }
}

/** The copy as it was, when it is on the list already. */
async function remember(options: SaveCopyOptions, place: string, from: 'folder' | 'archive'): Promise<StoredSource> {
  try {
    return await addLayout(options, place, from);
  } catch (error) {
    const known = (await options.book.list()).find((source) => source.place === place);
    if (known && isAppError(error, 'registry.sourceExists')) return known;
    throw error;
  }
}

/**
 * Writes a layout in an archive, with what was signed since it was opened, as an archive or a folder where the user says; the original
 * stays as it is. Undefined when the dialog was cancelled.
 * @throws AppError `layout.archiveKept`, `registry.digestMismatch`, `archive.*`, `file.*`
 */
export async function saveCopy(
  options: SaveCopyOptions,
  repository: ArchiveRepository,
  as: 'folder' | 'archive',
  signal: AbortSignal,
): Promise<StoredSource | undefined> {
  const { chooseSavePath, placer } = options;
  const name = `${path.basename(repository.unpacked.folder)}-signed`;
  const place =
    as === 'folder' ? await chooseSavePath?.(name, 'saveFolder') : await chooseSavePath?.(`${name}.tar`, 'saveArchive');
  if (place === undefined) return undefined;
  if (path.resolve(place) === path.resolve(repository.name))
    throw new AppError('layout.archiveKept', { path: repository.name });
  const files = repository.copyFiles(signal);
  if (as === 'folder') {
    await placer.placeFolder(place, toNewFiles(files), { mode: folderMode, replace: false });
  } else {
    const tar = writeTar(files);
    await placer.placeFile(place, /\.(?:gz|tgz)$/i.test(place) ? gzip(tar) : tar);
  }
  repository.forgetUnsaved();
  return await remember(options, place, as);
}
