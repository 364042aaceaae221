import { AppError, isAppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import type { KeyRepair } from '../../../shared/model/signing-key.ts';
import type { KeyFilesContext } from './inspect-key.ts';
import { matchKeyPair } from './key-pair.ts';
import type { LocateFile } from './local-files.ts';
import { readChainFile, readKeyFile } from './read-key-files.ts';
import { changeSigningKeys, readSigningKeys } from './signing-keys-file.ts';
import type { KeyMove, LocalKeyEntry, SigningKeyEntry } from './signing-keys.ts';

/** Where files of keys are looked for: a folder for all keys, or the two files of one key. Absolute paths. */
export type KeyPlace =
  { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'files'; readonly entry: LocalKeyEntry };

export interface RepairPlan {
  readonly found: KeyRepair[];
  /** Names of keys that are gone, and not found either. */
  readonly lost: string[];
}

/** A file keeps at most this many folders of its old path below the new place. */
const maxKept = 6;

/**
 * The keys of the list whose files are gone, and what their entries have to say so that they are found again: files of the same
 * names, in the same folders below the place if these are there. Nothing is written; what is no key or does not belong together is
 * told as a problem. Whether the key may sign is another matter: also one that has expired is found again.
 *
 * @throws AppError `key.listMalformed`, `file.*`
 */
export async function planRepair(context: KeyFilesContext, place: KeyPlace): Promise<RepairPlan> {
  const plan: RepairPlan = { found: [], lost: [] };
  for (const entry of (await readSigningKeys(context.directory, context.clock)).keys) {
    const from = toLocalEntry(entry);
    if (!from || !(await isBroken(context.locateFile, from))) continue;
    const to = await findAgain(context.locateFile, from, place);
    if (to) plan.found.push(await toRepair(context, from, to));
    else plan.lost.push(from.name);
  }
  return plan;
}

/**
 * Writes the new places of these keys, all in one edit. What is written is what {@link planRepair} tells at this moment.
 *
 * @throws AppError `key.notRepairable` for a key that is not found whole, `key.listMalformed`, `file.*`
 */
export async function repairKeys(context: KeyFilesContext, place: KeyPlace, names: readonly string[]): Promise<void> {
  const { found } = await planRepair(context, place);
  const moves = names.map((name): KeyMove => {
    const repair = found.find((candidate) => candidate.name === name);
    if (!repair || repair.problems.length > 0) throw new AppError('key.notRepairable', { name });
    const { keyPath, certificatePath } = repair;
    return {
      from: { name, keyPath: keyPath.before, certPath: certificatePath.before },
      to: { name, keyPath: keyPath.after, certPath: certificatePath.after },
    };
  });
  await changeSigningKeys(context.directory, context.clock, { kind: 'relocate', moves });
}

function toLocalEntry({ name, keyPath, certPath }: SigningKeyEntry): LocalKeyEntry | undefined {
  return keyPath === undefined || certPath === undefined ? undefined : { name, keyPath, certPath };
}

async function isBroken(locateFile: LocateFile, { keyPath, certPath }: LocalKeyEntry): Promise<boolean> {
  return !(await isThere(locateFile, keyPath)) || !(await isThere(locateFile, certPath));
}

/** Whether anything is there; of what cannot be looked at, what is supposed of it. */
async function isThere(locateFile: LocateFile, path: string, supposed = true): Promise<boolean> {
  const place = locateFile(path);
  if (!place) return false;
  try {
    return (await place.directory.stat(place.name)) !== undefined;
  } catch (error) {
    if (isAppError(error)) return supposed;
    throw error;
  }
}

async function findAgain(
  locateFile: LocateFile,
  from: LocalKeyEntry,
  place: KeyPlace,
): Promise<LocalKeyEntry | undefined> {
  if (place.kind === 'files') return place.entry.name === from.name ? place.entry : undefined;
  const keyPath = await findFile(locateFile, from.keyPath, place.path);
  const certPath = await findFile(locateFile, from.certPath, place.path);
  return keyPath === undefined || certPath === undefined ? undefined : { name: from.name, keyPath, certPath };
}

/** The path as it is when it leads somewhere; else that of a file below the folder which keeps the most of the old path. */
async function findFile(locateFile: LocateFile, path: string, folder: string): Promise<string | undefined> {
  if (await isThere(locateFile, path)) return path;
  for (const candidate of candidatesOf(path, folder)) if (await isThere(locateFile, candidate, false)) return candidate;
  return undefined;
}

/** Paths of Windows are known by their drive or leading backslashes, also on systems that have none. */
function partsOf(path: string): readonly string[] {
  const isWindows = /^(?:[A-Za-z]:[\\/]|\\)/.test(path);
  return path.split(isWindows ? /[\\/]/ : '/').filter((part) => part !== '');
}

function candidatesOf(path: string, folder: string): readonly string[] {
  const parts = partsOf(path).slice(-maxKept);
  const separator = /^(?:[A-Za-z]:)?\\/.test(folder) ? '\\' : '/';
  const root = folder.endsWith(separator) ? folder.slice(0, -1) : folder;
  return parts
    .map((_, index) => parts.slice(index))
    .filter((kept) => kept.every((part) => part !== '.' && part !== '..' && !part.includes(separator)))
    .map((kept) => [root, ...kept].join(separator));
}

async function toRepair(context: KeyFilesContext, from: LocalKeyEntry, to: LocalKeyEntry): Promise<KeyRepair> {
  const replaced =
    from.keyPath === to.keyPath ? replacedPart(from.certPath, to.certPath) : replacedPart(from.keyPath, to.keyPath);
  return {
    name: from.name,
    keyPath: { before: from.keyPath, after: to.keyPath },
    certificatePath: { before: from.certPath, after: to.certPath },
    ...(replaced && { replaced }),
    problems: await findProblems(context, to),
  };
}

/** The leading parts of two paths that are not the same; undefined when they do not end alike. */
function replacedPart(before: string, after: string): KeyRepair['replaced'] {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  const tail = before.slice(before.length - same);
  const cut = tail.search(/[\\/]/);
  if (cut < 0) return undefined;
  const kept = tail.length - cut;
  return { find: before.slice(0, before.length - kept), replace: after.slice(0, after.length - kept) };
}

async function findProblems({ locateFile }: KeyFilesContext, entry: LocalKeyEntry): Promise<WireError[]> {
  try {
    const { pem } = await readKeyFile(locateFile, entry.keyPath);
    matchKeyPair(pem, await readChainFile(locateFile, entry.certPath));
    return [];
  } catch (error) {
    if (isAppError(error)) return [toWireError(error)];
    throw error;
  }
}
