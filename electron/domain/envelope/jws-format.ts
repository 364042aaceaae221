import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import type { JsonObject, JsonValue } from '../codec/strict-json.ts';
import type { SignatureAlgorithm } from './envelope.ts';

/** Protected header names (signature specification, signature-envelope-jws.md, "Protected Headers"). */
export const jwsHeader = {
  algorithm: 'alg',
  critical: 'crit',
  contentType: 'cty',
  expiry: 'io.cncf.notary.expiry',
  signingScheme: 'io.cncf.notary.signingScheme',
  signingTime: 'io.cncf.notary.signingTime',
  authenticSigningTime: 'io.cncf.notary.authenticSigningTime',
} as const;

/** Unprotected header names (same place, "Unprotected Headers"). */
export const jwsUnprotectedHeader = {
  timestampToken: 'io.cncf.notary.timestampSignature',
  chain: 'x5c',
  signingAgent: 'io.cncf.notary.signingAgent',
} as const;

/** In the order of the reference's own numbers for them, from 1. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];

/** Faults may quote the envelope, whose texts have no bound of their own. */
const maxFaultLength = 1024;

/** The error of a broken envelope: what is wrong, in the reference's words where it has some, and where. */
export function malformed(fault: string, field: string, cause?: unknown): AppError<'envelope.malformed'> {
  return new AppError(
    'envelope.malformed',
    { fault: fault.slice(0, maxFaultLength), field: field.slice(0, 128) },
    { cause },
  );
}

/** Runs a decoder of untrusted text and names the field when it refuses. @throws AppError `envelope.malformed` */
export function decodeField<T>(field: string, toFault: (fault: string) => string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof CodecError ? malformed(toFault(error.message), field, error) : error;
  }
}

function fold(name: string): string {
  return name.toUpperCase().toLowerCase();
}

/**
 * Refuses a member that differs from a known name only in case: the reference would take it for the known one (rule O-04).
 *
 * @throws AppError `envelope.malformed`
 */
export function assertExactNames(object: JsonObject, known: readonly string[], field: string): void {
  const folded = new Map(known.map((name) => [fold(name), name]));
  for (const name of Object.keys(object)) {
    const meant = folded.get(fold(name));
    if (meant !== undefined && meant !== name)
      throw malformed(`member ${JSON.stringify(name)} must be written ${JSON.stringify(meant)}`, field);
  }
}

/** The names in an object that the reference would take for a known one: itself, and whatever differs only in case. */
export function namesLike(object: JsonObject, known: string): readonly string[] {
  return Object.keys(object).filter((name) => fold(name) === fold(known));
}

/** A member that must be text. @throws AppError `envelope.malformed` */
export function textOf(value: JsonValue | undefined, field: string): string {
  if (typeof value !== 'string') throw malformed(`${JSON.stringify(field)} must be a string`, field);
  return value;
}
