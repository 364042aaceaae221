import { join } from 'node:path';
import type { FileCalls } from './file-calls.ts';
import { unlessAbsent } from './file-faults.ts';

/** Removes what is at a path with everything under it. A link goes like a file: what it points to is not touched. */
export async function removeTree(files: FileCalls, path: string): Promise<void> {
  const found = await unlessAbsent(files.lstat(path));
  if (found === undefined) return;
  if (!found.isDirectory()) {
    await unlessAbsent(files.unlink(path));
    return;
  }
  for (const name of await files.readdir(path)) await removeTree(files, join(path, name));
  await unlessAbsent(files.rmdir(path));
}
