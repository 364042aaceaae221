import { isAppError, type WireError } from '../../../shared/errors/app-error.ts';
import type { Directory } from '../ports.ts';
import { localKeysFolder } from './local-files.ts';
import { signingKeysFile } from './signing-keys.ts';

/** Whoever may write to one of these decides what verifies (audit note A-08). */
const watched = [
  '',
  signingKeysFile,
  'trustpolicy.oci.json',
  'trustpolicy.json',
  'config.json',
  localKeysFolder,
  'truststore',
  'truststore/x509',
];

/** What of a configuration directory others may write to, or own (security rule O-15). The reference checks neither. */
export async function findUnsafeFiles(directory: Directory): Promise<readonly WireError[]> {
  const warnings: WireError[] = [];
  for (const path of watched) {
    const stat = await statPlain(directory, path);
    if (stat === undefined || stat.kind === 'symlink') continue;
    const file = path === '' ? directory.path : path;
    if ((stat.mode & 0o022) !== 0)
      warnings.push({ code: 'file.writableByOthers', details: { file, mode: stat.mode.toString(8).padStart(4, '0') } });
    if (!stat.ownedByUser) warnings.push({ code: 'file.foreignOwner', details: { file } });
  }
  return warnings;
}

async function statPlain(directory: Directory, path: string): ReturnType<Directory['stat']> {
  try {
    return await directory.stat(path);
  } catch (error) {
    if (isAppError(error, 'file.notRegular') || isAppError(error, 'file.unreadable')) return undefined;
    throw error;
  }
}
