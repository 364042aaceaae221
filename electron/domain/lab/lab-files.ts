import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { LabPlace } from '../../../shared/model/lab.ts';
import { ABSENT, type Directory } from '../ports.ts';
import type { LabContext, LabFile } from './lab-record.ts';

/** A file that the lab is about to write. */
export interface NewLabFile {
  readonly place: LabPlace;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** How a file stands in the record. */
export function toLabFile({ place, path, bytes, mode }: NewLabFile): LabFile {
  return { place, path, mode, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Writes files that must not be there yet. A blob that is there with the same bytes is one that is there.
 *
 * @throws AppError `lab.fileTaken`, `file.*`
 */
export async function writeLabFiles({ places }: LabContext, files: readonly NewLabFile[]): Promise<void> {
  for (const file of files) {
    const { place, path, bytes, mode } = file;
    try {
      await places[place].write(path, bytes, { mode, ifRevision: ABSENT });
    } catch (error) {
      if (!isAppError(error, 'file.changedMeanwhile')) throw error;
      const isSame = place === 'layout' && (await revisionOf(places[place], path)) === toLabFile(file).sha256;
      if (!isSame) throw new AppError('lab.fileTaken', { file: path }, { cause: error });
    }
  }
}

/** What a file is now; undefined when it is not there. What is no plain file is nothing that the lab wrote. */
export async function revisionOf(directory: Directory, path: string): Promise<string | undefined> {
  try {
    return (await directory.read(path))?.revision;
  } catch (error) {
    if (isAppError(error, 'file.notRegular') || isAppError(error, 'file.tooLarge')) return 'unknown';
    throw error;
  }
}
