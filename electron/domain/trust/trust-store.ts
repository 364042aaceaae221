import { isAppError } from '../../../shared/errors/app-error.ts';
import { trustStoreTypeSchema, type TrustStoreType } from '../../../shared/model/trust-store.ts';
import type { Reason } from '../../../shared/model/verification.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { Directory, FolderFile } from '../ports.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { anchorFault } from '../x509/trust-anchor.ts';
import { isSafeStoreName } from './store-name.ts';

/** Where named trust stores stand in the configuration directory. */
export const trustStoreRoot = 'truststore/x509';
const maxFileBytes = 4 * 1024 * 1024;

/** Why the reference refuses a store. `about` decides which of two faults the CLI tells of first. */
export interface TrustStoreFault {
  readonly about: 'store' | 'certificate';
  readonly reason: Reason;
  /** What the CLI ends with when this fault fails a verification. */
  readonly cliMessage: string;
}
export interface TrustStoreFile {
  readonly file: string;
  /** Empty when the file could not be read. */
  readonly certificates: readonly ParsedCertificate[];
  readonly fault?: TrustStoreFault;
}
/** A named store as found. With a fault it anchors nothing: one broken file fails the whole store, as with the reference. */
export interface LoadedTrustStore {
  readonly type: TrustStoreType;
  readonly name: string;
  readonly files: readonly TrustStoreFile[];
  readonly fault?: TrustStoreFault;
}

type StoreId = Pick<LoadedTrustStore, 'type' | 'name'>;

/** Certificates by the revision of their file; a pure memory of parsing. */
const parsedFiles = new Map<string, readonly ParsedCertificate[]>();
const maxParsedFiles = 2048;

function parseOnce(revision: string, bytes: Uint8Array): readonly ParsedCertificate[] {
  const known = parsedFiles.get(revision);
  if (known !== undefined) return known;
  const certificates = parseCertificates(bytes);
  if (parsedFiles.size >= maxParsedFiles) parsedFiles.clear();
  parsedFiles.set(revision, certificates);
  return certificates;
}

const addHint = "Use command 'notation cert add' to create and add trusted certificates to the trust store";
/** What Go prints for an absent inner error; the CLI shows it. */
const noInner = '%!w(<nil>)';

function storeFault(
  store: StoreId,
  code: Reason['code'],
  message: string,
  rest: string,
  details: Record<string, unknown> = {},
): TrustStoreFault {
  return {
    about: 'store',
    reason: { code, details: { store: `${store.type}:${store.name}`, ...details }, message },
    cliMessage: `${message}. ${rest}`,
  };
}

function fileFault(
  store: StoreId,
  file: string,
  code: Reason['code'],
  message: string,
  rest: string,
  details: Record<string, unknown>,
): TrustStoreFault {
  return {
    about: 'certificate',
    reason: { code, details: { store: `${store.type}:${store.name}`, file, ...details }, message },
    cliMessage: `${message}. ${rest}`,
  };
}

function notRegularFault(store: StoreId, file: string): TrustStoreFault {
  const message = `trusted certificate ${file} in trust store ${store.name} of type ${store.type} is not a regular file (directories or symlinks are not supported)`;
  return fileFault(store, file, 'authenticity.fileNotRegular', message, noInner, {});
}

function unreadableFault(store: StoreId, file: string, fault: string, cliCause: string): TrustStoreFault {
  const message = `failed to read the trusted certificate ${file} in trust store ${store.name} of type ${store.type}`;
  return fileFault(store, file, 'authenticity.fileUnreadable', message, cliCause, { fault });
}

/** Why a file's certificates do not anchor trust in a store of this type. */
function anchorFaultOfFile(
  store: StoreId,
  file: string,
  certificates: readonly ParsedCertificate[],
): TrustStoreFault | undefined {
  const where = `the trusted certificate ${file} in trust store ${store.name} of type ${store.type}`;
  if (certificates.length === 0) {
    return fileFault(
      store,
      file,
      'authenticity.fileUnreadable',
      `failed to validate ${where}`,
      'input certs cannot be empty',
      { fault: 'input certs cannot be empty' },
    );
  }
  const toFault = (type: TrustStoreType, toMessage: (fault: string) => string): TrustStoreFault | undefined => {
    for (const certificate of certificates) {
      const fault = anchorFault(certificate, type);
      if (fault !== undefined)
        return fileFault(store, file, 'authenticity.fileNotAnchor', toMessage(fault), fault, {
          subject: certificate.subject,
          fault,
        });
    }
    return undefined;
  };
  return (
    toFault('ca', () => `failed to validate ${where}`) ??
    (store.type === 'tsa' ? toFault('tsa', (fault) => `${where.slice('the '.length)} is invalid: ${fault}`) : undefined)
  );
}

