import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { newFileNameFault, pathPartFault, type FileNameFault } from '../../domain/keystore/file-names.ts';
import { onWindows, syncFolder, type FileCalls } from './file-calls.ts';
import { toFileError, unlessAbsent } from './file-faults.ts';

/** A checked relative path: its folders and its last part. */
export interface PlainPath {
  readonly text: string;
  readonly folders: readonly string[];
  readonly name: string;
}

/**
 * Checks a relative path part by part. What is on the disk already may be asked for by any name that stays in its folder, except
 * on Windows, where some names are devices; a new file gets no name that any system would not keep.
 * @throws AppError `file.badName`
 */
export function parsePlainPath(text: string, use: 'existing' | 'new'): PlainPath {
  const parts = text.split('/');
  const faultOf = use === 'new' || onWindows ? newFileNameFault : pathPartFault;
  for (const part of parts) {
    const fault: FileNameFault | undefined = faultOf(part);
    if (fault) throw new AppError('file.badName', { file: text.slice(0, 512), fault });
  }
  return { text, folders: parts.slice(0, -1), name: parts[parts.length - 1] ?? '' };
}

/** Whether a path leads through no symlink below its root, when one look at its end can tell. */
async function isSurelyPlain(files: FileCalls, root: string, folders: readonly string[]): Promise<boolean> {
  try {
    const [realRoot, real] = await Promise.all([root, join(root, ...folders)].map((path) => files.realpath(path)));
    return realRoot !== undefined && real === join(realRoot, ...folders);
  } catch {
    return false;
  }
}

/**
 * As {@link foldersExist}, for a caller whose next call fails on what is not a folder: asks the system once where the path leads, and
 * looks at folder after folder only when that is elsewhere.
 * @throws AppError `file.notRegular`, `file.unreadable`
 */
export async function leadsThroughFolders(files: FileCalls, root: string, path: PlainPath): Promise<boolean> {
  return (await isSurelyPlain(files, root, path.folders)) || (await foldersExist(files, root, path));
}

/**
 * Whether the folders of a path are there, each a plain folder. The root may be a symlink, as with the reference: the user put it
 * there; below it nothing is followed.
 * @throws AppError `file.notRegular`, `file.unreadable`
 */
export async function foldersExist(files: FileCalls, root: string, path: PlainPath): Promise<boolean> {
  try {
    const rootStat = await unlessAbsent(files.stat(root));
    if (rootStat === undefined) return false;
    if (!rootStat.isDirectory()) throw new AppError('file.notRegular', { file: root });
    let current = root;
    for (const folder of path.folders) {
      current = join(current, folder);
      const found = await unlessAbsent(files.lstat(current));
      if (found === undefined) return false;
      if (!found.isDirectory()) throw new AppError('file.notRegular', { file: path.text });
    }
    return true;
  } catch (error) {
    throw toFileError(error, path.text, 'read');
  }
}

/**
 * Makes the folders of a path that are missing, for the user alone, and gives the last one.
 * @throws AppError `file.notRegular`, `file.notWritten`, `file.noSpace`
 */
export async function makeFolders(files: FileCalls, root: string, path: PlainPath): Promise<string> {
  try {
    if (!(await foldersExist(files, root, { ...path, folders: [] }))) {
      await files.mkdir(root, { recursive: true, mode: 0o700 });
      await syncFolder(files, dirname(root));
    }
    let current = root;
    for (const folder of path.folders) {
      const parent = current;
      current = join(parent, folder);
      const found = await unlessAbsent(files.lstat(current));
      if (found && !found.isDirectory()) throw new AppError('file.notRegular', { file: path.text });
      if (!found) {
        await files.mkdir(current, { recursive: true, mode: 0o700 });
        await syncFolder(files, parent);
      }
    }
    return current;
  } catch (error) {
    throw toFileError(error, path.text, 'write');
  }
}
