import { AppError, isAppError, toWireError, type WireError } from '../../../shared/errors/app-error.ts';
import { toIdentity, toIdentityParts } from '../../../shared/model/distinguished-name.ts';
import { labTag, labUnit, type LabItem, type LabRequest } from '../../../shared/model/lab.ts';
import { type NewStatement } from '../../../shared/policy-text/statement-list.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { assertStoreName } from '../keystore/key-names.ts';
import { absolutePath, localFilesOf } from '../keystore/local-files.ts';
import { assertPlaceFree } from '../keystore/make-key.ts';
import { changeSigningKeys } from '../keystore/signing-keys-file.ts';
import { signingKeysFile } from '../keystore/signing-keys.ts';
import { trustStoreRoot } from '../trust/trust-store.ts';
import type { TestIssuer } from '../x509/issue-test-certificate.ts';
import { cleanUpLab } from './clean-up-lab.ts';
import { toLabFile, writeLabFiles, type NewLabFile } from './lab-files.ts';
import { issueTestCertificate } from './lab-issuing.ts';
import { createLabArtifact, listInIndex, markerFile } from './lab-layout.ts';
import { addLabStatement, findPolicyRoom, toLabStatement, toStatementJson, type PolicyRoom } from './lab-policy.ts';
import { readLabRecord, writeLabRecord, type LabContext, type LabRecord } from './lab-record.ts';
import { labSubject, signInLab, toLabSigner, type LabSigner } from './lab-signing.ts';

const dayMs = 86_400_000;
/** Drills sign in the past, so the root is older than they are. */
const rootAgeDays = 7;
const storeTypes = ['ca', 'tsa'] as const;
/** Where the authority of the lab keeps its key, for the certificates of drills. */
export const authorityFiles = { key: 'lab/root.key', certificate: 'lab/root.crt' } as const;

const exampleText = 'Hello from the Inkan test lab. This artifact is signed, and verifies.\n';

/** What would be made, and why not. */
export interface LabPlan {
  readonly items: readonly LabItem[];
  /** The policy statement, as JSON. */
  readonly statement: string;
  readonly problems: readonly WireError[];
}

function storesOf(name: string): readonly string[] {
  return storeTypes.map((type) => `${type}:${name}`);
}

function identityOf(name: string): string {
  const { country, state, locality, organization } = labSubject;
  const subject = `CN=${name},OU=${labUnit},O=${organization},L=${locality},ST=${state},C=${country}`;
  return toIdentity(toIdentityParts(subject) ?? []);
}

/** Whether everything has a free place. @throws AppError `lab.*`, `key.*`, `trustStore.badName`, `policy.invalid`, `file.*` */
async function assertRoom({ places, clock }: LabContext, { name }: LabRequest): Promise<PolicyRoom> {
  const { notation, inkan } = places;
  const record = await readLabRecord(inkan);
  if (record) throw new AppError('lab.exists', { directory: record.directory });
  await assertPlaceFree(notation, clock, name, false);
  for (const type of storeTypes) {
    const folder = `${trustStoreRoot}/${type}`;
    assertStoreName(name, (await notation.list(folder)) ?? []);
    if (await notation.stat(`${folder}/${name}`)) throw new AppError('lab.fileTaken', { file: `${folder}/${name}` });
  }
  return findPolicyRoom(notation, name);
}

/** The plan for an example: every file and entry, before any key is made. */
export async function planLab(context: LabContext, request: LabRequest): Promise<LabPlan> {
  const { name } = request;
  const { notation, layout } = context.places;
  let problems: readonly WireError[] = [];
  let room: PolicyRoom | undefined;
  try {
    room = await assertRoom(context, request);
  } catch (error) {
    if (!isAppError(error)) throw error;
    problems = [toWireError(error)];
  }
  const file = room?.file ?? { name: 'trustpolicy.oci.json', text: null };
  const statement = toLabStatement(room?.name ?? name, storesOf(name), identityOf(name));
  const exists = async (path: string): Promise<boolean> => (await notation.stat(path)) !== undefined;
  const places = localFilesOf(name);
  const create = (place: LabItem['place'], path: string, mode: string): LabItem => ({
    place,
    path,
    action: 'create',
    mode,
  });
  const items: LabItem[] = [
    create('notation', places.key, '0600'),
    create('notation', places.certificate, '0644'),
    ...storeTypes.map((type) => create('notation', storeFileOf(type, name), '0600')),
    {
      place: 'notation',
      path: signingKeysFile,
      action: (await exists(signingKeysFile)) ? 'change' : 'create',
      entry: { kind: 'key', name },
    },
    {
      place: 'notation',
      path: file.name,
      action: file.text === null ? 'create' : 'change',
      entry: { kind: 'statement', name: statement.name },
    },
    create('inkan', authorityFiles.key, '0600'),
    create('inkan', authorityFiles.certificate, '0644'),
    create('layout', markerFile.path, '0644'),
    {
      place: 'layout',
      path: 'index.json',
      action: (await layout.stat('index.json')) ? 'change' : 'create',
      entry: { kind: 'artifact', name: labTag },
    },
    ...createLabArtifact(exampleText).files.map(({ path }) => create('layout', path, '0444')),
    { ...create('layout', 'blobs/sha256/…', '0444'), entry: { kind: 'artifact', name: 'signature' } },
  ];
  return { items, statement: statementText(statement), problems };
}

