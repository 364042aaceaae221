import { AppError } from '../../../shared/errors/app-error.ts';

/** The system's code of a failed call, such as `ENOENT`. */
export function errnoOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

const noSpace: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const notRegular: readonly string[] = ['ELOOP', 'ENXIO', 'EISDIR', 'ENOTDIR', 'EMLINK'];

/** The error to show for a failed call on a file. An AppError stays what it is. */
export function toFileError(error: unknown, file: string, access: 'read' | 'write'): AppError {
  if (error instanceof AppError) return error;
  const cause = errnoOf(error);
  if (notRegular.includes(cause)) return new AppError('file.notRegular', { file }, { cause: error });
  if (access === 'read') return new AppError('file.unreadable', { file, cause }, { cause: error });
  if (noSpace.includes(cause)) return new AppError('file.noSpace', { file }, { cause: error });
  return new AppError('file.notWritten', { file, cause }, { cause: error });
}

/** Runs a call; gives undefined when there is nothing at the path. */
export async function unlessAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
