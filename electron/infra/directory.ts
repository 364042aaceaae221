import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import type { Directory, FileStat, FileState, FolderFile, ReadOptions } from '../domain/ports.ts';
import { writeAtomically } from './files/atomic-write.ts';
import { withLockFile } from './files/directory-lock.ts';
import { watchDirectory } from './files/directory-watch.ts';
import { nodeFileCalls, onWindows, syncFolder, type FileCalls } from './files/file-calls.ts';
import { errnoOf, toFileError, unlessAbsent } from './files/file-faults.ts';
import { removeLeftovers } from './files/leftovers.ts';
import { isOwnName } from './files/own-names.ts';
import { foldersExist, leadsThroughFolders, parsePlainPath, type PlainPath } from './files/plain-path.ts';
import { createFileMemory, readPlainFile } from './files/read-file.ts';

const defaultMaxBytes = 16 * 1024 * 1024;
const theRoot: PlainPath = { text: '', folders: [], name: '' };
const filesAtOnce = 32;
const lockName = /^[a-z-]{1,64}$/;

type ReadIn = (path: PlainPath, options: ReadOptions) => Promise<FileState | undefined>;

function absolute(root: string, path: PlainPath): string {
  return join(root, ...path.folders, path.name);
}

async function listNames(files: FileCalls, root: string, text: string): Promise<readonly string[] | undefined> {
  const path = text === '' ? theRoot : parsePlainPath(text, 'existing');
  const folders = text === '' ? [] : [...path.folders, path.name];
  if (!(await leadsThroughFolders(files, root, { ...path, folders }))) return undefined;
  try {
    const names = await unlessAbsent(files.readdir(absolute(root, path)));
    return names?.filter((name) => !isOwnName(name)).sort();
  } catch (error) {
    throw toFileError(error, text, 'read');
  }
}

/** An entry of a folder that was just listed. */
async function readOne(
  readIn: ReadIn,
  folder: string,
  name: string,
  options: ReadOptions,
): Promise<FolderFile | undefined> {
  try {
    const state = await readIn(parsePlainPath(folder === '' ? name : `${folder}/${name}`, 'existing'), options);
    return state && { name, state };
  } catch (error) {
    if (error instanceof AppError) return { name, error };
    throw error;
  }
}

/** A folder of the computer behind the {@link Directory} port. It need not exist: the first write makes it. */
export function createDirectory(root: string, files: FileCalls = nodeFileCalls): Directory {
  const memory = createFileMemory();
  const readIn: ReadIn = (path, { maxBytes = defaultMaxBytes, remember = false }) =>
    readPlainFile(files, absolute(root, path), path.text, maxBytes, remember ? memory : undefined);
  return {
    path: root,

    async read(text, options = {}) {
      const path = parsePlainPath(text, 'existing');
      // The root alone needs no look: the user may have put a symlink there.
      if (path.folders.length > 0 && !(await leadsThroughFolders(files, root, path))) return undefined;
      return readIn(path, options);
    },

    async readFolder(text, options = {}) {
      const names = await listNames(files, root, text);
      const read = (name: string): Promise<FolderFile | undefined> => readOne(readIn, text, name, options);
      return names && (await mapBounded(names, filesAtOnce, read)).filter((file) => file !== undefined);
    },

    async write(text, bytes, options = {}) {
      return writeAtomically(files, root, parsePlainPath(text, 'new'), bytes, options);
    },

    list: (text) => listNames(files, root, text),

    async stat(text) {
      const path = text === '' ? theRoot : parsePlainPath(text, 'existing');
      if (!(await foldersExist(files, root, path))) return undefined;
      try {
        const found = await unlessAbsent(text === '' ? files.stat(root) : files.lstat(absolute(root, path)));
        return found && toFileStat(found);
      } catch (error) {
        throw toFileError(error, text, 'read');
      }
    },

    remove: (text) => removePath(files, root, text, removeFile),
    removeEmptyFolder: (text) => removePath(files, root, text, removeFolder),

    async withLock(name, task) {
      if (!lockName.test(name)) throw new TypeError(`lock name ${JSON.stringify(name)}`);
      return withLockFile(files, root, name, task);
    },

    watch: (onChange) => watchDirectory(files, root, onChange),
  };
}

/** The same, after taking away what dead processes of Inkan left there. */
export async function openDirectory(root: string): Promise<Directory> {
  await removeLeftovers(nodeFileCalls, root);
  return createDirectory(root);
}

type Removal = (files: FileCalls, target: string, text: string) => Promise<boolean>;

async function removePath(files: FileCalls, root: string, text: string, removal: Removal): Promise<boolean> {
  const path = parsePlainPath(text, 'existing');
  if (!(await foldersExist(files, root, path))) return false;
  const folder = join(root, ...path.folders);
  try {
    const removed = await removal(files, join(folder, path.name), text);
    if (removed) await syncFolder(files, folder);
    return removed;
  } catch (error) {
    throw toFileError(error, text, 'write');
  }
}

/** A symlink goes like a file: what it points to is not touched. */
async function removeFile(files: FileCalls, target: string, text: string): Promise<boolean> {
  const found = await unlessAbsent(files.lstat(target));
  if (found === undefined) return false;
  if (found.isDirectory()) throw new AppError('file.notRegular', { file: text });
  return (await unlessAbsent(files.unlink(target).then(() => true))) ?? false;
}

async function removeFolder(files: FileCalls, target: string): Promise<boolean> {
  try {
    await files.rmdir(target);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error))) return false;
    throw error;
  }
}

function toFileStat(stat: Stats): FileStat {
  return {
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'other',
    size: stat.size,
    mode: onWindows ? 0 : stat.mode & 0o777,
    ownedByUser: onWindows || stat.uid === process.getuid?.(),
  };
}
