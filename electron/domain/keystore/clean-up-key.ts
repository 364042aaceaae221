import type { PlannedFile } from '../../../shared/model/signing-key.ts';
import { AppError, isAppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Directory, FileState } from '../ports.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { isTestCertificate } from './inspect-key.ts';
import type { KeystoreContext } from './install-key.ts';
import { moveToTrash, runJournalled, type JournalRecord } from './key-journal.ts';
import { assertKeyName } from './key-names.ts';
import { absolutePath, localFilesOf } from './local-files.ts';
import type { FilePlan } from './make-key.ts';
import { changeSigningKeys, readSigningKeys } from './signing-keys-file.ts';
import { signingKeysFile } from './signing-keys.ts';

interface CleanUp {
  readonly files: PlannedFile[];
  readonly isListed: boolean;
  readonly record: JournalRecord;
}

/** Exactly what {@link cleanUpTestKey} would remove, and why it would refuse. */
export async function planCleanUp(context: KeystoreContext, name: string): Promise<FilePlan> {
  const command = `notation cert cleanup-test ${name}`;
  try {
    const { files } = await prepare(context, name);
    return { files, command, problems: [] };
  } catch (error) {
    if (!isAppError(error) || isAppError(error, 'key.listMalformed')) throw error;
    return { files: [], command: null, problems: [toWireError(error)] };
  }
}

/**
 * Removes a test key: list entry, key file, certificate file and its file in the `ca` store of the same name. Parts that are missing
 * are passed over, as by the reference's `cert cleanup-test`; a key whose files are elsewhere, or that is no test key, is refused.
 *
 * @throws AppError `key.badName`, `key.notTest`, `key.listMalformed`, `file.*`
 */
export async function cleanUpTestKey(context: KeystoreContext, name: string): Promise<PlannedFile[]> {
  const { files, isListed, record } = await prepare(context, name);
  await runJournalled(context, record, async () => {
    for (const { path } of record.files) await moveToTrash(context, record, path);
    if (isListed) await changeSigningKeys(context.directory, context.clock, { kind: 'remove', name });
  });
  return files;
}

async function prepare({ directory, clock, random }: KeystoreContext, name: string): Promise<CleanUp> {
  assertKeyName(name);
  const places = localFilesOf(name);
  const entry = {
    name,
    keyPath: absolutePath(directory, places.key),
    certPath: absolutePath(directory, places.certificate),
  };
  const listed = (await readSigningKeys(directory, clock)).keys.find((key) => key.name === name);
  if (listed && (listed.keyPath !== entry.keyPath || listed.certPath !== entry.certPath)) {
    throw new AppError('key.notTest', { name, fault: 'its files are not in localkeys' });
  }
  const certificate = await directory.read(places.certificate);
  assertTest(name, certificate);
  const found = [
    { path: places.key, state: await directory.read(places.key), mode: 0o600 },
    { path: places.certificate, state: certificate, mode: 0o644 },
    { path: places.storeFile, state: await readStoreFile(directory, name, certificate), mode: 0o600 },
  ];
  const record: JournalRecord = {
    version: 1,
    id: random.uuid(),
    operation: 'remove',
    directory: directory.path,
    entry,
    files: found.flatMap(({ path, state, mode }) => (state ? [{ path, sha256: state.revision, mode }] : [])),
  };
  const list: PlannedFile = listed
    ? { path: signingKeysFile, action: 'change', note: 'removesKey' }
    : { path: signingKeysFile, action: 'absent' };
  return {
    files: [...found.map(({ path, state }) => toPlanned(path, state)), list],
    isListed: listed !== undefined,
    record,
  };
}

function toPlanned(path: string, state: FileState | undefined): PlannedFile {
  return { path, action: state ? 'remove' : 'absent' };
}

/** A real key that was copied here is not cleaned up as a test key is. A half-made one without its certificate may go. */
function assertTest(name: string, file: FileState | undefined): void {
  if (!file) return;
  const certificates = parseOwn(file);
  const [only] = certificates;
  if (certificates.length !== 1 || !only || !isTestCertificate(name, only))
    throw new AppError('key.notTest', {
      name,
      fault: 'its certificate is not a self-signed test certificate of this name',
    });
}

/** The store's file is the key's when it is the same certificate, or, without that, a test certificate of the name. */
async function readStoreFile(
  directory: Directory,
  name: string,
  certificate: FileState | undefined,
): Promise<FileState | undefined> {
  const stored = await directory.read(localFilesOf(name).storeFile);
  if (!stored || stored.revision === certificate?.revision) return stored;
  const [only, ...others] = certificate ? [] : parseOwn(stored);
  return only && others.length === 0 && isTestCertificate(name, only) ? stored : undefined;
}

function parseOwn(file: FileState): readonly ParsedCertificate[] {
  try {
    return parseCertificates(file.bytes);
  } catch (error) {
    if (isAppError(error, 'certificate.malformed')) return [];
    throw error;
  }
}
