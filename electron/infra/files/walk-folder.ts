import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { FileCalls } from './file-calls.ts';
import { unlessAbsent } from './file-faults.ts';

const maxDepth = 6;
const maxEntries = 10_000;

export interface FolderEntry {
  /** Relative to where the walk began, `/`-separated. */
  readonly path: string;
  readonly name: string;
  readonly stat: BigIntStats;
}

/** What is under a folder, through no symlink, as far as it can be read; bounded in depth and number. */
export async function walkFolder(files: FileCalls, root: string): Promise<readonly FolderEntry[]> {
  const entries: FolderEntry[] = [];
  const pending: string[] = [''];
  for (let folder = pending.shift(); folder !== undefined && entries.length < maxEntries; folder = pending.shift()) {
    const names = await files.readdir(join(root, folder)).catch(() => []);
    for (const name of names.slice(0, maxEntries - entries.length)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stat = await unlessAbsent(files.lstat(join(root, path), { bigint: true }));
      if (stat === undefined) continue;
      entries.push({ path, name, stat });
      if (stat.isDirectory() && path.split('/').length < maxDepth) pending.push(path);
    }
  }
  return entries;
}
