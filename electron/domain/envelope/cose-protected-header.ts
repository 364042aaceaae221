import { mediaTypes } from '../../../shared/model/media-types.ts';
import { CborFloat, CborTag, type CborMap, type CborValue } from '../codec/cbor-value.ts';
import { toGoQuoted } from '../codec/go-text.ts';
import { coseAlgorithms, coseLabel, epochTimeTag } from './cose-format.ts';
import { isInteger, parseHeaderMap, toHeader } from './cose-header-map.ts';
import type { ProtectedHeader, SignatureAlgorithm, SigningScheme } from './envelope.ts';
import { attributeNames, checkTimes, malformed, signatureAlgorithms, type EnvelopeTimes } from './envelope-rules.ts';

const maxHeaderBytes = 1_048_576;
/** Everything that is no extended attribute. The time of the other scheme is left alone, as the reference leaves it. */
const ownLabels: readonly CborValue[] = [
  coseLabel.algorithm,
  coseLabel.critical,
  coseLabel.contentType,
  attributeNames.expiry,
  attributeNames.signingScheme,
  attributeNames.signingTime,
  attributeNames.authenticSigningTime,
];
/** Algorithms that the reference's COSE library has names for, beside ours. */
const otherAlgorithms: ReadonlyMap<number | bigint, string> = new Map([
  [0, 'Reserved'],
  [-8, 'EdDSA'],
  [-257, 'RS256'],
  [-258, 'RS384'],
  [-259, 'RS512'],
]);
/** Years 1 to 9999, which RFC 3339 has digits for. */
const [earliestMs, latestMs] = [new Date('0001-01-01T00:00:00Z').getTime(), Date.UTC(10_000, 0, 1) - 1];

function parseAlgorithm(header: CborMap, ofKey: SignatureAlgorithm | undefined): SignatureAlgorithm {
  const value = header.get(coseLabel.algorithm);
  const known = signatureAlgorithms.find((algorithm) => coseAlgorithms[algorithm] === value);
  if (known) return known;
  const invalid = (fault: string): never => {
    throw malformed(`signature is invalid. Error: ${fault}`, 'alg');
  };
  if (value === undefined) return invalid('algorithm not found');
  if (typeof value === 'string') return invalid(`Algorithm(${toGoQuoted(value)})`);
  const named = isInteger(value) ? (otherAlgorithms.get(value) ?? `Algorithm(${value})`) : 'unknown';
  return invalid(`algorithm mismatch: verifier ${ofKey ?? 'unknown'}: header ${named}`);
}

function parseContentType(header: CborMap): string {
  const value = header.get(coseLabel.contentType);
  if (value === undefined) throw malformed('missing content type', 'content type');
  if (typeof value !== 'string') throw malformed("content type should be of 'tstr' type", 'content type');
  return value;
}

/** The scheme, once everything that it makes critical is marked so. */
function parseScheme(header: CborMap, critical: readonly CborValue[]): SigningScheme {
  const { signingScheme, authenticSigningTime, expiry } = attributeNames;
  const scheme = header.get(signingScheme);
  if (typeof scheme !== 'string') throw malformed('invalid signingScheme', signingScheme);
  const missing = new Set<string>([signingScheme]);
  if (scheme === 'notary.x509.signingAuthority') missing.add(authenticSigningTime);
  if (header.has(expiry)) missing.add(expiry);
  for (const label of critical) if (typeof label === 'string') missing.delete(label);
  if (missing.size > 0)
    throw malformed(`these required headers are not marked as critical: [${[...missing].join(' ')}]`, 'crit');
  if (scheme !== 'notary.x509' && scheme !== 'notary.x509.signingAuthority')
    throw malformed(`unsupported signingScheme: ${scheme}`, signingScheme);
  return scheme;
}

/** Seconds since 1970 as an integer, or as a float without a fraction (rules J-05, O-05). */
function parseTime(header: CborMap, label: string, what: string): Date {
  const refuse = (fault: string): never => {
    throw malformed(`invalid ${what}: ${fault}`, label);
  };
  const value = header.get(label);
  if (value === undefined) return refuse(`protected header "${label}" is missing`);
  if (!(value instanceof CborTag) || (value.tag !== epochTimeTag && value.tag !== 0))
    return refuse('invalid timeValue type');
  if (value.tag !== epochTimeTag) return refuse('only Tag `1` Datetime CBOR object is supported');
  const seconds = value.value instanceof CborFloat ? value.value.value : value.value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return refuse('not a whole number of seconds');
  const epochMs = seconds * 1000;
  if (epochMs < earliestMs || epochMs > latestMs) return refuse('not in the years 1 to 9999');
  return new Date(epochMs);
}

/** The scheme decides which of the two signing times counts. */
function parseTimes(header: CborMap, scheme: SigningScheme): EnvelopeTimes {
  const { signingTime, authenticSigningTime, expiry } = attributeNames;
  return {
    ...(scheme === 'notary.x509'
      ? { signingTime: parseTime(header, signingTime, 'signingTime') }
      : { authenticSigningTime: parseTime(header, authenticSigningTime, 'signingTime') }),
    ...(header.has(expiry) && { expiry: parseTime(header, expiry, 'expiry') }),
  };
}

/**
 * The protected header of a COSE envelope, every rule of it. Unknown critical attributes are kept, marked as such: whoever verifies
 * must know them or refuse (rule O-01).
 *
 * @param ofKey the algorithm that belongs to the leaf's key, for the reference's sentence
 * @throws AppError `envelope.malformed` with the reference's sentence where it has one
 */
export function parseCoseProtectedHeader(bytes: Uint8Array, ofKey: SignatureAlgorithm | undefined): ProtectedHeader {
  const header = parseHeaderMap(bytes, { maxBytes: maxHeaderBytes });
  const algorithm = parseAlgorithm(header, ofKey);
  const contentType = parseContentType(header);
  const critical = (header.get(coseLabel.critical) ?? []) as readonly CborValue[];
  const signingScheme = parseScheme(header, critical);
  const times = parseTimes(header, signingScheme);
  checkTimes(times);
  if (contentType !== mediaTypes.notaryPayload)
    throw malformed(`payload content type ${toGoQuoted(contentType)} not supported`, 'content type');
  const shown = new Map<CborValue, Date | undefined>([
    [attributeNames.expiry, times.expiry],
    [attributeNames.signingTime, times.signingTime],
    [attributeNames.authenticSigningTime, times.authenticSigningTime],
  ]);
  const toShown = ([label, value]: readonly [CborValue, CborValue]) =>
    toHeader(label, shown.get(label) ?? value, critical.includes(label));
  return {
    algorithm,
    protectedHeaders: header.entries.map(toShown),
    signingScheme,
    ...times,
    extendedAttributes: header.entries.filter(([label]) => !ownLabels.includes(label)).map(toShown),
  };
}
