import type { Directory } from '../ports.ts';

/** Where the reference keeps the keys it makes, in the configuration directory. */
export const localKeysFolder = 'localkeys';

/** The reference's places for a key's files, relative to the configuration directory. */
export function localFilesOf(name: string): {
  readonly key: string;
  readonly certificate: string;
  readonly storeFile: string;
} {
  return {
    key: `${localKeysFolder}/${name}.key`,
    certificate: `${localKeysFolder}/${name}.crt`,
    storeFile: `truststore/x509/ca/${name}/${name}.crt`,
  };
}

/** The absolute form of a path in a directory, for files that name others by path. */
export function absolutePath(directory: Directory, path: string): string {
  const separator = /^(?:[A-Za-z]:)?\\/.test(directory.path) ? '\\' : '/';
  const root = directory.path.endsWith(separator) ? directory.path.slice(0, -1) : directory.path;
  return [root, ...path.split('/')].join(separator);
}

/** Gives the folder and the name of a file by its absolute path; undefined when the path is none. */
export type LocateFile = (path: string) => { readonly directory: Directory; readonly name: string } | undefined;
