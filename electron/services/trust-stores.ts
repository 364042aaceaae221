import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import type { Certificate } from '../../shared/model/certificate.ts';
import { trustStoreTypeSchema, type TrustStore, type TrustStoreType } from '../../shared/model/trust-store.ts';
import { AppError, isAppError, toWireError, type WireError } from '../../shared/errors/app-error.ts';
import { parseBase64 } from '../domain/codec/base64.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import { addStoreFile, deleteStore, deleteStoreFile, parseStoreFile } from '../domain/keystore/trust-store-files.ts';
import type { Clock, Directory } from '../domain/ports.ts';
import { readPolicySnapshot } from '../domain/trust/policy-file.ts';
import {
  listTrustStores,
  readTrustStore,
  trustStoreRoot,
  type LoadedTrustStore,
  type TrustStoreFile,
} from '../domain/trust/trust-store.ts';
import { toCertificateModel } from '../domain/x509/certificate-model.ts';
import { isSelfSigned } from '../domain/x509/certificate-signature.ts';
import { checkAuthority, checkCodeSigningLeaf } from '../domain/x509/chain-check.ts';
import type { ParsedCertificate } from '../domain/x509/parsed-certificate.ts';
import { anchorFault } from '../domain/x509/trust-anchor.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';

export interface TrustStoresServiceOptions {
  readonly configuration: ConfigurationProvider;
  readonly clock: Clock;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly publish: Publish;
}

/** Finds the statements that name a store, such as `ca:acme`. */
type StoreUse = (store: string) => string[];

/** The named trust stores of the configuration directory in use. */
export function createTrustStoresService(options: TrustStoresServiceOptions): Handlers<'trustStores'> {
  const { configuration, clock, publish } = options;
  return {
    'trustStores.listStores': async () => {
      const directory = configuration.current();
      const usedBy = await readStoreUse(directory);
      const stores = await listTrustStores(directory);
      return {
        stores: stores.map((store) => toModel(store, usedBy, clock)),
        path: shortenHome(absolutePath(directory, trustStoreRoot), options.homePath),
      };
    },

    'trustStores.inspectCertificates': async ({ content }) => {
      const certificates = parseStoreFile(parseContent(content), '');
      const faults = new Map(trustStoreTypeSchema.options.map((type) => [type, firstFault(certificates, type)]));
      return {
        certificates: certificates.map((certificate) => toAnchorModel(certificate, clock)),
        acceptedBy: {
          ca: faults.get('ca') === undefined,
          signingAuthority: faults.get('signingAuthority') === undefined,
          tsa: faults.get('tsa') === undefined,
        },
        faults: Object.fromEntries(
          [...faults].flatMap(([type, fault]) => (fault === undefined ? [] : [[type, fault]])),
        ),
      };
    },

    'trustStores.addCertificates': async ({ type, name, file, content, confirmedSha256 }) => {
      const directory = configuration.current();
      await addStoreFile(directory, { type, name }, file, parseContent(content), confirmedSha256);
      publish('config.changed', { area: 'trustStores' });
      return toModel(await readTrustStore(directory, type, name), await readStoreUse(directory), clock);
    },

    'trustStores.deleteCertificate': async ({ type, name, file }) => {
      const storeRemoved = await deleteStoreFile(configuration.current(), { type, name }, file);
      publish('config.changed', { area: 'trustStores' });
      return { storeRemoved };
    },

    'trustStores.deleteStore': async ({ type, name }) => {
      const files = await deleteStore(configuration.current(), { type, name });
      publish('config.changed', { area: 'trustStores' });
      return { files: [...files] };
    },
  };
}

function parseContent(content: string): Uint8Array {
  try {
    return parseBase64(content);
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('certificate.malformed', { fault: error.message });
    throw error;
  }
}

function firstFault(certificates: readonly ParsedCertificate[], type: TrustStoreType): string | undefined {
  return certificates.map((certificate) => anchorFault(certificate, type)).find((fault) => fault !== undefined);
}

/** A policy that cannot be read or judged uses no store: its own page says what is wrong with it. */
async function readStoreUse(directory: Directory): Promise<StoreUse> {
  try {
    const policy = await readPolicySnapshot(directory);
    if (policy.kind !== 'valid') return () => [];
    const { statements } = policy;
    return (store) => statements.filter(({ trustStores }) => trustStores.includes(store)).map(({ name }) => name);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return () => [];
  }
}

function toModel(store: LoadedTrustStore, usedBy: StoreUse, clock: Clock): TrustStore {
  const { type, name } = store;
  const problem = toStoreProblem(store);
  return {
    type,
    name,
    files: store.files.map((file) => toFileModel(store, file, clock)),
    usedBy: usedBy(`${type}:${name}`),
    ...(problem && { problem }),
  };
}

function toFileModel(store: LoadedTrustStore, file: TrustStoreFile, clock: Clock): TrustStore['files'][number] {
  const problem = toFileProblem(store, file);
  return {
    file: file.file,
    certificates: file.certificates.map((certificate) => toAnchorModel(certificate, clock, store.type)),
    ...(problem && { problem }),
  };
}

/** A certificate on its own, put to the rules of its role: of an authority, or of a lone signer. */
function toAnchorModel(certificate: ParsedCertificate, clock: Clock, type: TrustStoreType = 'ca'): Certificate {
  const at = { now: clock.now() };
  if (certificate.basicConstraints?.ca === true) {
    const rules = checkAuthority(certificate, type === 'tsa' ? 'timestamping' : 'codeSigning', at);
    return toCertificateModel(certificate, isSelfSigned(certificate) ? 'root' : 'intermediate', rules);
  }
  return toCertificateModel(certificate, 'leaf', checkCodeSigningLeaf(certificate, at));
}

/** The verification's reason for a file as the error that adding it would have met. */
function toFileProblem({ type, name }: LoadedTrustStore, { file, fault }: TrustStoreFile): WireError | undefined {
  if (fault === undefined) return undefined;
  const text = String(fault.reason.details['fault'] ?? fault.reason.message ?? '');
  if (fault.reason.code === 'authenticity.fileNotRegular')
    return toWireError(new AppError('file.notRegular', { file }));
  if (fault.reason.code === 'authenticity.fileNotAnchor') {
    return toWireError(new AppError('trustStore.badCertificate', { type, name, file, fault: text }));
  }
  return toWireError(new AppError('certificate.malformed', { fault: text }));
}

function toStoreProblem({ type, name, files, fault }: LoadedTrustStore): WireError | undefined {
  if (fault === undefined || files.some((file) => file.fault !== undefined)) return undefined;
  switch (fault.reason.code) {
    case 'authenticity.storeEmpty':
      return toWireError(new AppError('trustStore.empty', { type, name }));
    case 'authenticity.storeMissing':
      return toWireError(
        new AppError('trustStore.badName', { name, fault: 'Inkan does not open a folder of this name' }),
      );
    default:
      return toWireError(new AppError('file.notRegular', { file: `${trustStoreRoot}/${type}/${name}` }));
  }
}
