import { AppError, type WireError } from '../../../shared/errors/app-error.ts';
import type { Clock, Directory } from '../ports.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import type { KeyFilesContext } from './inspect-key.ts';
import { parseChain } from './key-pair.ts';
import { readChainFile, readKeyFile } from './read-key-files.ts';
import { readSigningKeys } from './signing-keys-file.ts';
import type { SigningKeyEntry } from './signing-keys.ts';

/** What signing takes. Never leaves the main process. */
export interface SigningMaterial {
  readonly name: string;
  /** PEM, unencrypted. */
  readonly keyPem: string;
  /** Leaf first. */
  readonly chain: readonly ParsedCertificate[];
  /** What the user should confirm first, as error codes: a key that others may read. */
  readonly findings: readonly WireError[];
}

/**
 * The private key and chain of an entry of the list. Only loaded: whether the pair may sign is for the signer to check.
 *
 * @throws AppError `sign.keyUnusable`, `certificate.malformed`, `file.*`
 */
export async function loadSigningMaterial(context: KeyFilesContext, entry: SigningKeyEntry): Promise<SigningMaterial> {
  if (entry.keyPath === undefined || entry.certPath === undefined) {
    throw new AppError('sign.keyUnusable', {
      name: entry.name,
      fault: 'it names neither a key with its certificate nor a plugin',
    });
  }
  const keyFile = readKeyFile(context.locateFile, entry.keyPath);
  // When both cannot be read, it is the chain that is told of.
  keyFile.catch(() => undefined);
  const chain = parseChain(await readChainFile(context.locateFile, entry.certPath));
  const { pem, findings } = await keyFile;
  return { name: entry.name, keyPem: pem, chain, findings };
}

/**
 * The entry of a name of the list, or of the default key.
 *
 * @throws AppError `sign.keyNotFound`, `sign.noDefaultKey`, `key.listMalformed`, `file.*`
 */
export async function findSigningKey(
  directory: Directory,
  clock: Clock,
  name: string | undefined,
): Promise<SigningKeyEntry> {
  const list = await readSigningKeys(directory, clock);
  const wanted = name ?? list.defaultName;
  if (wanted === undefined) throw new AppError('sign.noDefaultKey', {});
  const entry = list.keys.find((candidate) => candidate.name === wanted);
  if (!entry) throw new AppError('sign.keyNotFound', { name: wanted });
  return entry;
}