function toStoreFile(store: StoreId, read: FolderFile): TrustStoreFile {
  const { name: file } = read;
  try {
    if ('error' in read) throw read.error;
    const certificates = parseOnce(read.state.revision, read.state.bytes);
    const fault = anchorFaultOfFile(store, file, certificates);
    return { file, certificates, ...(fault && { fault }) };
  } catch (error) {
    if (isAppError(error, 'file.notRegular')) return { file, certificates: [], fault: notRegularFault(store, file) };
    if (isAppError(error, 'certificate.malformed')) {
      const fault = unreadableFault(store, file, error.details.fault, 'x509: malformed certificate');
      return { file, certificates: [], fault };
    }
    if (!isAppError(error)) throw error;
    return { file, certificates: [], fault: unreadableFault(store, file, error.code, error.code) };
  }
}

/**
 * Reads a named trust store (trust store specification) as the reference does: every entry of the folder, whatever its name;
 * regular files only; PEM or DER; the first fault in the order of names fails the store. Every file is read, so that each
 * can be shown. Dates are not looked at.
 * @throws AppError only for what is no fault of the store, such as a name that leaves its folder (`file.badName`)
 */
export async function readTrustStore(
  directory: Directory,
  type: TrustStoreType,
  name: string,
): Promise<LoadedTrustStore> {
  const store = { type, name };
  const named = `the trust store ${quote(name)} of type ${quote(type)}`;
  const missing = (): LoadedTrustStore => ({
    ...store,
    files: [],
    fault: storeFault(store, 'authenticity.storeMissing', `${named} does not exist`, addHint),
  });
  if (!isSafeStoreName(name)) return missing();
  const path = `${trustStoreRoot}/${type}/${name}`;
  let entries: readonly FolderFile[] | undefined;
  try {
    entries = await directory.readFolder(path, { maxBytes: maxFileBytes, remember: true });
  } catch (error) {
    if (isAppError(error, 'file.notRegular')) {
      const message = `the trust store ${name} of type ${type} with path ${directory.path}/${path} is not a regular directory (symlinks are not supported)`;
      return {
        ...store,
        files: [],
        fault: storeFault(store, 'authenticity.storeUnreadable', message, noInner, { cause: 'notRegular' }),
      };
    }
    if (!isAppError(error)) throw error;
    return {
      ...store,
      files: [],
      fault: storeFault(store, 'authenticity.storeUnreadable', `failed to access ${named}`, error.code, {
        cause: error.code,
      }),
    };
  }
  if (entries === undefined) return missing();
  const files = entries.map((entry) => toStoreFile(store, entry));
  const fault = files.find((file) => file.fault !== undefined)?.fault;
  if (fault !== undefined) return { ...store, files, fault };
  if (files.length > 0) return { ...store, files };
  const message = `no x509 certificates were found in trust store ${quote(name)} of type ${quote(type)}`;
  return {
    ...store,
    files,
    fault: { ...storeFault(store, 'authenticity.storeEmpty', message, addHint), about: 'certificate' },
  };
}

/** Every named store of every type, broken ones with their faults. */
export async function listTrustStores(directory: Directory): Promise<LoadedTrustStore[]> {
  const stores: LoadedTrustStore[] = [];
  for (const type of trustStoreTypeSchema.options) {
    const names = (await directory.list(`${trustStoreRoot}/${type}`)) ?? [];
    for (const name of names) stores.push(await readTrustStore(directory, type, name));
  }
  return stores;
}

/** Trust stores as they stand during one verification: each is read at most once. */
export interface TrustStoreReader {
  read(type: TrustStoreType, name: string): Promise<LoadedTrustStore>;
  list(): Promise<readonly LoadedTrustStore[]>;
}

/** A reader over a configuration directory; see {@link readTrustStore}. */
export function createTrustStoreReader(directory: Directory): TrustStoreReader {
  const stores = new Map<string, Promise<LoadedTrustStore>>();
  let all: Promise<LoadedTrustStore[]> | undefined;
  return {
    read(type, name) {
      const id = `${type}:${name}`;
      const store = stores.get(id) ?? readTrustStore(directory, type, name);
      stores.set(id, store);
      return store;
    },
    list: () => (all ??= listTrustStores(directory)),
  };
}
