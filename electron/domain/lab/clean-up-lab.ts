import type { LabItem, LabPlace } from '../../../shared/model/lab.ts';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { changeSigningKeys, readSigningKeys } from '../keystore/signing-keys-file.ts';
import { signingKeysFile } from '../keystore/signing-keys.ts';
import { revisionOf } from './lab-files.ts';
import { findForeign, markerFile, unlistFromIndex } from './lab-layout.ts';
import { findStatementRemoval, removeLabStatement } from './lab-policy.ts';
import { removeLabRecord, writeLabRecord, type LabContext, type LabRecord } from './lab-record.ts';

/** Exactly what {@link cleanUpLab} does: what goes, what is gone already, and what stays because it is not, or no longer, the lab's. */
export async function planLabCleanUp(context: LabContext, record: LabRecord): Promise<readonly LabItem[]> {
  const foreign = await findForeign(context.places.layout, record.listed);
  const ofFiles: LabItem[] = [];
  for (const file of record.files) {
    const { place, path } = file;
    const stays =
      place === 'layout' && (foreign.blobs.has(path) || (path === markerFile.path && foreign.names.length > 0));
    const revision = await revisionOf(context.places[place], path);
    if (revision === undefined) ofFiles.push({ place, path, action: 'absent' });
    else if (stays) ofFiles.push({ place, path, action: 'keep', why: 'notOurs' });
    else if (revision !== file.sha256) ofFiles.push({ place, path, action: 'keep', why: 'changed' });
    else ofFiles.push({ place, path, action: 'remove' });
  }
  return [
    ...(await findEntries(context, record)),
    ...ofFiles,
    ...(await findIndexItems(context, foreign.names)),
    ...(await findForeignStoreFiles(context, record)),
  ];
}

/** The key of the list and the statement of the policy. */
async function findEntries({ places, clock }: LabContext, record: LabRecord): Promise<LabItem[]> {
  const { notation } = places;
  const { entry, statement } = record;
  const { keys } = await readSigningKeys(notation, clock);
  const listed = keys.find(({ name }) => name === entry.name);
  const isOurs = listed?.keyPath === entry.keyPath && listed.certPath === entry.certPath;
  const key: LabItem = {
    place: 'notation',
    path: signingKeysFile,
    action: listed === undefined ? 'absent' : isOurs ? 'change' : 'keep',
    entry: { kind: 'key', name: entry.name },
    ...(listed !== undefined && !isOurs && { why: 'changed' }),
  };
  const removal = await findStatementRemoval(notation, record);
  const action = removal.action === 'remove' ? (removal.text === null ? 'remove' : 'change') : removal.action;
  const policy: LabItem = {
    place: 'notation',
    path: removal.file.name,
    action,
    entry: { kind: 'statement', name: statement.name },
    ...(removal.why && { why: removal.why }),
  };
  return [key, policy];
}

async function findIndexItems({ places }: LabContext, foreign: readonly string[]): Promise<LabItem[]> {
  const path = 'index.json';
  if (!(await places.layout.stat(path))) return [{ place: 'layout', path, action: 'absent' }];
  const kept = foreign.map((name): LabItem => ({
    place: 'layout',
    path,
    action: 'keep',
    entry: { kind: 'artifact', name },
    why: 'notOurs',
  }));
  return [{ place: 'layout', path, action: foreign.length > 0 ? 'change' : 'remove' }, ...kept];
}

/** What the user put into the lab's stores. */
async function findForeignStoreFiles({ places }: LabContext, { files }: LabRecord): Promise<LabItem[]> {
  const ours = files.filter(({ path }) => path.startsWith('truststore/')).map(({ path }) => path);
  const folders = new Set(ours.map((path) => path.slice(0, path.lastIndexOf('/'))));
  const items: LabItem[] = [];
  for (const folder of folders) {
    for (const name of (await places.notation.list(folder)) ?? []) {
      const path = `${folder}/${name}`;
      if (!ours.includes(path)) items.push({ place: 'notation', path, action: 'keep', why: 'notOurs' });
    }
  }
  return items;
}

/**
 * Removes what the lab made, and nothing else: a file only while it is byte for byte what the lab wrote, an entry only while it says
 * what the lab wrote. Once begun it is finished, now or at the next start.
 *
 * @throws AppError `file.*`, `key.listMalformed`
 */
export async function cleanUpLab(context: LabContext, record: LabRecord): Promise<readonly LabItem[]> {
  const { places, clock } = context;
  const { notation, inkan, layout } = places;
  const items = await planLabCleanUp(context, record);
  await writeLabRecord(inkan, { ...record, state: 'removing' });
  await removeLabStatement(notation, record);
  if (items.some(({ path, action }) => path === signingKeysFile && action === 'change'))
    await changeSigningKeys(notation, clock, { kind: 'remove', name: record.entry.name }).catch((error: unknown) => {
      if (!isAppError(error, 'key.notFound')) throw error;
    });
  await unlistFromIndex(layout, record.listed);
  const folders = new Set<string>();
  for (const { place, path, action } of items) {
    if (path.includes('/')) folders.add(`${place} ${path.slice(0, path.lastIndexOf('/'))}`);
    if (action === 'remove' && isOwnFile(record, place, path)) await places[place].remove(path);
  }
  await removeEmptyFolders(context, [...folders]);
  await removeLabRecord(inkan);
  return items;
}

function isOwnFile({ files }: LabRecord, place: LabPlace, path: string): boolean {
  return files.some((file) => file.place === place && file.path === path);
}

/** Folders that the lab made and that hold nothing any more; those that Notation or Inkan use anyway stay. */
async function removeEmptyFolders({ places }: LabContext, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const [place, path] = folder.split(' ') as [LabPlace, string];
    const isOwn = place === 'layout' || path.startsWith('truststore/');
    if (isOwn) await places[place].removeEmptyFolder(path);
  }
  await places.layout.removeEmptyFolder('blobs');
}
