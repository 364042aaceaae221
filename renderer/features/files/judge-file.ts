import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { callHost } from '../../client/connection.ts';
import { sendFile } from '../../client/send-file.ts';
import { changeEntry, dropEntry, entryOf, pairIntoList } from './files-store.ts';
import { toBlobOptions, type FileEntry } from './pairing.ts';

/** One after the other, so that the first of many is done soon and the host is not flooded. */
let queue: Promise<unknown> = Promise.resolve();
const cancels = new Map<string, AbortController>();

function inTurn(task: () => Promise<void>): Promise<void> {
  const turn = queue.then(task);
  queue = turn.catch(() => undefined);
  return turn;
}

/** Runs a task on an entry in its turn; what goes wrong is kept with the entry. */
function onEntry(key: string, task: (entry: FileEntry, signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = cancels.get(key) ?? new AbortController();
  cancels.set(key, controller);
  changeEntry(key, { busy: true, fault: undefined });
  return inTurn(async () => {
    const entry = entryOf(key);
    if (entry === undefined) return;
    try {
      await task(entry, controller.signal);
    } catch (fault) {
      changeEntry(key, { fault });
    } finally {
      changeEntry(key, { busy: false, sending: undefined });
    }
  });
}

/** Hands the file over, unless the host has it. */
async function ensureSent({ key, blob, fileId }: FileEntry, signal: AbortSignal): Promise<string> {
  if (fileId !== undefined) return fileId;
  if (blob === undefined) throw new AppError('intake.notFound', {});
  changeEntry(key, { sending: 0 });
  const onProgress = (received: number) => changeEntry(key, { sending: received });
  const id = await sendFile(blob, { keep: 'hashOnly', signal, onProgress });
  changeEntry(key, { fileId: id, sending: undefined });
  return id;
}

/** The host forgets files that are left alone; then it is handed over once more. */
async function withFile<T>(entry: FileEntry, signal: AbortSignal, ask: (fileId: string) => Promise<T>): Promise<T> {
  try {
    return await ask(await ensureSent(entry, signal));
  } catch (error) {
    if (!isAppError(error, 'intake.notFound') || entry.fileId === undefined) throw error;
    return ask(await ensureSent({ ...entry, fileId: undefined }, signal));
  }
}

async function withSignature<T>(signature: File, signal: AbortSignal, ask: (id: string) => Promise<T>): Promise<T> {
  const signatureId = await sendFile(signature, { keep: 'spool', signal });
  try {
    return await ask(signatureId);
  } finally {
    await callHost('intake.discardFile', { id: signatureId }).catch(() => undefined);
  }
}

async function judge(entry: FileEntry, recorded: boolean, signal: AbortSignal): Promise<void> {
  const { key, blob, signature, options } = entry;
  if (signature === undefined) return void (blob && (await ensureSent(entry, signal)));
  await withSignature(signature, signal, async (signatureId) => {
    changeEntry(key, { inspected: await callHost('blobs.inspectFile', { signatureId }, signal) });
    if (blob === undefined) return;
    const under = { ...toBlobOptions(options), recorded };
    const report = await withFile(entry, signal, (fileId) =>
      callHost('blobs.verifyFile', { fileId, signatureId, ...under }, signal),
    );
    changeEntry(key, { report });
  });
}

/** Hands a file over and looks at its signature; with both, verifies. */
export function judgeFile(key: string, recorded = true): Promise<void> {
  return onEntry(key, (entry, signal) => judge(entry, recorded, signal));
}

/** Stops what is done with an entry. */
export function stopFile(key: string): void {
  cancels.get(key)?.abort();
  cancels.delete(key);
}

/** The id of a file at the host, handed over when it must be, or again when the host has forgotten it. @throws AppError */
export async function idOfFile(key: string, again: boolean): Promise<string> {
  if (again) changeEntry(key, { fileId: undefined });
  await onEntry(key, async (entry, signal) => void (await ensureSent(entry, signal)));
  const entry = entryOf(key);
  if (entry?.fileId === undefined) throw entry?.fault ?? new AppError('rpc.cancelled', {});
  return entry.fileId;
}

/** Puts files on the list and looks at each. */
export function addFiles(files: readonly File[]): void {
  for (const { key } of pairIntoList(files)) void judgeFile(key);
}

/** Stops what is done with an entry, takes it off the list and has the host forget it. */
export function removeFile({ key, fileId }: FileEntry): void {
  stopFile(key);
  dropEntry(key);
  if (fileId !== undefined) void callHost('intake.discardFile', { id: fileId }).catch(() => undefined);
}

/** Keeps a signature that was made here beside its file, and verifies it. */
export function keepSignature(key: string, name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const signature = new File([bytes], name);
  changeEntry(key, { signature, unsaved: true, report: undefined, inspected: undefined });
  void judgeFile(key, false);
}
