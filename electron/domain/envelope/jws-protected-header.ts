import { mediaTypes } from '../../../shared/model/media-types.ts';
import { parseBase64Url } from '../codec/base64.ts';
import { toGoQuoted } from '../codec/go-text.ts';
import { parseRfc3339 } from '../codec/rfc3339.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject } from '../codec/strict-json.ts';
import type { Header, ProtectedHeader, SignatureAlgorithm, SigningScheme } from './envelope.ts';
import { checkTimes, decodeField, malformed, signatureAlgorithms, type EnvelopeTimes } from './envelope-rules.ts';
import { assertExactNames, jwsHeader } from './jws-format.ts';

const field = 'protected';
const maxHeaderBytes = 1_048_576;
const ownNames: readonly string[] = Object.values(jwsHeader);
/** What Go's JWT library knows besides ours; it refuses these by another sentence than algorithms it never heard of. */
const refusedAlgorithms = new Set(['none', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'EdDSA']);

function undecodable(fault: string): string {
  return `jws envelope protected header can't be decoded: ${fault}`;
}

function parseHeaderObject(encoded: string): JsonObject {
  const header = decodeField(field, undecodable, () =>
    parseStrictJson(parseBase64Url(encoded), { maxBytes: maxHeaderBytes, finiteNumbers: true }),
  );
  if (!isJsonObject(header)) throw malformed(undecodable('not a JSON object'), field);
  assertExactNames(header, [...ownNames, 'b64'], field);
  if (Object.hasOwn(header, 'b64')) throw malformed('"b64" header is not supported', 'b64');
  return header;
}

function parseAlgorithm(header: JsonObject): SignatureAlgorithm {
  const value = memberOf(header, jwsHeader.algorithm);
  const known = signatureAlgorithms.find((algorithm) => algorithm === value);
  if (known) return known;
  const invalid = 'signature is invalid. Error: signing method';
  if (typeof value !== 'string') throw malformed(`${invalid} (alg) is unspecified.`, jwsHeader.algorithm);
  throw malformed(
    refusedAlgorithms.has(value) ? `${invalid} ${value} is invalid` : `${invalid} (alg) is unavailable.`,
    jwsHeader.algorithm,
  );
}

function parseTimeOf(header: JsonObject, name: string): Date | undefined {
  const value = memberOf(header, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw malformed(undecodable(`${JSON.stringify(name)} is not a time`), name);
  return decodeField(name, undecodable, () => parseRfc3339(value));
}

function parseCritical(header: JsonObject): readonly string[] {
  const value = memberOf(header, jwsHeader.critical);
  if (value === undefined) return [];
  const isList = Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (!isList) throw malformed(undecodable('"crit" must be an array of strings'), jwsHeader.critical);
  return value as readonly string[];
}

function parseScheme(header: JsonObject, times: EnvelopeTimes): SigningScheme {
  const scheme = memberOf(header, jwsHeader.signingScheme) ?? '';
  const mustNot = (name: string): never => {
    throw malformed(`"${name}" header must not be present for ${String(scheme)} signing scheme`, name);
  };
  switch (scheme) {
    case 'notary.x509':
      if (times.authenticSigningTime) mustNot(jwsHeader.authenticSigningTime);
      return scheme;
    case 'notary.x509.signingAuthority':
      if (times.signingTime) mustNot(jwsHeader.signingTime);
      if (!times.authenticSigningTime) {
        // The scheme's name in this sentence is the reference's own mistake.
        throw malformed(
          `"${jwsHeader.authenticSigningTime}" header must be present for notary.x509 signing scheme`,
          jwsHeader.authenticSigningTime,
        );
      }
      return scheme;
    default: {
      const shown = typeof scheme === 'string' ? scheme : '';
      throw malformed(`unsupported SigningScheme: \`${shown}\``, jwsHeader.signingScheme);
    }
  }
}

/** Rules of `crit`: ours that must be in it, are; everything in it is there, once, and may be critical. */
function checkCritical(
  critical: readonly string[],
  header: JsonObject,
  scheme: SigningScheme,
  hasExpiry: boolean,
): void {
  if (critical.length === 0) throw malformed('missing "crit" header', jwsHeader.critical);
  const missing = new Set<string>([jwsHeader.signingScheme]);
  if (hasExpiry) missing.add(jwsHeader.expiry);
  if (scheme === 'notary.x509.signingAuthority') missing.add(jwsHeader.authenticSigningTime);
  const seen = new Set<string>();
  for (const name of critical) {
    const isExtended = !ownNames.includes(name) && Object.hasOwn(header, name) && !seen.has(name);
    if (!missing.delete(name) && !isExtended)
      throw malformed(`${toGoQuoted(name)} header is marked critical but not present`, jwsHeader.critical);
    seen.add(name);
  }
  if (missing.size > 0)
    throw malformed(
      `these required headers are not marked as critical: [${[...missing].join(' ')}]`,
      jwsHeader.critical,
    );
}

/**
 * The protected header of a JWS envelope, every rule of it. Unknown critical attributes are kept, marked as such: whoever verifies
 * must know them or refuse (rule O-01).
 *
 * @throws AppError `envelope.malformed` with the reference's sentence
 */
export function parseProtectedHeader(encoded: string): ProtectedHeader {
  const header = parseHeaderObject(encoded);
  const algorithm = parseAlgorithm(header);
  const [signingTime, authenticSigningTime, expiry] = [
    jwsHeader.signingTime,
    jwsHeader.authenticSigningTime,
    jwsHeader.expiry,
  ].map((name) => parseTimeOf(header, name));
  const times: EnvelopeTimes = {
    ...(signingTime && { signingTime }),
    ...(authenticSigningTime && { authenticSigningTime }),
    ...(expiry && { expiry }),
  };
  const signingScheme = parseScheme(header, times);
  const critical = parseCritical(header);
  checkCritical(critical, header, signingScheme, expiry !== undefined);
  checkTimes(times);
  const contentType = memberOf(header, jwsHeader.contentType);
  if (contentType !== mediaTypes.notaryPayload) {
    throw malformed(
      `payload content type ${toGoQuoted(typeof contentType === 'string' ? contentType : '')} not supported`,
      jwsHeader.contentType,
    );
  }
  const criticalNames = new Set(critical);
  const protectedHeaders = Object.entries(header).map(([name, value]): Header => ({
    name,
    value,
    critical: criticalNames.has(name),
  }));
  return {
    algorithm,
    protectedHeaders,
    signingScheme,
    ...times,
    extendedAttributes: protectedHeaders.filter(({ name }) => !ownNames.includes(name)),
  };
}
