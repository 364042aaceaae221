import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { createFlags, type FileCalls } from './file-calls.ts';
import { errnoOf, toFileError, unlessAbsent } from './file-faults.ts';
import { isRunning, thisHost } from './own-names.ts';
import { makeFolders } from './plain-path.ts';
import { readPlainFile } from './read-file.ts';

const waitLimitMs = 5_000;
/** A lock file without a readable owner is one that is being written, or one whose writer died. */
const unwrittenLimitMs = 2_000;
/** Whether a process of another computer still runs cannot be asked. */
const foreignLimitMs = 600_000;
const breakLimitMs = 10_000;

const ownerSchema = z.object({
  id: z.string(),
  pid: z.number().int().positive(),
  /** When the process began, in the system's own count; tells a new process with an old number. */
  startTime: z.string().nullable(),
  host: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

const held = new Set<string>();

/**
 * Runs a task while a lock file stands in the folder. The file of a process that is gone is taken away.
 * @throws AppError `file.busy` after five seconds, and what the task throws
 */
export async function withLockFile<T>(
  files: FileCalls,
  root: string,
  name: string,
  task: () => Promise<T>,
): Promise<T> {
  const path = join(root, `.inkan-${name}.lock`);
  const id = await takeLock(files, root, path, name);
  try {
    return await task();
  } finally {
    // A lock that cannot be removed is no reason to hide what the task gave: its id is not held any more, so it is stale.
    await files.unlink(path).catch(() => undefined);
    held.delete(id);
  }
}

async function takeLock(files: FileCalls, root: string, path: string, name: string): Promise<string> {
  await makeFolders(files, root, { text: name, folders: [], name });
  const owner: Owner = {
    id: randomUUID(),
    pid: process.pid,
    startTime: await startTimeOf(process.pid),
    host: thisHost,
  };
  const giveUpAt = performance.now() + waitLimitMs;
  for (;;) {
    if (await createLock(files, path, owner, name)) return owner.id;
    await breakIfStale(files, path, name);
    if (performance.now() > giveUpAt) throw new AppError('file.busy', { file: name });
    await delay(randomInt(2, 16));
  }
}

async function createLock(files: FileCalls, path: string, owner: Owner, name: string): Promise<boolean> {
  held.add(owner.id);
  let created = false;
  try {
    const handle = await files.open(path, createFlags, 0o600);
    created = true;
    try {
      await handle.write(new TextEncoder().encode(JSON.stringify(owner)));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    held.delete(owner.id);
    if (!created && errnoOf(error) === 'EEXIST') return false;
    if (created) await files.unlink(path).catch(() => undefined);
    throw toFileError(error, name, 'write');
  }
}

/** Only one process at a time takes a stale lock away, and looks again before it does: else it might take a fresh one. */
async function breakIfStale(files: FileCalls, path: string, name: string): Promise<void> {
  if (!(await isStale(files, path, name))) return;
  const guard = path.replace(/\.lock$/, '.break');
  try {
    const handle = await files.open(guard, createFlags, 0o600);
    await handle.close();
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw toFileError(error, name, 'write');
    if ((await ageOf(files, guard)) > breakLimitMs) await unlessAbsent(files.unlink(guard));
    return;
  }
  try {
    if (await isStale(files, path, name)) await unlessAbsent(files.unlink(path));
  } catch (error) {
    throw toFileError(error, name, 'write');
  } finally {
    await files.unlink(guard).catch(() => undefined);
  }
}

async function isStale(files: FileCalls, path: string, name: string): Promise<boolean> {
  const owner = await readOwner(files, path, name);
  if (owner === 'absent') return false;
  if (owner === 'unreadable') return (await ageOf(files, path)) > unwrittenLimitMs;
  if (owner.host !== thisHost) return (await ageOf(files, path)) > foreignLimitMs;
  if (!isRunning(owner.pid)) return true;
  const startTime = await startTimeOf(owner.pid);
  if (owner.startTime !== null && startTime !== null && owner.startTime !== startTime) return true;
  return owner.pid === process.pid && !held.has(owner.id);
}

async function readOwner(files: FileCalls, path: string, name: string): Promise<Owner | 'absent' | 'unreadable'> {
  try {
    const state = await readPlainFile(files, path, name, 4096);
    return state ? ownerSchema.parse(JSON.parse(new TextDecoder().decode(state.bytes))) : 'absent';
  } catch (error) {
    if (isAppError(error)) throw error;
    return 'unreadable';
  }
}

async function ageOf(files: FileCalls, path: string): Promise<number> {
  const found = await unlessAbsent(files.lstat(path));
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

/** Linux tells when a process began; elsewhere the number alone has to do. */
async function startTimeOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
