import { newFileNameFault } from '../keystore/file-names.ts';

/** Whether the reference takes this name for a trust store: `[a-zA-Z0-9_.-]+`, which `..` satisfies. */
export function isStoreName(name: string): boolean {
  return /^[a-zA-Z0-9_.-]+$/.test(name);
}

/** Whether a store name also names a folder of its own on every system (rule O-03), with at most 64 characters. */
export function isSafeStoreName(name: string): boolean {
  return isStoreName(name) && name.length <= 64 && newFileNameFault(name) === undefined;
}
