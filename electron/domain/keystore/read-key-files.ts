import { AppError, isAppError, type WireError } from '../../../shared/errors/app-error.ts';
import type { FileState, FileStat, ReadOptions } from '../ports.ts';
import type { LocateFile } from './local-files.ts';

const maxKeyBytes = 65_536;
const maxChainBytes = 1_048_576;

interface LocatedState {
  readonly state: FileState;
  readonly stat: FileStat | undefined;
}

/**
 * A file named by `signingkeys.json`. Never through a symlink.
 *
 * @throws AppError `file.unreadable`, `file.notRegular`, `file.tooLarge`
 */
async function readLocated(locateFile: LocateFile, path: string, options: ReadOptions): Promise<LocatedState> {
  const place = locateFile(path);
  if (!place) throw new AppError('file.unreadable', { file: path, cause: 'notAbsolute' });
  try {
    const [state, stat] = await Promise.all([
      place.directory.read(place.name, options),
      place.directory.stat(place.name),
    ]);
    if (!state) throw new AppError('file.unreadable', { file: path, cause: 'ENOENT' });
    return { state, stat };
  } catch (error) {
    if (isAppError(error, 'file.unreadable'))
      throw new AppError('file.unreadable', { ...error.details, file: path }, { cause: error });
    if (isAppError(error, 'file.notRegular')) throw new AppError('file.notRegular', { file: path }, { cause: error });
    throw error;
  }
}

/** A key file's text, and what is wrong with who may read it (security rule O-15). @throws AppError as reading a file does */
export async function readKeyFile(
  locateFile: LocateFile,
  path: string,
): Promise<{ pem: string; findings: readonly WireError[] }> {
  const { state, stat } = await readLocated(locateFile, path, { maxBytes: maxKeyBytes });
  const findings: WireError[] = [];
  if (stat && (stat.mode & 0o077) !== 0) {
    findings.push({
      code: 'key.readableByOthers',
      details: { file: path, mode: stat.mode.toString(8).padStart(4, '0') },
    });
  }
  if (stat && !stat.ownedByUser) findings.push({ code: 'file.foreignOwner', details: { file: path } });
  return { pem: new TextDecoder().decode(state.bytes), findings };
}

/** The bytes of a chain file. @throws AppError as reading a file does */
export async function readChainFile(locateFile: LocateFile, path: string): Promise<Uint8Array> {
  return (await readLocated(locateFile, path, { maxBytes: maxChainBytes, remember: true })).state.bytes;
}
