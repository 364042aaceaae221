import type { TrustStoreType } from '../../../shared/model/trust-store.ts';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { anchorFault } from '../x509/trust-anchor.ts';
import { findNameTwin, newFileNameFault, pathPartFault } from './file-names.ts';
import { assertStoreName } from './key-names.ts';

/** Where the named stores stand in the configuration directory. */
const storesFolder = 'truststore/x509';

/** A named store. */
export interface StoreName {
  readonly type: TrustStoreType;
  readonly name: string;
}

function folderOf({ type, name }: StoreName): string {
  return `${storesFolder}/${type}/${name}`;
}

/**
 * The certificates of a file that is to become trusted: at least one.
 *
 * @throws AppError `certificate.malformed`, `trustStore.noCertificate`
 */
export function parseStoreFile(bytes: Uint8Array, file: string): readonly ParsedCertificate[] {
  const certificates = parseCertificates(bytes);
  if (certificates.length === 0) throw new AppError('trustStore.noCertificate', { file });
  return certificates;
}

/**
 * Puts a certificate file into a store, byte for byte. Every certificate in it must be one the store takes (trust store
 * specification) and one whose SHA-256 was confirmed.
 *
 * @throws AppError `trustStore.badName`, `file.badName`, `certificate.malformed`, `trustStore.noCertificate`, `trustStore.badCertificate`,
 * `trustStore.notConfirmed`, `trustStore.fileExists`, `file.*`
 */
export async function addStoreFile(
  directory: Directory,
  store: StoreName,
  file: string,
  bytes: Uint8Array,
  confirmedSha256: readonly string[],
): Promise<void> {
  assertStoreName(store.name, (await directory.list(`${storesFolder}/${store.type}`)) ?? []);
  const nameFault = newFileNameFault(file);
  if (nameFault) throw new AppError('file.badName', { file, fault: nameFault });
  for (const certificate of parseStoreFile(bytes, file)) {
    const fault = anchorFault(certificate, store.type);
    if (fault !== undefined) throw new AppError('trustStore.badCertificate', { ...store, file, fault });
    if (!confirmedSha256.includes(certificate.sha256))
      throw new AppError('trustStore.notConfirmed', { sha256: certificate.sha256 });
  }
  const folder = folderOf(store);
  const twin = findNameTwin(file, (await directory.list(folder)) ?? []);
  if (twin !== undefined) throw new AppError('trustStore.fileExists', { ...store, file: twin });
  try {
    await directory.write(`${folder}/${file}`, bytes, { mode: 0o600, ifRevision: ABSENT });
  } catch (error) {
    if (isAppError(error, 'file.changedMeanwhile'))
      throw new AppError('trustStore.fileExists', { ...store, file }, { cause: error });
    throw error;
  }
}

/**
 * Removes one file of a store, and the store when that was its last, as the reference does. Gives whether the store went.
 *
 * @throws AppError `trustStore.badName`, `trustStore.notFound`, `trustStore.fileNotFound`, `file.*`
 */
export async function deleteStoreFile(directory: Directory, store: StoreName, file: string): Promise<boolean> {
  const names = await listStore(directory, store);
  if (!names.includes(file)) throw new AppError('trustStore.fileNotFound', { ...store, file });
  await directory.remove(`${folderOf(store)}/${file}`);
  return directory.removeEmptyFolder(folderOf(store));
}

/**
 * Removes the files of a store one by one, then the store; never a tree. A store with a folder in it is left alone. Gives the files.
 *
 * @throws AppError `trustStore.badName`, `trustStore.notFound`, `file.*`
 */
export async function deleteStore(directory: Directory, store: StoreName): Promise<readonly string[]> {
  const folder = folderOf(store);
  const names = await listStore(directory, store);
  for (const name of names) {
    const stat = await directory.stat(`${folder}/${name}`);
    if (stat?.kind === 'directory') throw new AppError('file.notRegular', { file: `${folder}/${name}` });
  }
  for (const name of names) await directory.remove(`${folder}/${name}`);
  await directory.removeEmptyFolder(folder);
  return names;
}

async function listStore(directory: Directory, store: StoreName): Promise<readonly string[]> {
  const fault = pathPartFault(store.name);
  if (fault) throw new AppError('trustStore.badName', { name: store.name, fault });
  const names = await directory.list(folderOf(store));
  if (!names) throw new AppError('trustStore.notFound', { ...store });
  return names;
}
