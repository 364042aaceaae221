import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { TimestampChoice } from '../../shared/model/timestamp.ts';
import { parseBase64 } from '../domain/codec/base64.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import type { EnvelopeContent, SignatureAlgorithm, Signer } from '../domain/envelope/envelope.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import type { Clock, Directory, Http, Random } from '../domain/ports.ts';
import { obtainTimestamp, type SignatureToStamp } from '../domain/timestamp/obtain-timestamp.ts';
import {
  parseAuthorityRoot,
  parseAuthorityUrl,
  type TimestampAuthority,
} from '../domain/timestamp/timestamp-authority.ts';
import { isSafeStoreName } from '../domain/trust/store-name.ts';
import { trustStoreRoot } from '../domain/trust/trust-store.ts';
import type { OpenRevocation } from './open-revocation.ts';

/** A signature is stamped by the hash that it was made with (signature specification, "Timestamp countersignature"). */
const hashes: Readonly<Record<SignatureAlgorithm, SignatureToStamp['hash']>> = {
  PS256: 'sha256',
  PS384: 'sha384',
  PS512: 'sha512',
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
};
/** What asking an authority takes. */
export interface TimestampSources {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly openRevocation: OpenRevocation;
}

const maxRootBytes = 1_048_576;
/** What a root that was pasted or dropped is called in a command line. */
const pastedRoot = 'tsa-root.pem';

function pathOf({ store, file }: Extract<TimestampChoice['root'], { kind: 'store' }>): string {
  return `${trustStoreRoot}/tsa/${store}/${file}`;
}

async function readRoot(directory: Directory, root: TimestampChoice['root']): Promise<Uint8Array> {
  if (root.kind === 'content') {
    try {
      return parseBase64(root.content);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      throw new AppError('timestamp.badRoot', { fault: 'unreadable', what: error.message });
    }
  }
  const missing = new AppError('timestamp.badRoot', { fault: 'missing', what: `tsa:${root.store} ${root.file}` });
  if (!isSafeStoreName(root.store)) throw missing;
  try {
    const state = await directory.read(pathOf(root), { maxBytes: maxRootBytes });
    if (state === undefined) throw missing;
    return state.bytes;
  } catch (error) {
    if (!isAppError(error) || error === missing) throw error;
    throw new AppError('timestamp.badRoot', { fault: 'unreadable', what: `${root.file}: ${error.code}` });
  }
}

/**
 * The authority that the user chose, its root read and checked.
 * @throws AppError `timestamp.badUrl`, `timestamp.badRoot`
 */
export async function openAuthority(
  directory: Directory,
  choice: TimestampChoice,
  now: Date,
): Promise<TimestampAuthority> {
  const url = parseAuthorityUrl(choice.url);
  const bytes = await readRoot(directory, choice.root);
  const name = choice.root.kind === 'store' ? choice.root.file : '';
  return { url, root: parseAuthorityRoot(bytes, name, now) };
}

/** What an encoder calls once the signature value is made. */
export function toStamp(
  authority: TimestampAuthority,
  { algorithm, chain }: Signer,
  { openRevocation, ...ports }: TimestampSources,
): NonNullable<EnvelopeContent['timestamp']> {
  return async (value, signal) => {
    const revocation = await openRevocation('own');
    return obtainTimestamp(authority, { value, hash: hashes[algorithm], chain }, { ...ports, revocation }, signal);
  };
}

/** The arguments of `notation sign` for the same timestamp. */
export function toTimestampArguments(directory: Directory, { url, root }: TimestampChoice): string[] {
  const path = root.kind === 'store' ? absolutePath(directory, pathOf(root)) : pastedRoot;
  return ['--timestamp-url', url, '--timestamp-root-cert', path];
}
