import { CborFloat, CborMap, CborTag, type CborValue } from '../codec/cbor-value.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseRfc3339 } from '../codec/rfc3339.ts';
import { parseStrictCbor, type CborLimits } from '../codec/strict-cbor.ts';
import { coseLabel, coseLabelNames } from './cose-format.ts';
import type { Header } from './envelope.ts';
import { decodeField, malformed } from './envelope-rules.ts';

type Bucket = 'protected' | 'unprotected';
/** What is wrong with a parameter's value, undefined when nothing is. */
type Rule = (value: CborValue, header: CborMap, bucket: Bucket) => string | undefined;

export function isInteger(value: CborValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isMediaType(text: string): boolean {
  return !text.startsWith(' ') && !text.endsWith(' ') && text.split('/').length === 2;
}

const mediaTypeRule: Rule = (value) => {
  if (typeof value === 'string') return isMediaType(value) ? undefined : 'require text of form type/subtype';
  return isInteger(value) && value >= 0 ? undefined : 'require tstr / uint type';
};
const bytesRule: Rule = (value) => (value instanceof Uint8Array ? undefined : 'require bstr type');
const onlyUnprotected =
  (rule: Rule): Rule =>
  (value, header, bucket) =>
    bucket === 'protected' ? 'not allowed' : rule(value, header, bucket);
const initializationRule =
  (other: number): Rule =>
  (value, header, bucket) =>
    header.has(other) ? 'IV and PartialIV must not both be present' : bytesRule(value, header, bucket);

const criticalRule: Rule = (value, header, bucket) => {
  if (bucket === 'unprotected') return 'not allowed';
  if (!Array.isArray(value)) return 'invalid crit header';
  const labels = value as readonly CborValue[];
  if (labels.length === 0) return 'empty crit header';
  for (const label of labels) {
    if (typeof label !== 'string' && !isInteger(label)) return 'require int / tstr type';
    if (!header.has(label)) return `missing critical header: ${label}`;
  }
  return undefined;
};
const counterSignatureRule: Rule = (value) =>
  Array.isArray(value) ? undefined : 'is not a Countersignature or a list';

/** Generic parameters of RFC 9052, section 3.1, with the reference's names for them. */
const rules: readonly (readonly [label: number, name: string, rule: Rule])[] = [
  [
    coseLabel.algorithm,
    'alg',
    (value) => (isInteger(value) || typeof value === 'string' ? undefined : 'require int / tstr type'),
  ],
  [coseLabel.critical, 'crit', criticalRule],
  [coseLabel.contentType, 'content type', mediaTypeRule],
  [coseLabel.type, 'type', mediaTypeRule],
  [coseLabel.keyId, 'kid', bytesRule],
  [coseLabel.iv, 'IV', initializationRule(coseLabel.partialIv)],
  [coseLabel.partialIv, 'Partial IV', initializationRule(coseLabel.iv)],
  [coseLabel.counterSignature, 'counter signature', onlyUnprotected(counterSignatureRule)],
  [coseLabel.counterSignature0, 'countersignature0', onlyUnprotected(bytesRule)],
  [coseLabel.counterSignatureV2, 'Countersignature version 2', onlyUnprotected(counterSignatureRule)],
  [coseLabel.counterSignature0V2, 'Countersignature0 version 2', onlyUnprotected(bytesRule)],
];

function isTagSound({ tag, value }: CborTag): boolean {
  if (tag === 1) return typeof value === 'number' || value instanceof CborFloat;
  if (tag === 2 || tag === 3) return value instanceof Uint8Array;
  if (tag !== 0) return true;
  if (typeof value !== 'string') return false;
  parseRfc3339(value);
  return true;
}

/** Tags that the reference's decoder knows must hold what they say. As deep as the reader went, no deeper. */
function checkTags(value: CborValue): void {
  if (value instanceof CborTag) {
    if (!isTagSound(value)) throw new CodecError(`tag ${value.tag} holds something else`);
    checkTags(value.value);
  } else if (value instanceof CborMap) {
    for (const [key, member] of value.entries) [key, member].forEach(checkTags);
  } else if (Array.isArray(value)) {
    (value as readonly CborValue[]).forEach(checkTags);
  }
}

/**
 * Judges a bucket of header parameters as COSE itself does; which ones an envelope needs is another question.
 *
 * @throws AppError `envelope.malformed`
 */
export function checkHeaderMap(header: CborMap, bucket: Bucket): void {
  const refuse = (fault: string): never => {
    throw malformed(`cbor: invalid ${bucket} header: ${fault}`, bucket);
  };
  for (const [label] of header.entries) {
    if (typeof label !== 'string' && typeof label !== 'number') refuse('cbor: header label: require int / tstr type');
  }
  for (const [label, name, rule] of rules) {
    const value = header.get(label);
    const fault = value === undefined ? undefined : rule(value, header, bucket);
    if (fault !== undefined) refuse(`${bucket} header: header parameter: ${name}: ${fault}`);
  }
}

/** The map in a protected header's bytes, judged. @throws AppError `envelope.malformed` */
export function parseHeaderMap(bytes: Uint8Array, limits: CborLimits): CborMap {
  const bucket = 'protected';
  if (bytes.length === 0) return new CborMap();
  const header = decodeField(
    bucket,
    (fault) => `cbor: invalid protected header: ${fault}`,
    () => {
      const value = parseStrictCbor(bytes, limits);
      checkTags(value);
      return value;
    },
  );
  if (!(header instanceof CborMap))
    throw malformed('cbor: invalid protected header: cbor: protected header: require map type', bucket);
  checkHeaderMap(header, bucket);
  return header;
}

/** One parameter for display and for the rules of extended attributes. */
export function toHeader(label: CborValue, value: unknown, critical: boolean): Header {
  if (typeof label !== 'number') return { name: String(label), value, critical };
  const known = coseLabelNames.get(label);
  return { name: known === undefined ? String(label) : `${label} (${known})`, value, critical, integerLabel: label };
}
