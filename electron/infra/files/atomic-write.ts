import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { ABSENT, type WriteOptions } from '../../domain/ports.ts';
import { withLockFile } from './directory-lock.ts';
import { createFlags, onWindows, readFlags, syncFolder, type FileCalls } from './file-calls.ts';
import { errnoOf, toFileError, unlessAbsent } from './file-faults.ts';
import { temporaryName } from './own-names.ts';
import { makeFolders, type PlainPath } from './plain-path.ts';
import { readPlainFile, readWhole, revisionOf } from './read-file.ts';

const maxComparedBytes = 64 * 1024 * 1024;
const settleTries = 50;
const settleMs = 2;

interface Target {
  readonly files: FileCalls;
  readonly folder: string;
  readonly absolute: string;
  /** As the caller named it, for errors. */
  readonly file: string;
  readonly mode: number;
}

/**
 * Puts bytes at a path so that a reader, a crash or a full disk meets the old file or the new one and nothing between: sibling
 * temporary file, its mode right before its content, fsync, rename, fsync of the folder (security reference, 3D).
 * @throws AppError `file.notRegular`, `file.noSpace`, `file.notWritten`, `file.changedMeanwhile`, `file.busy`
 */
export async function writeAtomically(
  files: FileCalls,
  root: string,
  path: PlainPath,
  bytes: Uint8Array,
  { mode = 0o600, ifRevision }: WriteOptions,
): Promise<string> {
  const folder = await makeFolders(files, root, path);
  const target: Target = { files, folder, absolute: join(folder, path.name), file: path.text, mode };
  try {
    await refuseSpecialFile(target);
    if (ifRevision === undefined) await replace(target, bytes);
    else await withLockFile(files, root, 'compare-and-swap', () => replaceIf(target, bytes, ifRevision));
    return revisionOf(bytes);
  } catch (error) {
    throw toFileError(error, path.text, 'write');
  }
}

async function refuseSpecialFile({ files, absolute, file }: Target): Promise<void> {
  const found = await unlessAbsent(files.lstat(absolute));
  if (found && !found.isFile()) throw new AppError('file.notRegular', { file });
}

/** Writes the temporary file, hands it to `commit`, and leaves nothing of it behind when either fails. */
async function withTemporary(
  target: Target,
  bytes: Uint8Array,
  commit: (temporary: string) => Promise<void>,
): Promise<void> {
  const { files, folder } = target;
  const temporary = join(folder, temporaryName());
  try {
    await writeTemporary(target, temporary, bytes);
    await commit(temporary);
  } catch (error) {
    await files.unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(files, folder);
}

async function writeTemporary({ files, mode, file }: Target, temporary: string, bytes: Uint8Array): Promise<void> {
  const readAndCreate = (createFlags & ~constants.O_WRONLY) | constants.O_RDWR;
  const handle = await files.open(temporary, readAndCreate, mode);
  try {
    // The umask may have taken bits away, never added any: so the file was at no time wider than asked for.
    if (!onWindows && ((await handle.stat()).mode & 0o777) !== mode) await handle.chmod(mode);
    for (let offset = 0; offset < bytes.length;) {
      offset += (await handle.write(bytes, offset, bytes.length - offset, offset)).bytesWritten;
    }
    await handle.sync();
    const readBack = await readWhole(handle, bytes.length);
    if (readBack === undefined || revisionOf(readBack) !== revisionOf(bytes)) {
      throw new AppError('file.notWritten', { file, cause: 'readBack' });
    }
  } finally {
    await handle.close();
  }
}

function replace(target: Target, bytes: Uint8Array): Promise<void> {
  return withTemporary(target, bytes, (temporary) => target.files.rename(temporary, target.absolute));
}

async function replaceIf(target: Target, bytes: Uint8Array, ifRevision: string): Promise<void> {
  if (ifRevision === ABSENT) return withTemporary(target, bytes, (temporary) => createNew(target, temporary));
  return withTemporary(target, bytes, (temporary) => replaceUnchanged(target, temporary, bytes, ifRevision));
}

const noHardLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A link fails when the name is taken, where a rename would replace what another program has just put there. */
async function createNew({ files, absolute, file }: Target, temporary: string): Promise<void> {
  try {
    await files.link(temporary, absolute);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw new AppError('file.changedMeanwhile', { file }, { cause: error });
    if (!noHardLinks.includes(errnoOf(error))) throw error;
    if (await unlessAbsent(files.lstat(absolute)))
      throw new AppError('file.changedMeanwhile', { file }, { cause: error });
    return files.rename(temporary, absolute);
  }
  await files.unlink(temporary);
}

/**
 * The `notation` command line takes no locks: it truncates a file and writes it in place. When it has done the first just before
 * our rename, it does the second to a file that has no name any more. So the old file is held open and looked at once more.
 */
async function replaceUnchanged(
  target: Target,
  temporary: string,
  bytes: Uint8Array,
  ifRevision: string,
): Promise<void> {
  const { files, absolute, file } = target;
  const changed = new AppError('file.changedMeanwhile', { file });
  const old = await unlessAbsent(files.open(absolute, readFlags));
  if (old === undefined) throw changed;
  try {
    if ((await revisionOfOpen(old)) !== ifRevision) throw changed;
    if (onWindows) await old.close();
    await files.rename(temporary, absolute);
    if (onWindows || (await revisionOfOpen(old)) === ifRevision) return;
    await putBackLateWrite(target, old, revisionOf(bytes));
    throw changed;
  } finally {
    if (!onWindows) await old.close();
  }
}

async function revisionOfOpen(handle: FileHandle): Promise<string> {
  const bytes = await readWhole(handle, maxComparedBytes);
  return bytes === undefined ? 'tooLarge' : revisionOf(bytes);
}

/**
 * Gives the late writer's bytes their name again, as if they had come after ours; the caller then merges with them. Not when a third
 * write has come since: it knew ours.
 */
async function putBackLateWrite(target: Target, old: FileHandle, ours: string): Promise<void> {
  const late = await settledBytes(old);
  if (!late) return;
  const { files, absolute, file } = target;
  await withTemporary(target, late, async (temporary) => {
    const current = await readPlainFile(files, absolute, file, maxComparedBytes);
    if (current?.revision === ours) await files.rename(temporary, absolute);
    else await files.unlink(temporary);
  });
}

async function settledBytes(handle: FileHandle): Promise<Uint8Array | undefined> {
  let before = '';
  for (let attempt = 0; attempt < settleTries; attempt += 1) {
    const bytes = await readWhole(handle, maxComparedBytes);
    if (bytes === undefined) return undefined;
    const revision = revisionOf(bytes);
    if (bytes.length > 0 && revision === before) return bytes;
    before = revision;
    await delay(settleMs);
  }
  return undefined;
}
