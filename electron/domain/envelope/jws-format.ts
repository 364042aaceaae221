import type { JsonObject, JsonValue } from '../codec/strict-json.ts';
import { attributeNames, malformed } from './envelope-rules.ts';

/** Protected header names (signature specification, signature-envelope-jws.md, "Protected Headers"). */
export const jwsHeader = {
  algorithm: 'alg',
  critical: 'crit',
  contentType: 'cty',
  expiry: attributeNames.expiry,
  signingScheme: attributeNames.signingScheme,
  signingTime: attributeNames.signingTime,
  authenticSigningTime: attributeNames.authenticSigningTime,
} as const;

/** Unprotected header names (same place, "Unprotected Headers"). */
export const jwsUnprotectedHeader = {
  timestampToken: attributeNames.timestampToken,
  chain: 'x5c',
  signingAgent: attributeNames.signingAgent,
} as const;

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
