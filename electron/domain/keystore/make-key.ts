import type { KeyObject } from 'node:crypto';
import { AppError, isAppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import type { CertificateSubject, KeyAlgorithm, PlannedFile } from '../../../shared/model/signing-key.ts';
import type { Clock, Directory } from '../ports.ts';
import { findNameTwin } from './file-names.ts';
import { installKey, type KeystoreContext } from './install-key.ts';
import { assertKeyName, assertStoreName } from './key-names.ts';
import { parseKeyPair } from './key-pair.ts';
import { localFilesOf, localKeysFolder } from './local-files.ts';
import { changeSigningKeys, readSigningKeys } from './signing-keys-file.ts';
import { signingKeysFile } from './signing-keys.ts';

const caFolder = 'truststore/x509/ca';

/** How a test key is to be made. */
export interface TestKeyRequest {
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly validityDays: number;
  readonly subject: CertificateSubject;
  readonly makeDefault: boolean;
  /** Whether the certificate goes into the `ca` trust store of the key's name. */
  readonly trust: boolean;
}

/** What an operation would do, and what stands in its way. */
export interface FilePlan {
  readonly files: PlannedFile[];
  /** The reference's command for the same, if it has one. */
  readonly command: string | null;
  readonly problems: WireError[];
}

/** The files that {@link createTestKey} would write, in the reference's layout, and why it would refuse. */
export async function planTestKey({ directory, clock }: KeystoreContext, request: TestKeyRequest): Promise<FilePlan> {
  const places = localFilesOf(request.name);
  const isNewList = (await directory.stat(signingKeysFile)) === undefined;
  return {
    files: [
      { path: places.key, action: 'create', mode: '0600' },
      { path: places.certificate, action: 'create', mode: '0644' },
      ...(request.trust ? [{ path: places.storeFile, action: 'create', mode: '0600' } as const] : []),
      {
        path: signingKeysFile,
        action: isNewList ? 'create' : 'change',
        mode: '0600',
        note: request.makeDefault ? 'addsDefaultKey' : 'addsKey',
      },
    ],
    command: toGenerateTestCommand(request),
    problems: await findProblems(directory, clock, request),
  };
}

async function findProblems(directory: Directory, clock: Clock, request: TestKeyRequest): Promise<WireError[]> {
  try {
    await assertPlaceFree(directory, clock, request.name, request.trust);
    return [];
  } catch (error) {
    if (isAppError(error)) return [toWireError(error)];
    throw error;
  }
}

/** The reference has one test certificate: RSA, a day, one subject, always trusted. */
function toGenerateTestCommand({
  name,
  algorithm,
  validityDays,
  subject,
  makeDefault,
  trust,
}: TestKeyRequest): string | null {
  const isReferenceSubject =
    subject.country === 'US' &&
    subject.state === 'WA' &&
    subject.locality === 'Seattle' &&
    subject.organization === 'Notary';
  if (!algorithm.startsWith('RSA-') || validityDays !== 1 || !isReferenceSubject || !trust) return null;
  const bits = algorithm === 'RSA-2048' ? [] : ['--bits', algorithm.slice('RSA-'.length)];
  return ['notation', 'cert', 'generate-test', ...bits, ...(makeDefault ? ['--default'] : []), name].join(' ');
}

/**
 * Makes a key and its self-signed test certificate, lists and trusts it as asked: all of it or nothing, whatever happens meanwhile.
 * Layout and modes are those of the reference's `cert generate-test`.
 *
 * @throws AppError `key.badName`, `key.exists`, `key.fileExists`, `key.badSubject`, `trustStore.badName`, `trustStore.fileExists`,
 * `key.listMalformed`, `file.*`
 */
export async function createTestKey(context: KeystoreContext, request: TestKeyRequest): Promise<void> {
  const { directory, clock, random } = context;
  await assertPlaceFree(directory, clock, request.name, request.trust);
  const { name, algorithm, validityDays, subject } = request;
  // Loaded when it is needed: what makes certificates is a large part of the code, and few use it.
  const { createTestCertificate } = await import('../x509/create-test-certificate.ts');
  const made = await createTestCertificate({ name, algorithm, validityDays, subject, random, clock });
  await installKey(context, { ...request, keyPem: made.keyPem, chain: new TextEncoder().encode(made.certificatePem) });
}

/**
 * Copies a private key and its chain into the reference's folder for keys and lists them. The key is written as PKCS#8, the chain
 * as given.
 *
 * @throws AppError `key.badName`, `key.exists`, `key.fileExists`, `key.listMalformed`, `file.*`, and what {@link parseKeyPair} throws
 */
export async function addKey(
  context: KeystoreContext,
  request: {
    readonly name: string;
    readonly keyPem: string;
    readonly chain: Uint8Array;
    readonly makeDefault: boolean;
  },
): Promise<void> {
  await assertPlaceFree(context.directory, context.clock, request.name, false);
  const { key } = parseKeyPair(request.keyPem, request.chain, context.clock);
  await installKey(context, { ...request, keyPem: toPkcs8(key), trust: false });
}

/**
 * Lists a key and its chain where they are. The pair is checked, the files stay as they are.
 *
 * @throws AppError `key.badName`, `key.exists`, `key.listMalformed`, `file.*`, and what {@link parseKeyPair} throws
 */
export async function registerKey(
  { directory, clock }: KeystoreContext,
  request: {
    readonly name: string;
    readonly keyPath: string;
    readonly certPath: string;
    readonly keyPem: string;
    readonly chain: Uint8Array;
    readonly makeDefault: boolean;
  },
): Promise<void> {
  const { name, keyPath, certPath, makeDefault } = request;
  await assertNameFree(directory, clock, name);
  parseKeyPair(request.keyPem, request.chain, clock);
  await changeSigningKeys(directory, clock, { kind: 'add', entry: { name, keyPath, certPath }, makeDefault });
}

function toPkcs8(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Whether a name may be given to a new key. @throws AppError `key.badName`, `key.exists`, `key.listMalformed` */
export async function assertNameFree(directory: Directory, clock: Clock, name: string): Promise<void> {
  const { keys } = await readSigningKeys(directory, clock);
  const names = keys.map((key) => key.name);
  if (names.includes(name)) throw new AppError('key.exists', { name });
  assertKeyName(name, names);
}

/**
 * Whether a key of this name, and its files, have a free place.
 *
 * @throws AppError `key.badName`, `key.exists`, `key.fileExists`, `key.listMalformed`, `trustStore.badName`, `trustStore.fileExists`
 */
export async function assertPlaceFree(directory: Directory, clock: Clock, name: string, trust: boolean): Promise<void> {
  assertKeyName(name);
  await assertNameFree(directory, clock, name);
  const places = localFilesOf(name);
  const taken = (await directory.list(localKeysFolder)) ?? [];
  for (const file of [`${name}.key`, `${name}.crt`]) {
    const twin = findNameTwin(file, taken);
    if (twin !== undefined) throw new AppError('key.fileExists', { file: `${localKeysFolder}/${twin}` });
  }
  if (!trust) return;
  assertStoreName(name, (await directory.list(caFolder)) ?? []);
  if (await directory.stat(places.storeFile))
    throw new AppError('trustStore.fileExists', { type: 'ca', name, file: `${name}.crt` });
}