/** The statement alone, as it stands in a document. */
function statementText(statement: NewStatement): string {
  return JSON.stringify(JSON.parse(toStatementJson(statement)), undefined, 2);
}

function storeFileOf(type: (typeof storeTypes)[number], name: string): string {
  return `${trustStoreRoot}/${type}/${name}/${name}-root.crt`;
}

/** Everything that was made in memory and is yet to be written. */
interface Material {
  readonly root: TestIssuer;
  readonly signer: LabSigner;
}

async function makeMaterial({ clock, random }: LabContext, request: LabRequest): Promise<Material> {
  const { name, algorithm, intermediate, validityDays } = request;
  const now = Math.floor(clock.now().getTime() / 1000) * 1000;
  const at = (days: number): Date => new Date(now + days * dayMs);
  const common = { subject: labSubject, unit: labUnit, algorithm, notAfter: at(validityDays + 1) };
  const root = await issueTestCertificate(
    { ...common, role: 'root', name: `${name}-root`.slice(-64), notBefore: at(-rootAgeDays) },
    random,
  );
  const between = intermediate
    ? await issueTestCertificate(
        { ...common, role: 'intermediate', name: `${name}-intermediate`.slice(-64), notBefore: at(-rootAgeDays) },
        random,
        root,
      )
    : undefined;
  const leaf = await issueTestCertificate(
    { ...common, role: 'leaf', name, notBefore: at(0), notAfter: at(validityDays) },
    random,
    between ?? root,
  );
  return { root, signer: toLabSigner(leaf, ...(between ? [between] : []), root) };
}

function filesOf(name: string, { root, signer }: Material): readonly NewLabFile[] {
  const places = localFilesOf(name);
  const rootBytes = toUtf8(root.certificatePem);
  return [
    { place: 'inkan', path: authorityFiles.key, bytes: toUtf8(root.keyPem), mode: 0o600 },
    { place: 'inkan', path: authorityFiles.certificate, bytes: rootBytes, mode: 0o644 },
    { place: 'notation', path: places.key, bytes: toUtf8(signer.keyPem), mode: 0o600 },
    { place: 'notation', path: places.certificate, bytes: toUtf8(signer.chainPem), mode: 0o644 },
    ...storeTypes.map((type): NewLabFile => ({
      place: 'notation',
      path: storeFileOf(type, name),
      bytes: rootBytes,
      mode: 0o600,
    })),
  ];
}

/**
 * Makes the example: root, signer, key, stores, statement and a signed artifact, all of it or nothing. What is about to be written is
 * on record before the first file (security rule O-11); the record outlives a crash, and what it names is taken away again.
 *
 * @throws AppError `lab.*`, `key.*`, `trustStore.badName`, `policy.invalid`, `file.*`
 */
export async function makeLab(context: LabContext, request: LabRequest, signal: AbortSignal): Promise<LabRecord> {
  const { places, clock, version } = context;
  const { notation, inkan, layout } = places;
  const { name } = request;
  const room = await assertRoom(context, request);
  const statement = toLabStatement(room.name, storesOf(name), identityOf(name));
  const material = await makeMaterial(context, request);
  const artifact = createLabArtifact(exampleText);
  const signed = await signInLab(artifact.descriptor, material.signer, { at: clock.now(), version, signal });
  const files = distinct([...filesOf(name, material), markerFile, ...artifact.files, ...signed.files]);
  const entries = [{ descriptor: artifact.descriptor, tag: labTag }, signed.entry];
  const ownFiles = localFilesOf(name);
  const entry = {
    name,
    keyPath: absolutePath(notation, ownFiles.key),
    certPath: absolutePath(notation, ownFiles.certificate),
  };
  const record: LabRecord = {
    version: 1,
    state: 'making',
    directory: notation.path,
    madeAt: toRfc3339(clock.now()),
    request,
    entry,
    statement: {
      name: statement.name,
      file: room.file.name,
      json: toStatementJson(statement),
      madeFile: room.file.text === null,
    },
    stores: [...storesOf(name)],
    identity: identityOf(name),
    digest: artifact.descriptor.digest,
    files: files.map(toLabFile),
    listed: entries.map(({ descriptor }) => descriptor.digest),
    drills: [],
  };
  signal.throwIfAborted();
  await writeLabRecord(inkan, record);
  try {
    await writeLabFiles(context, files);
    await listInIndex(layout, entries);
    await changeSigningKeys(notation, clock, { kind: 'add', entry, makeDefault: false });
    await addLabStatement(notation, room, statement);
  } catch (error) {
    // What failed is what the user should see; what cannot be taken away now is at the next start.
    await cleanUpLab(context, record).catch(() => undefined);
    throw error;
  }
  const made: LabRecord = { ...record, state: 'made' };
  await writeLabRecord(inkan, made);
  return made;
}

/** Each path once: the empty config belongs to every artifact. */
export function distinct(files: readonly NewLabFile[]): readonly NewLabFile[] {
  return [...new Map(files.map((file) => [`${file.place} ${file.path}`, file])).values()];
}
