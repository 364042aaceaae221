import { basename, dirname, isAbsolute } from 'node:path';
import { BoundedMemory } from '../domain/bounded-memory.ts';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import type { Directory } from '../domain/ports.ts';
import { createDirectory } from './directory.ts';

/** Folders stay open with what they remember of their files. */
const directories = new BoundedMemory<Directory>({ maxEntries: 16, maxSize: 16 });

function openFolder(path: string): Directory {
  const directory = directories.get(path) ?? createDirectory(path);
  directories.set(path, directory, 1);
  return directory;
}

/** A file anywhere on the computer, read by the same rules as those of the configuration directory. */
export const locateFile: LocateFile = (path) => {
  const name = basename(path);
  if (!isAbsolute(path) || name === '') return undefined;
  return { directory: openFolder(dirname(path)), name };
};
