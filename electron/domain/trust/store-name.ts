import { pathPartFault } from '../keystore/file-names.ts';

/** Whether the reference takes this name for a trust store: `[a-zA-Z0-9_.-]+`, which `..` satisfies. */
export function isStoreName(name: string): boolean {
  return /^[a-zA-Z0-9_.-]+$/.test(name);
}

/** Whether a store name names a folder under its type (rule O-03): `..` does not. New stores have stricter names still. */
export function isSafeStoreName(name: string): boolean {
  return isStoreName(name) && pathPartFault(name) === undefined;
}
