import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { toRecord, type Pair } from '../../ui/pairs-field.tsx';

/** What a file is verified under. */
export interface VerifyOptions {
  /** Empty: the global policy. */
  readonly policyName: string;
  /** Empty: not compared. */
  readonly mediaType: string;
  readonly metadata: readonly Pair[];
  readonly pluginConfig: readonly Pair[];
}

export type Inspected = OutputOf<'blobs.inspectFile'>;

/** A file and its signature, as far as they are there, and what is known of them. */
export interface FileEntry {
  readonly key: string;
  readonly blob?: File | undefined;
  readonly signature?: File | undefined;
  /** Bytes that have arrived, while it is handed over. */
  readonly sending?: number | undefined;
  /** By which the host knows the file. */
  readonly fileId?: string | undefined;
  readonly busy: boolean;
  readonly fault?: unknown;
  readonly report?: VerificationReport | undefined;
  readonly inspected?: Inspected | undefined;
  /** Whether the signature was made here and not saved yet. */
  readonly unsaved: boolean;
  readonly options: VerifyOptions;
}

export const maxEntries = 500;
const noOptions: VerifyOptions = { policyName: '', mediaType: '', metadata: [], pluginConfig: [] };

/** The name of the file that a signature file is for; undefined for what is none. */
export function signedNameOf(name: string): string | undefined {
  return /^(.+)\.(?:jws|cose)\.sig$/i.exec(name)?.[1];
}

/** The name of an entry's file, by its signature when the file itself is missing. */
export function nameOf({ blob, signature }: Pick<FileEntry, 'blob' | 'signature'>): string {
  return blob?.name ?? (signature && signedNameOf(signature.name)) ?? signature?.name ?? '';
}

const isSignature = (name: string) => name.toLowerCase().endsWith('.sig');
const forgotten = { report: undefined, inspected: undefined, fault: undefined } as const;

function addSignature(entries: readonly FileEntry[], signature: File, key: string): readonly FileEntry[] {
  const signed = signedNameOf(signature.name);
  const at = entries.findIndex((entry) => signed !== undefined && nameOf(entry) === signed);
  if (at < 0) return [...entries, { key, signature, busy: false, unsaved: false, options: noOptions }];
  return entries.map((entry, index) => (index === at ? { ...entry, ...forgotten, signature, unsaved: false } : entry));
}

function addBlob(entries: readonly FileEntry[], blob: File, key: string): readonly FileEntry[] {
  const at = entries.findIndex((entry) => nameOf(entry) === blob.name);
  if (at < 0) return [...entries, { key, blob, busy: false, unsaved: false, options: noOptions }];
  return entries.map((entry, index) => (index === at ? { ...entry, ...forgotten, blob, fileId: undefined } : entry));
}

/**
 * Puts files on the list: a signature beside the file that it is named after, whichever comes first. What is there already under
 * the same name is taken anew.
 */
export function pairFiles(
  entries: readonly FileEntry[],
  files: readonly File[],
  newKey: () => string,
): readonly FileEntry[] {
  return files.reduce<readonly FileEntry[]>((all, file) => {
    const next = isSignature(file.name) ? addSignature(all, file, newKey()) : addBlob(all, file, newKey());
    return next.length > maxEntries ? all : next;
  }, entries);
}

/** The options as the contract takes them. */
export function toBlobOptions({ policyName, mediaType, metadata, pluginConfig }: VerifyOptions) {
  return {
    ...(policyName !== '' && { policyName }),
    ...(mediaType !== '' && { mediaType }),
    userMetadata: toRecord(metadata),
    pluginConfig: toRecord(pluginConfig),
  };
}
