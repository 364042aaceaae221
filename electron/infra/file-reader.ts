import { constants, type BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { FileReader } from '../domain/ports.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { onWindows } from './files/file-calls.ts';
import { toFileError, unlessAbsent } from './files/file-faults.ts';

/** Without waiting for a writer when it turns out to be a FIFO. A symlink is followed: the user chose it. */
const flags = constants.O_RDONLY | (onWindows ? 0 : constants.O_NONBLOCK);

function markOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function readUpTo(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await handle.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** A file that the user chose, read by offset. It is open only while it is read, so that it can be moved and replaced. */
export function createFileReader(path: string): FileReader {
  const refuse = (): AppError => new AppError('file.notRegular', { file: path });
  return {
    path,

    async look() {
      try {
        const found = await unlessAbsent(stat(path, { bigint: true }));
        if (found && !found.isFile()) throw refuse();
        const mode = onWindows ? undefined : Number(found?.mode) & 0o777;
        return found && { size: Number(found.size), mark: markOf(found), mode };
      } catch (error) {
        throw toFileError(error, path, 'read');
      }
    },

    async read(offset, length) {
      try {
        const handle = await open(path, flags);
        try {
          if (!(await handle.stat()).isFile()) throw refuse();
          return await readUpTo(handle, offset, length);
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw toFileError(error, path, 'read');
      }
    },
  };
}
