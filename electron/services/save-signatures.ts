import { basename, join } from 'node:path';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import { parseBase64 } from '../domain/codec/base64.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import { ABSENT } from '../domain/ports.ts';

export interface SaveOptions {
  readonly locateFile: LocateFile;
  /** Asks where to save a file, which may then be written over; its absolute path, or undefined when cancelled. */
  readonly chooseSavePath: (name: string) => Promise<string | undefined>;
  /** Asks for a folder. */
  readonly chooseSaveFolder: () => Promise<string | undefined>;
}

type Files = ParsedInputOf<'blobs.saveSignatures'>['files'];
type Saved = OutputOf<'blobs.saveSignatures'>;
type SavedFile = NonNullable<Saved['files']>[number];

function parseContent(base64: string): Uint8Array {
  try {
    return parseBase64(base64);
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('intake.badChunk', {});
    throw error;
  }
}

async function write({ locateFile }: SaveOptions, path: string, bytes: Uint8Array, replace: boolean): Promise<void> {
  const place = locateFile(path);
  if (place === undefined) throw new AppError('file.badName', { file: path, fault: 'is no absolute path' });
  await place.directory.write(place.name, bytes, { mode: 0o600, ...(!replace && { ifRevision: ABSENT }) });
}

async function saveInFolder(options: SaveOptions, folder: string, file: Files[number]): Promise<SavedFile> {
  const { name } = file;
  try {
    await write(options, join(folder, name), parseContent(file.base64), false);
    return { name, result: 'saved' };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'file.changedMeanwhile') return { name, result: 'exists' };
    return { name, result: 'failed', error: toWireError(error) };
  }
}

/** Writes signature files 0600 where the user says. What is there already is replaced only when the user chose it in the dialog. */
export async function saveSignatures(options: SaveOptions, files: Files): Promise<Saved> {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) {
    const path = await options.chooseSavePath(only.name);
    if (path === undefined) return { files: null };
    await write(options, path, parseContent(only.base64), true);
    return { files: [{ name: basename(path), result: 'saved' }] };
  }
  const folder = await options.chooseSaveFolder();
  if (folder === undefined) return { files: null };
  const saved: SavedFile[] = [];
  for (const file of files) saved.push(await saveInFolder(options, folder, file));
  return { files: saved };
}
