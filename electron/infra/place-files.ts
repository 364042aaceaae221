import { join, dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { NewFile, Placer } from '../domain/ports.ts';
import { createFlags, nodeFileCalls, onWindows, syncFolder, type FileCalls } from './files/file-calls.ts';
import { errnoOf, toFileError, unlessAbsent } from './files/file-faults.ts';
import { asideName, isUnfinished, nameOfAside, temporaryName, unfinishedName } from './files/own-names.ts';
import { parsePlainPath } from './files/plain-path.ts';
import { removeTree } from './files/remove-tree.ts';

/** Writes a file that must not be there, and makes it last. Nobody may read it before it has its mode. */
async function writeNew(
  files: FileCalls,
  path: string,
  content: AsyncIterable<Uint8Array>,
  mode: number,
): Promise<void> {
  const handle = await files.open(path, createFlags, 0o600);
  try {
    for await (const bytes of content) {
      for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
    }
    if (!onWindows) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Fills a folder that was just made, a file after the other; folders in it are made as they are needed. */
async function fill(files: FileCalls, root: string, contents: AsyncIterable<NewFile>): Promise<void> {
  const made = new Set<string>();
  for await (const { path, mode, content } of contents) {
    const { folders, name } = parsePlainPath(path, 'new');
    let folder = root;
    for (const part of folders) {
      folder = join(folder, part);
      if (!made.has(folder)) await files.mkdir(folder, { mode: 0o755 });
      made.add(folder);
    }
    await writeNew(files, join(folder, name), content(), mode);
  }
  for (const folder of [...made].reverse()) await syncFolder(files, folder);
}

async function stage(files: FileCalls, parent: string, contents: AsyncIterable<NewFile>): Promise<string> {
  const path = join(parent, unfinishedName());
  try {
    await files.mkdir(parent, { recursive: true, mode: 0o700 });
    await files.mkdir(path, { mode: 0o700 });
    await fill(files, path, contents);
    await syncFolder(files, path);
    return path;
  } catch (error) {
    await removeTree(files, path).catch(() => undefined);
    throw error;
  }
}

/** Gives a finished folder its name. What has that name is moved aside, and back when the second step fails. */
async function exchange(files: FileCalls, finished: string, parent: string, name: string): Promise<void> {
  const target = join(parent, name);
  const aside = join(parent, asideName(name));
  const hadOld = await unlessAbsent(files.rename(target, aside).then(() => true));
  try {
    await files.rename(finished, target);
  } catch (error) {
    if (hadOld) await files.rename(aside, target);
    throw error;
  }
  try {
    await syncFolder(files, parent);
  } finally {
    // What is left of it, the next start takes away.
    if (hadOld) await removeTree(files, aside).catch(() => undefined);
  }
}

async function refuseTaken(files: FileCalls, path: string): Promise<void> {
  const names = await unlessAbsent(files.readdir(path)).catch(() => ['']);
  if (names === undefined) return;
  if (names.length > 0) throw new AppError('file.notWritten', { file: path, cause: 'EEXIST' });
  await files.rmdir(path);
}

async function placeFolder(
  files: FileCalls,
  path: string,
  contents: AsyncIterable<NewFile>,
  { mode, replace }: Parameters<Placer['placeFolder']>[2],
): Promise<void> {
  const parent = dirname(path);
  const finished = await stage(files, parent, contents);
  try {
    if (!onWindows) {
      const handle = await files.open(finished, 0);
      await handle.chmod(mode).finally(() => handle.close());
    }
    if (!replace) await refuseTaken(files, path);
    await exchange(files, finished, parent, path.slice(parent.length).replace(/^[/\\]/, ''));
  } catch (error) {
    await removeTree(files, finished).catch(() => undefined);
    throw error;
  }
}

async function placeFile(files: FileCalls, path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName());
  try {
    const found = await unlessAbsent(files.lstat(path));
    if (found && !found.isFile()) throw new AppError('file.notRegular', { file: path });
    await writeNew(files, temporary, content, 0o644);
    await files.rename(temporary, path);
    await syncFolder(files, folder);
  } catch (error) {
    await files.unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Takes a folder out of sight in one step, then removes it piece by piece. */
async function removeFolder(files: FileCalls, path: string): Promise<void> {
  const gone = join(dirname(path), unfinishedName());
  await files.rename(path, gone);
  await syncFolder(files, dirname(path));
  await removeTree(files, gone);
}

async function recover(files: FileCalls, parent: string): Promise<void> {
  const names = (await unlessAbsent(files.readdir(parent))) ?? [];
  for (const name of names) {
    const original = nameOfAside(name);
    if (original !== undefined && !names.includes(original))
      await files.rename(join(parent, name), join(parent, original));
    else if (original !== undefined || isUnfinished(name)) await removeTree(files, join(parent, name));
  }
}

/** Makes files and folders that are there whole or not at all, behind the {@link Placer} port. */
export function createPlacer(files: FileCalls): Placer {
  const guarded = async <T>(path: string, task: Promise<T>): Promise<T> => {
    try {
      return await task;
    } catch (error) {
      // What the content throws, such as a damaged archive, is not a fault of the file.
      if (errnoOf(error) === 'unknown') throw error;
      throw toFileError(error, path, 'write');
    }
  };
  return {
    placeFile: (path, content) => guarded(path, placeFile(files, path, content)),
    stageFolder: (parent, contents) => guarded(parent, stage(files, parent, contents)),
    placeFolder: (path, contents, options) => guarded(path, placeFolder(files, path, contents, options)),
    removeFolder: (path) => guarded(path, removeFolder(files, path)),
    recover: (parent) => guarded(parent, recover(files, parent)),
  };
}

/** The files of this computer behind the {@link Placer} port. */
export const filePlacer: Placer = createPlacer(nodeFileCalls);
