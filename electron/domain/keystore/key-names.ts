import { AppError } from '../../../shared/errors/app-error.ts';
import { findNameTwin, newFileNameFault, type FileNameFault } from './file-names.ts';

type NameFault =
  FileNameFault | 'has other characters than a-z, A-Z, 0-9, _ . -' | 'differs from an existing one only in letter case';

const maxNameLength = 64;
const pattern = /^[a-zA-Z0-9_.-]+$/;

function nameFault(name: string, existing: readonly string[]): NameFault | undefined {
  if (name === '') return 'is empty';
  if (name.length > maxNameLength) return 'is too long';
  if (!pattern.test(name)) return 'has other characters than a-z, A-Z, 0-9, _ . -';
  const fault = newFileNameFault(name);
  if (fault) return fault;
  const twin = findNameTwin(name, existing);
  return twin !== undefined && twin !== name ? 'differs from an existing one only in letter case' : undefined;
}

/**
 * Checks a name for a new key: the reference's `[a-zA-Z0-9_.-]+`, at most 64 characters, good as a file name on every system, and
 * not the case twin of an existing one (security rules O-03 and F-09). Keys that are listed already may have any name.
 *
 * @throws AppError `key.badName`
 */
export function assertKeyName(name: string, existing: readonly string[] = []): void {
  const fault = nameFault(name, existing);
  if (fault) throw new AppError('key.badName', { name, fault });
}

/** Checks a name for a trust store, by the rules of {@link assertKeyName}. @throws AppError `trustStore.badName` */
export function assertStoreName(name: string, existing: readonly string[] = []): void {
  const fault = nameFault(name, existing);
  if (fault) throw new AppError('trustStore.badName', { name, fault });
}
