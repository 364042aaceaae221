import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spool, SpoolFile } from '../domain/ports.ts';
import { createFlags, nodeFileCalls, type FileCalls } from './files/file-calls.ts';
import { toFileError, unlessAbsent } from './files/file-faults.ts';
import { temporaryName } from './files/own-names.ts';

/**
 * Temporary files in a folder below Inkan's own directory. They bear the names by which the next start knows what a dead process
 * left behind, and removes it.
 */
export function createSpool(folder: string, files: FileCalls = nodeFileCalls): Spool {
  return {
    async create() {
      const path = join(folder, temporaryName());
      try {
        await files.mkdir(folder, { recursive: true, mode: 0o700 });
        const handle = await files.open(path, (createFlags & ~constants.O_WRONLY) | constants.O_RDWR, 0o600);
        return openSpoolFile(files, path, handle);
      } catch (error) {
        throw toFileError(error, folder, 'write');
      }
    },
  };
}

function openSpoolFile(files: FileCalls, path: string, handle: FileHandle): SpoolFile {
  let size = 0;
  let removed = false;
  return {
    async append(bytes) {
      try {
        for (let offset = 0; offset < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, size);
          offset += bytesWritten;
          size += bytesWritten;
        }
      } catch (error) {
        throw toFileError(error, path, 'write');
      }
    },
    async read(offset, length) {
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } catch (error) {
        throw toFileError(error, path, 'read');
      }
    },
    async remove() {
      if (removed) return;
      removed = true;
      try {
        await handle.close();
        await unlessAbsent(files.unlink(path));
      } catch (error) {
        throw toFileError(error, path, 'write');
      }
    },
  };
}
