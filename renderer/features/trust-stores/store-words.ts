import { trustStoreTypeSchema, type TrustStore } from '../../../shared/model/trust-store.ts';

export const storeTypes = trustStoreTypeSchema.options;

/** A certificate in a file in a store. */
export interface Place {
  readonly store: string;
  readonly file: string;
  readonly sha256: string;
}

/** `ca:acme`, as policies name it. */
export function storeReference({ type, name }: Pick<TrustStore, 'type' | 'name'>): string {
  return `${type}:${name}`;
}

const plain = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** The command line that does the same to a store or to a file in it; undefined for names that would need quotes. */
export function certCommand(
  verb: 'add' | 'show' | 'delete',
  { type, name }: Pick<TrustStore, 'type' | 'name'>,
  file?: string,
): string | undefined {
  if (!plain.test(name) || (file !== undefined && !plain.test(file))) return undefined;
  return `notation cert ${verb} --type ${type} --store ${name} ${file ?? '--all'}`;
}

/** A file name made from a certificate's common name. */
export function suggestedFile(commonName: string): string {
  const stem = commonName
    .normalize('NFKC')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return `${stem === '' ? 'certificate' : stem}.crt`;
}

/** Whether the reference takes a text as a store's name, and it names a folder of its own. */
export function isStoreName(name: string): boolean {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(name) && !/^\.+$/.test(name);
}
