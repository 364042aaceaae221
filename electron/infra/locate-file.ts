import { basename, dirname, isAbsolute } from 'node:path';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import { createDirectory } from './directory.ts';

/** A file anywhere on the computer, read by the same rules as those of the configuration directory. */
export const locateFile: LocateFile = (path) => {
  const name = basename(path);
  if (!isAbsolute(path) || name === '') return undefined;
  return { directory: createDirectory(dirname(path)), name };
};
