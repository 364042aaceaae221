import { join } from 'node:path';
import type { FileCalls } from './file-calls.ts';
import { toFileError, unlessAbsent } from './file-faults.ts';
import { isLeftover } from './own-names.ts';
import { walkFolder } from './walk-folder.ts';

/**
 * Removes the temporary files that dead processes of Inkan left anywhere under a folder: in a trust store the reference would take
 * one for a broken certificate.
 */
export async function removeLeftovers(files: FileCalls, root: string): Promise<void> {
  for (const { path, name } of await walkFolder(files, root)) {
    if (!isLeftover(name)) continue;
    try {
      await unlessAbsent(files.unlink(join(root, path)));
    } catch (error) {
      throw toFileError(error, path, 'write');
    }
  }
}
