import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { BoundedMemory } from '../../domain/bounded-memory.ts';
import type { FileState } from '../../domain/ports.ts';
import { readFlags, type FileCalls } from './file-calls.ts';
import { toFileError, unlessAbsent } from './file-faults.ts';

const chunkBytes = 65_536;
/** Within this time a second change may leave a file with the same times. */
const racyMs = 2000;

interface RememberedFile {
  readonly mark: string;
  readonly state: FileState;
}
/** Files that were read, by absolute path. */
export type FileMemory = BoundedMemory<RememberedFile>;

export function createFileMemory(): FileMemory {
  return new BoundedMemory({ maxEntries: 4096, maxSize: 16 * 1024 * 1024 });
}

/** What changes with every change of a file that any program can make. */
function markOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** Whether a change from now on must show in a file's times. */
function isSettled({ mtimeMs, ctimeMs }: BigIntStats, now: number): boolean {
  return Number(mtimeMs) < now - racyMs && Number(ctimeMs) < now - racyMs;
}

/**
 * A regular file's bytes and revision; undefined when there is none. Looks before it opens, so that a device is never opened, and
 * looks again at what it opened. With a memory, a file that still bears the mark it was read under is not read again.
 * @throws AppError `file.notRegular`, `file.tooLarge`, `file.unreadable`
 */
export async function readPlainFile(
  files: FileCalls,
  absolute: string,
  file: string,
  maxBytes: number,
  memory?: FileMemory,
): Promise<FileState | undefined> {
  try {
    const known = memory?.get(absolute);
    // Handing so short a call to a thread takes far longer than the call, and there is one for every certificate.
    const found = await (known ? files.lstatNow(absolute) : unlessAbsent(files.lstat(absolute, { bigint: true })));
    if (found === undefined) return undefined;
    if (!found.isFile()) throw new AppError('file.notRegular', { file });
    if (known?.mark === markOf(found) && known.state.bytes.length <= maxBytes) return known.state;
    const handle = await unlessAbsent(files.open(absolute, readFlags));
    if (handle === undefined) return undefined;
    try {
      const now = Date.now();
      const before = await handle.stat({ bigint: true });
      if (!before.isFile()) throw new AppError('file.notRegular', { file });
      const bytes = await readWhole(handle, maxBytes);
      if (bytes === undefined) throw new AppError('file.tooLarge', { file, limit: maxBytes });
      const state = { bytes, revision: revisionOf(bytes) };
      // A change while it was read shows in the mark that the file bears then.
      if (isSettled(before, now)) memory?.set(absolute, { mark: markOf(before), state }, bytes.length);
      return state;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, file, 'read');
  }
}

/** All bytes from the start, or undefined when there are more than the limit. Trusts no claimed size. */
export async function readWhole(handle: FileHandle, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = new Uint8Array(Math.min(chunkBytes, maxBytes - length + 1));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, length);
    if (bytesRead === 0) return joinChunks(chunks, length);
    length += bytesRead;
    if (length > maxBytes) return undefined;
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** The SHA-256 that names a state of a file. */
export function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
