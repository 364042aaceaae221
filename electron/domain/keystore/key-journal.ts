import { z } from 'zod';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseStrictJson } from '../codec/strict-json.ts';
import { ABSENT, type Clock, type Directory } from '../ports.ts';
import { pathPartFault } from './file-names.ts';
import { readSigningKeys } from './signing-keys-file.ts';

const journalFolder = 'journal';
const quarantineFolder = 'journal-quarantine';
const trashFolder = 'trash';
const maxJournalBytes = 65_536;
const lockName = 'keystore';

const plainPath = z.string().refine((path) => path.split('/').every((part) => pathPartFault(part) === undefined));
const recordSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  operation: z.enum(['create', 'remove']),
  /** Absolute path of the configuration directory. */
  directory: z.string(),
  /** The list entry that decides: with it in the list a key was created, without it removed. */
  entry: z.object({ name: z.string(), keyPath: z.string(), certPath: z.string() }),
  /** Relative to the configuration directory, with the SHA-256 of what Inkan wrote or removes. */
  files: z.array(z.object({ path: plainPath, sha256: z.string(), mode: z.number().int() })).max(16),
});

/** What an operation on several files is about to do; holds no secret. */
export type JournalRecord = z.infer<typeof recordSchema>;

/** What running operations on several files takes. */
export interface JournalContext {
  /** The configuration directory. */
  readonly directory: Directory;
  /** Inkan's own directory: journal and trash stand here. */
  readonly inkan: Directory;
  readonly clock: Clock;
}

/**
 * Runs the steps of an operation under its journal and, when they are done or one of them failed, settles what is left. The key
 * list is the commit: it is written last in `create`, and last before the trash is emptied in `remove`.
 *
 * @throws AppError of the step that failed; `file.busy`
 */
export async function runJournalled(
  context: JournalContext,
  record: JournalRecord,
  steps: () => Promise<void>,
): Promise<void> {
  const { inkan } = context;
  await inkan.withLock(lockName, async () => {
    const path = journalPath(record.id);
    await inkan.write(path, new TextEncoder().encode(JSON.stringify(record)), { ifRevision: ABSENT });
    try {
      await steps();
    } catch (error) {
      // What failed is what the user should see; what cannot be settled now is settled at the next start.
      await settle(context, record).catch(() => undefined);
      throw error;
    }
    await settle(context, record);
  });
}

/** Moves a file of the record into the trash: there it is whole before it goes from its place. */
export async function moveToTrash(
  { directory, inkan }: JournalContext,
  record: JournalRecord,
  path: string,
): Promise<void> {
  const state = await directory.read(path);
  const index = record.files.findIndex((file) => file.path === path && file.sha256 === state?.revision);
  if (!state || index < 0) return;
  await inkan.write(trashPath(record.id, index), state.bytes);
  await directory.remove(path);
}

/** What {@link recoverKeystore} found. */
export interface Recovery {
  /** Names of keys whose creation or removal had been interrupted and is now finished or undone. */
  readonly settled: readonly string[];
  /** Journal files that could not be read, and are kept aside. */
  readonly quarantined: readonly string[];
}

/**
 * Finishes or undoes what a crash interrupted, in whichever configuration directory it was. Doing it again changes nothing. Only
 * files that are still byte for byte what the operation wrote are removed.
 *
 * @throws AppError `file.*`, `key.listMalformed`; the journal is then kept for the next start
 */
export async function recoverKeystore(
  context: Omit<JournalContext, 'directory'>,
  openDirectory: (path: string) => Directory,
): Promise<Recovery> {
  const { inkan } = context;
  if ((await inkan.list(journalFolder)) === undefined) return { settled: [], quarantined: [] };
  return inkan.withLock(lockName, async () => {
    const settled: string[] = [];
    const quarantined: string[] = [];
    for (const name of (await inkan.list(journalFolder)) ?? []) {
      if (!name.endsWith('.json')) continue;
      const record = await readRecord(inkan, name);
      if (record) {
        await settle({ ...context, directory: openDirectory(record.directory) }, record);
        settled.push(record.entry.name);
      } else {
        await quarantine(inkan, name);
        quarantined.push(name);
      }
    }
    return { settled, quarantined };
  });
}

async function readRecord(inkan: Directory, name: string): Promise<JournalRecord | undefined> {
  try {
    const state = await inkan.read(`${journalFolder}/${name}`, { maxBytes: maxJournalBytes });
    const record = state && recordSchema.parse(parseStrictJson(state.bytes, { maxBytes: maxJournalBytes }));
    return record && journalPath(record.id) === `${journalFolder}/${name}` ? record : undefined;
  } catch (error) {
    if (error instanceof CodecError || error instanceof z.ZodError || isAppError(error, 'file.tooLarge'))
      return undefined;
    throw error;
  }
}

async function quarantine(inkan: Directory, name: string): Promise<void> {
  const state = await inkan.read(`${journalFolder}/${name}`);
  if (state) await inkan.write(`${quarantineFolder}/${name}`, state.bytes);
  await inkan.remove(`${journalFolder}/${name}`);
}

async function settle(context: JournalContext, record: JournalRecord): Promise<void> {
  const isListed = await hasEntry(context, record);
  if (record.operation === 'create' && !isListed) await removeFiles(context.directory, record);
  if (record.operation === 'remove') {
    if (isListed) await restoreFiles(context, record);
    else await removeFiles(context.directory, record);
    await emptyTrash(context.inkan, record);
  }
  await context.inkan.remove(journalPath(record.id));
}

async function hasEntry({ directory, clock }: JournalContext, { entry }: JournalRecord): Promise<boolean> {
  const { keys } = await readSigningKeys(directory, clock);
  return keys.some(
    (key) => key.name === entry.name && key.keyPath === entry.keyPath && key.certPath === entry.certPath,
  );
}

async function removeFiles(directory: Directory, record: JournalRecord): Promise<void> {
  for (const { path, sha256 } of record.files.toReversed()) {
    if (await isUnchanged(directory, path, sha256)) await directory.remove(path);
    if (path.startsWith('truststore/')) await directory.removeEmptyFolder(path.slice(0, path.lastIndexOf('/')));
  }
}

async function isUnchanged(directory: Directory, path: string, sha256: string): Promise<boolean> {
  try {
    return (await directory.read(path))?.revision === sha256;
  } catch (error) {
    if (isAppError(error, 'file.notRegular') || isAppError(error, 'file.tooLarge')) return false;
    throw error;
  }
}

async function restoreFiles({ directory, inkan }: JournalContext, record: JournalRecord): Promise<void> {
  for (const [index, { path, mode }] of record.files.entries()) {
    const kept = await inkan.read(trashPath(record.id, index));
    if (kept && !(await directory.stat(path))) await directory.write(path, kept.bytes, { mode, ifRevision: ABSENT });
  }
}

async function emptyTrash(inkan: Directory, record: JournalRecord): Promise<void> {
  for (const index of record.files.keys()) await inkan.remove(trashPath(record.id, index));
  await inkan.removeEmptyFolder(`${trashFolder}/${record.id}`);
}

function journalPath(id: string): string {
  return `${journalFolder}/${id}.json`;
}

function trashPath(id: string, index: number): string {
  return `${trashFolder}/${id}/${index}`;
}
