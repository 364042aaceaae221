import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FileState } from '../../domain/ports.ts';
import { readFlags, type FileCalls } from './file-calls.ts';
import { toFileError, unlessAbsent } from './file-faults.ts';

const chunkBytes = 65_536;

/**
 * A regular file's bytes and revision; undefined when there is none. Looks before it opens, so that a device is never opened, and
 * looks again at what it opened.
 * @throws AppError `file.notRegular`, `file.tooLarge`, `file.unreadable`
 */
export async function readPlainFile(
  files: FileCalls,
  absolute: string,
  file: string,
  maxBytes: number,
): Promise<FileState | undefined> {
  try {
    const found = await unlessAbsent(files.lstat(absolute));
    if (found === undefined) return undefined;
    if (!found.isFile()) throw new AppError('file.notRegular', { file });
    const handle = await unlessAbsent(files.open(absolute, readFlags));
    if (handle === undefined) return undefined;
    try {
      if (!(await handle.stat()).isFile()) throw new AppError('file.notRegular', { file });
      const bytes = await readWhole(handle, maxBytes);
      if (bytes === undefined) throw new AppError('file.tooLarge', { file, limit: maxBytes });
      return { bytes, revision: revisionOf(bytes) };
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
