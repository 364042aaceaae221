import { ArchiveRepository } from '../domain/oci/archive-repository.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import type { Directory, FileReader } from '../domain/ports.ts';
import type { SourceBook, StoredSource } from './source-book.ts';

export interface AddLayoutOptions {
  readonly book: SourceBook;
  readonly openDirectory: (path: string) => Promise<Directory>;
  readonly openFile: (path: string) => FileReader;
  /** Asks for a folder in a native dialog; absent on hosts that have none. */
  readonly chooseFolder?: (title: 'chooseLayout') => Promise<string | undefined>;
  /** Asks for an archive in a native dialog; absent on hosts that have none. */
  readonly chooseFile?: (title: 'chooseArchive') => Promise<string | undefined>;
}

/**
 * Remembers a layout once it was seen to be one.
 * @throws AppError `layout.*`, `archive.*`, `registry.sourceExists`
 */
export async function addLayout(
  { book, openDirectory, openFile }: AddLayoutOptions,
  place: string,
  from: 'folder' | 'archive',
): Promise<StoredSource> {
  if (from === 'folder') {
    await new LayoutRepository(await openDirectory(place)).assertIsLayout();
    return await book.add({ kind: 'layout', place, plainHttp: 'auto' });
  }
  const repository = new ArchiveRepository(openFile(place));
  await repository.assertIsLayout();
  return await book.add({ kind: 'layout', place, archive: await repository.describe(), plainHttp: 'auto' });
}

/** Lets the user choose a layout in a native dialog; undefined when it was cancelled. */
export async function chooseLayout(
  options: AddLayoutOptions,
  from: 'folder' | 'archive',
): Promise<StoredSource | undefined> {
  const place = await (from === 'folder'
    ? options.chooseFolder?.('chooseLayout')
    : options.chooseFile?.('chooseArchive'));
  return place === undefined ? undefined : await addLayout(options, place, from);
}
