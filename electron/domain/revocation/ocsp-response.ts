import { toEpochMs } from '../codec/rfc3339.ts';
import {
  parseSignatureAlgorithm,
  type CertificateSignatureAlgorithm,
} from '../x509/certificate-signature-algorithm.ts';
import { DerError, DerReader, derTag, parseDerBitString, parseDerInteger, parseDerOid } from '../x509/der-reader.ts';
import { readExtensionList, type DerExtension } from './extension-list.ts';
import { RevocationFault } from './revocation-fault.ts';

const basicResponseOid = '1.3.6.1.5.5.7.48.1.1';
const pssOid = '1.2.840.113549.1.1.10';
const hashes = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
/** Statuses that are no answer, with the reference's words (RFC 6960, section 4.2.1). */
const refusals = new Map([
  [1, 'OCSP malformed'],
  [2, 'OCSP internal error'],
  [3, 'OCSP try later'],
  [5, 'OCSP signature required'],
  [6, 'OCSP unauthorized'],
]);

/** What a response says of one certificate. */
export interface SingleResponse {
  /** How the issuer is hashed; undefined when nobody here knows the algorithm. */
  readonly hash?: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Lower-case hex without a sign byte. */
  readonly serialNumber: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly extensions: readonly DerExtension[];
}

/** A basic OCSP response (RFC 6960, section 4.2.1), read and not checked. */
export interface OcspResponse {
  readonly covered: Uint8Array;
  readonly algorithm: CertificateSignatureAlgorithm | undefined;
  readonly value: Uint8Array;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  /** DER of the first certificate that came along: the responder's. */
  readonly responder?: Uint8Array;
}

/** GeneralizedTime in UTC; some responders write fractions of a second, which are dropped. */
export function parseGeneralizedTime(content: Uint8Array): Date {
  const text = Buffer.from(content).toString('latin1');
  if (!/^\d{14}(?:\.\d{1,9})?Z$/.test(text)) throw new DerError('malformed time');
  const at = (start: number, end = start + 2): number => Number(text.slice(start, end));
  const epochMs = toEpochMs(at(0, 4), at(4), at(6), at(8), at(10), at(12));
  if (epochMs === undefined) throw new DerError('malformed time');
  return new Date(epochMs);
}

function readTime(reader: DerReader): Date {
  return parseGeneralizedTime(reader.readContent(derTag.generalizedTime, 'time'));
}

function readOptionalTime(reader: DerReader, tag: number): Date | undefined {
  const content = reader.readOptional(tag);
  if (content === undefined) return undefined;
  const inner = new DerReader(content);
  const time = readTime(inner);
  inner.assertAtEnd('a time');
  return time;
}

type Status = Pick<SingleResponse, 'status' | 'revokedAt'>;

function readStatus(reader: DerReader): Status {
  const { tag, content } = reader.readAny();
  if (tag === 0x80 && content.length === 0) return { status: 'good' };
  if (tag === 0x82 && content.length === 0) return { status: 'unknown' };
  if (tag !== 0xa1) throw new DerError('malformed certificate status');
  const info = new DerReader(content);
  const revokedAt = readTime(info);
  info.readOptional(0xa0);
  info.assertAtEnd('the revocation');
  return { status: 'revoked', revokedAt };
}

function readSingleResponse(reader: DerReader): SingleResponse {
  const response = reader.enter(derTag.sequence, 'single response');
  const id = response.enter(derTag.sequence, 'certificate identifier');
  const hash = hashes.get(
    parseDerOid(id.enter(derTag.sequence, 'hash algorithm').readContent(derTag.oid, 'hash algorithm')),
  );
  const issuerNameHash = id.readContent(derTag.octetString, 'issuer name hash');
  const issuerKeyHash = id.readContent(derTag.octetString, 'issuer key hash');
  const serialNumber = parseDerInteger(id.readContent(derTag.integer, 'serial number'), 'serial number');
  id.assertAtEnd('the certificate identifier');
  const status = readStatus(response);
  const thisUpdate = readTime(response);
  const nextUpdate = readOptionalTime(response, 0xa0);
  const list = response.readOptional(0xa1);
  response.assertAtEnd('a single response');
  return {
    ...(hash !== undefined && { hash }),
    issuerNameHash,
    issuerKeyHash,
    serialNumber,
    ...status,
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    extensions: list === undefined ? [] : readExtensionList(list),
  };
}

function readResponseData(covered: Uint8Array): Pick<OcspResponse, 'producedAt' | 'responses'> {
  const data = new DerReader(covered).enter(derTag.sequence, 'response data');
  data.readOptional(0xa0);
  const responderTag = data.readAny().tag;
  if (responderTag !== 0xa1 && responderTag !== 0xa2) throw new DerError('invalid responder id tag');
  const producedAt = readTime(data);
  const list = data.enter(derTag.sequence, 'responses');
  data.readOptional(0xa1);
  data.assertAtEnd('the response data');
  const responses: SingleResponse[] = [];
  while (!list.isAtEnd) responses.push(readSingleResponse(list));
  return { producedAt, responses };
}

function readBasicResponse(bytes: Uint8Array): OcspResponse {
  const outer = new DerReader(bytes);
  const basic = outer.enter(derTag.sequence, 'basic response');
  outer.assertAtEnd('the basic response');
  const covered = basic.readElement(derTag.sequence, 'response data').raw;
  const { oid, algorithm } = parseSignatureAlgorithm(basic.readContent(derTag.sequence, 'signature algorithm'));
  const { bytes: value } = parseDerBitString(basic.readContent(derTag.bitString, 'signature'));
  const certificates = basic.readOptional(0xa0);
  basic.assertAtEnd('the basic response');
  const list = certificates && new DerReader(certificates).enter(derTag.sequence, 'certificates');
  const responder = list === undefined || list.isAtEnd ? undefined : list.readAny().raw;
  // The reference knows PSS signatures of certificates, and none of OCSP responses.
  const known = oid === pssOid ? undefined : algorithm;
  return { covered, algorithm: known, value, ...readResponseData(covered), ...(responder && { responder }) };
}

function readResponseBytes(bytes: Uint8Array): Uint8Array {
  const outer = new DerReader(bytes);
  const response = outer.enter(derTag.sequence, 'OCSP response');
  outer.assertAtEnd('the OCSP response');
  const [status = 0xff, ...more] = response.readContent(0x0a, 'response status');
  if (status !== 0 || more.length > 0) {
    const words = refusals.get(status) ?? `unknown OCSP status: ${status}`;
    throw new RevocationFault('serverRefused', `error checking revocation status via OCSP: ${words}`);
  }
  const content = new DerReader(response.readContent(0xa0, 'response bytes')).enter(derTag.sequence, 'response bytes');
  response.assertAtEnd('the OCSP response');
  if (parseDerOid(content.readContent(derTag.oid, 'response type')) !== basicResponseOid)
    throw new DerError('bad OCSP response type');
  return content.readContent(derTag.octetString, 'response');
}

/**
 * Reads an OCSP response. Nothing in it is checked; the caller bounds its size.
 *
 * @throws RevocationFault `malformed`, `serverRefused`
 */
export function parseOcspResponse(bytes: Uint8Array): OcspResponse {
  try {
    return readBasicResponse(readResponseBytes(bytes));
  } catch (error) {
    if (error instanceof DerError) throw new RevocationFault('malformed', error.message, { cause: error });
    throw error;
  }
}
