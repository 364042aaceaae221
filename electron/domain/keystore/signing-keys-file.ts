import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { ABSENT, type Clock, type Directory } from '../ports.ts';
import {
  changeSigningKeyList,
  emptySigningKeyList,
  maxSigningKeysBytes,
  parseSigningKeys,
  signingKeysFile,
  type LocalKeyEntry,
  type PluginKeyEntry,
  type SigningKeyChange,
  type SigningKeyEntry,
  type SigningKeyList,
} from './signing-keys.ts';

const readTries = 6;
const readPauseMs = 20;
const writeTries = 5;

/**
 * Reads the list. The reference truncates the file and writes it in place (security rule O-07), so an empty or half file is read
 * again five times; one that stays so is an error, never an empty list.
 *
 * @throws AppError `key.listMalformed`, `file.unreadable`, `file.notRegular`, `file.tooLarge`
 */
export async function readSigningKeys(directory: Directory, clock: Clock): Promise<SigningKeyList> {
  return (await readWithRevision(directory, clock)).list;
}

async function readWithRevision(
  directory: Directory,
  clock: Clock,
): Promise<{ list: SigningKeyList; revision: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const state = await directory.read(signingKeysFile, { maxBytes: maxSigningKeysBytes, remember: true });
    if (state === undefined) return { list: emptySigningKeyList, revision: ABSENT };
    try {
      return { list: parseSigningKeys(state.bytes), revision: state.revision };
    } catch (error) {
      if (attempt === readTries || !isAppError(error, 'key.listMalformed')) throw error;
      await clock.sleep(readPauseMs);
    }
  }
}

/**
 * Changes the list in what is there at the moment of writing: when another program changed it meanwhile, the change is made to the
 * new list. Gives the list as it was before.
 *
 * @throws AppError `key.exists`, `key.notFound`, `file.changedMeanwhile` after five tries, and what reading and writing throw
 */
export async function changeSigningKeys(
  directory: Directory,
  clock: Clock,
  change: SigningKeyChange,
): Promise<SigningKeyList> {
  return directory.withLock('signing-keys', async () => {
    let first: SigningKeyList | undefined;
    for (let attempt = 1; attempt <= writeTries; attempt += 1) {
      const { list, revision } = await readWithRevision(directory, clock);
      if (first && isDone(list, change)) return first;
      first ??= list;
      const text = changeSigningKeyList(list, change);
      try {
        await directory.write(signingKeysFile, new TextEncoder().encode(text), { ifRevision: revision });
        return first;
      } catch (error) {
        if (!isAppError(error, 'file.changedMeanwhile')) throw error;
      }
    }
    throw new AppError('file.changedMeanwhile', { file: signingKeysFile });
  });
}

/** Whether another program wrote the list with our change in it, after it was made and before the conflict was seen. */
function isDone(list: SigningKeyList, change: SigningKeyChange): boolean {
  if (change.kind === 'setDefault') return list.defaultName === change.name;
  if (change.kind === 'relocate')
    return change.moves.every(({ to }) => list.keys.some((key) => key.name === to.name && isSameKey(key, to)));
  if (change.kind === 'remove') return !list.keys.some(({ name }) => name === change.name);
  const { entry } = change;
  const isListed = list.keys.some((key) => key.name === entry.name && isSameKey(key, entry));
  return isListed && (!change.makeDefault || list.defaultName === entry.name);
}

function isSameKey(key: SigningKeyEntry, added: LocalKeyEntry | PluginKeyEntry): boolean {
  if ('keyPath' in added) return key.keyPath === added.keyPath && key.certPath === added.certPath;
  return key.pluginName === added.pluginName && key.id === added.id;
}
