import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { ABSENT, type Directory, type Random } from '../ports.ts';
import { runJournalled, type JournalContext, type JournalRecord } from './key-journal.ts';
import { absolutePath, localFilesOf } from './local-files.ts';
import { changeSigningKeys } from './signing-keys-file.ts';

const keyMode = 0o600;
const certificateMode = 0o644;
const storeFileMode = 0o600;

/** What making, adding or removing a key takes. */
export interface KeystoreContext extends JournalContext {
  readonly random: Random;
}

/** A key and its chain as they are to be written. */
export interface Installation {
  readonly name: string;
  /** PEM, unencrypted. */
  readonly keyPem: string;
  readonly chain: Uint8Array;
  readonly makeDefault: boolean;
  /** Whether the chain file goes into the `ca` trust store of the key's name too. */
  readonly trust: boolean;
}

/**
 * Writes a key, its chain, the store's file and the list entry, in the reference's layout with its modes: all of it or nothing,
 * whatever happens meanwhile (security rule O-11). Checks none of it.
 *
 * @throws AppError `key.fileExists`, `key.exists`, `key.listMalformed`, `file.*`
 */
export async function installKey(context: KeystoreContext, installation: Installation): Promise<void> {
  const { directory, clock, random } = context;
  const { name, keyPem, chain, makeDefault, trust } = installation;
  const places = localFilesOf(name);
  const entry = {
    name,
    keyPath: absolutePath(directory, places.key),
    certPath: absolutePath(directory, places.certificate),
  };
  const files = [
    { path: places.key, bytes: new TextEncoder().encode(keyPem), mode: keyMode },
    { path: places.certificate, bytes: chain, mode: certificateMode },
    ...(trust ? [{ path: places.storeFile, bytes: chain, mode: storeFileMode }] : []),
  ];
  const record: JournalRecord = {
    version: 1,
    id: random.uuid(),
    operation: 'create',
    directory: directory.path,
    entry,
    files: files.map(({ path, bytes, mode }) => ({
      path,
      mode,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
  await runJournalled(context, record, async () => {
    for (const { path, bytes, mode } of files) await writeNew(directory, path, bytes, mode);
    await changeSigningKeys(directory, clock, { kind: 'add', entry, makeDefault });
  });
}

async function writeNew(directory: Directory, path: string, bytes: Uint8Array, mode: number): Promise<void> {
  try {
    await directory.write(path, bytes, { mode, ifRevision: ABSENT });
  } catch (error) {
    if (isAppError(error, 'file.changedMeanwhile'))
      throw new AppError('key.fileExists', { file: path }, { cause: error });
    throw error;
  }
}
