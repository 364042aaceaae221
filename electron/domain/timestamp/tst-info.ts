import { toEpochMs } from '../codec/rfc3339.ts';
import { DerError, DerReader, derTag, parseDerBoolean, parseDerInteger, parseDerOid } from '../x509/der-reader.ts';
import { parseName, toGoName } from '../x509/distinguished-name.ts';
import { decodeDer } from './timestamp-fault.ts';

/** What a token says (RFC 3161, section 2.4.2). Moments in nanoseconds since 1970, as fine as a token may be. */
export interface TstInfo {
  /** 1 in every token that counts. */
  readonly version: number;
  readonly policy: string;
  readonly hashAlgorithm: string;
  readonly hashedMessage: Uint8Array;
  /** DER of the whole message imprint: an answer must repeat the question's. */
  readonly rawImprint: Uint8Array;
  /** Lower-case hex; a negative number, which is not foreseen, as its two's complement. */
  readonly serialNumber: string;
  readonly genTimeNs: bigint;
  /** 0 when the token does not say. */
  readonly accuracyNs: bigint;
  readonly nonce?: string;
  /** The name of the authority, when it is a directory name. */
  readonly tsa?: string;
}

const nsPerMs = 1_000_000n;
const nsPerSecond = 1_000_000_000n;
/** A token may claim an accuracy of at most a year; more is no time at all. */
const maxAccuracySeconds = 31_536_000;
const tags = { first: 0xa0, second: 0xa1, millis: 0x80, micros: 0x81, directoryName: 0xa4 } as const;

/** GeneralizedTime in UTC: `YYYYMMDDhhmmss`, a fraction without trailing zeros, `Z` (RFC 3161, section 2.4.2, genTime). */
function parseGenTime(content: Uint8Array): bigint {
  const text = Buffer.from(content).toString('latin1');
  const [, whole, fraction = ''] = /^(\d{14})(?:\.(\d{1,9}))?Z$/.exec(text) ?? [];
  if (whole === undefined || fraction.endsWith('0')) throw new DerError('malformed genTime');
  const at = (start: number): number => Number(whole.slice(start, start + 2));
  const epochMs = toEpochMs(Number(whole.slice(0, 4)), at(4), at(6), at(8), at(10), at(12));
  if (epochMs === undefined) throw new DerError('malformed genTime');
  return BigInt(epochMs) * nsPerMs + BigInt(fraction.padEnd(9, '0'));
}

function parseNumber(content: Uint8Array | undefined, limit: number): bigint {
  if (content === undefined) return 0n;
  const value = Number.parseInt(parseDerInteger(content, 'accuracy'), 16);
  if (value > limit) throw new DerError('malformed accuracy');
  return BigInt(value);
}

function parseAccuracy(content: Uint8Array | undefined): bigint {
  const reader = new DerReader(content ?? new Uint8Array());
  const seconds = parseNumber(reader.readOptional(derTag.integer), maxAccuracySeconds);
  const millis = parseNumber(reader.readOptional(tags.millis), 999);
  const micros = parseNumber(reader.readOptional(tags.micros), 999);
  reader.assertAtEnd('the accuracy');
  return seconds * nsPerSecond + millis * nsPerMs + micros * 1000n;
}

function toHex(content: Uint8Array, what: string): string {
  if (content.length === 0) throw new DerError(`malformed ${what}`);
  return Buffer.from(content[0] === 0 && content.length > 1 ? content.subarray(1) : content).toString('hex');
}

/** Only for display: a name that cannot be read spoils nothing. */
function parseTsa(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return undefined;
  try {
    const name = new DerReader(content).readOptional(tags.directoryName);
    return name === undefined ? undefined : toGoName(parseName(name));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function readImprint(reader: DerReader): Pick<TstInfo, 'hashAlgorithm' | 'hashedMessage' | 'rawImprint'> {
  const imprint = reader.readElement(derTag.sequence, 'message imprint');
  const fields = new DerReader(imprint.content);
  const hashAlgorithm = parseDerOid(
    fields.enter(derTag.sequence, 'hash algorithm').readContent(derTag.oid, 'hash algorithm'),
  );
  const hashedMessage = fields.readContent(derTag.octetString, 'hashed message');
  fields.assertAtEnd('the message imprint');
  return { hashAlgorithm, hashedMessage, rawImprint: imprint.raw };
}

/**
 * Reads TSTInfo. Whether it is about anything, and who says so, are other questions.
 *
 * @throws TimestampFault
 */
export function parseTstInfo(bytes: Uint8Array): TstInfo {
  return decodeDer('cannot unmarshal TSTInfo from timestamp token', 'infoMalformed', () => {
    const outer = new DerReader(bytes);
    const reader = outer.enter(derTag.sequence, 'TSTInfo');
    outer.assertAtEnd('TSTInfo');
    const version = Number.parseInt(parseDerInteger(reader.readContent(derTag.integer, 'version'), 'version'), 16);
    const policy = parseDerOid(reader.readContent(derTag.oid, 'policy'));
    const imprint = readImprint(reader);
    const serialNumber = toHex(reader.readContent(derTag.integer, 'serial number'), 'serial number');
    const genTimeNs = parseGenTime(reader.readContent(derTag.generalizedTime, 'genTime'));
    const accuracyNs = parseAccuracy(reader.readOptional(derTag.sequence));
    const ordering = reader.readOptional(derTag.boolean);
    if (ordering !== undefined) parseDerBoolean(ordering);
    const nonce = reader.readOptional(derTag.integer);
    const tsa = parseTsa(reader.readOptional(tags.first));
    reader.readOptional(tags.second);
    reader.assertAtEnd('TSTInfo');
    return {
      version,
      policy,
      ...imprint,
      serialNumber,
      genTimeNs,
      accuracyNs,
      ...(nonce && { nonce: toHex(nonce, 'nonce') }),
      ...(tsa !== undefined && { tsa }),
    };
  });
}
