import { isAppError } from '../../../shared/errors/app-error.ts';
import { DerError, DerReader, derTag, parseDerInteger, parseDerOid, type DerElement } from '../x509/der-reader.ts';
import { derSetOf } from '../x509/der-writer.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { decodeDer, TimestampFault } from './timestamp-fault.ts';

/** One signer of a token (RFC 5652, section 5.3), as written; nothing in it is believed yet. */
export interface SignerInfo {
  readonly version: string;
  /** DER of the issuer's name, and the serial number in lower-case hex: which certificate signed, by the unsigned part. */
  readonly issuer: Uint8Array;
  readonly serialNumber: string;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** DER of the signed attributes as they were signed: a SET in the order of its bytes. Undefined when there are none. */
  readonly signedBytes?: Uint8Array;
  /** The one value of each signed attribute, by its object identifier. */
  readonly signedAttributes: ReadonlyMap<string, DerElement>;
}

/** A timestamp token taken apart: CMS SignedData around TSTInfo (RFC 3161, section 2.4.2). */
export interface TimestampToken {
  readonly raw: Uint8Array;
  /** DER of TSTInfo. */
  readonly content: Uint8Array;
  /** In the order of the token, which nobody signed. */
  readonly certificates: readonly ParsedCertificate[];
  readonly signers: readonly SignerInfo[];
}

/** The largest token, as large as the answer that it comes in. */
export const maxTokenBytes = 1_048_576;
const maxCertificates = 64;
const maxSigners = 8;
const maxAttributes = 64;
const signedData = '1.2.840.113549.1.7.2';
const tstInfo = '1.2.840.113549.1.9.16.1.4';
const explicitTag = 0xa0;
const secondTag = 0xa1;

/** The object identifier of an AlgorithmIdentifier; its parameters say nothing that is needed. */
function readAlgorithm(reader: DerReader, what: string): string {
  return parseDerOid(reader.enter(derTag.sequence, what).readContent(derTag.oid, what));
}

function readAttributes(content: Uint8Array): Pick<SignerInfo, 'signedBytes' | 'signedAttributes'> {
  const reader = new DerReader(content);
  const elements: Uint8Array[] = [];
  const values = new Map<string, DerElement>();
  while (!reader.isAtEnd) {
    const element = reader.readElement(derTag.sequence, 'signed attribute');
    const attribute = new DerReader(element.content);
    const oid = parseDerOid(attribute.readContent(derTag.oid, 'attribute type'));
    const set = attribute.enter(derTag.set, 'attribute values');
    attribute.assertAtEnd('a signed attribute');
    const value = set.readAny();
    set.assertAtEnd('the value of a signed attribute');
    if (values.has(oid)) throw new DerError(`signed attribute ${oid} appears twice`);
    if (values.size >= maxAttributes) throw new DerError('too many signed attributes');
    values.set(oid, value);
    elements.push(element.raw);
  }
  return elements.length === 0
    ? { signedAttributes: values }
    : { signedBytes: derSetOf(...elements), signedAttributes: values };
}

function readSigner(reader: DerReader): SignerInfo {
  const signer = reader.enter(derTag.sequence, 'signer info');
  const version = parseDerInteger(signer.readContent(derTag.integer, 'signer info version'), 'signer info version');
  const sid = signer.enter(derTag.sequence, 'signer identifier');
  const issuer = sid.readElement(derTag.sequence, 'issuer').raw;
  const serialNumber = parseDerInteger(sid.readContent(derTag.integer, 'serial number'), 'serial number');
  const digestAlgorithm = readAlgorithm(signer, 'digest algorithm');
  const attributes = signer.readOptional(explicitTag);
  const signatureAlgorithm = readAlgorithm(signer, 'signature algorithm');
  const signature = signer.readContent(derTag.octetString, 'signature value');
  signer.readOptional(secondTag);
  signer.assertAtEnd('the signer info');
  const signed = attributes === undefined ? { signedAttributes: new Map() } : readAttributes(attributes);
  return { version, issuer, serialNumber, digestAlgorithm, signatureAlgorithm, signature, ...signed };
}

function readSigners(reader: DerReader): SignerInfo[] {
  const set = reader.enter(derTag.set, 'signer infos');
  const signers: SignerInfo[] = [];
  while (!set.isAtEnd) {
    if (signers.length >= maxSigners) throw new DerError('too many signers');
    signers.push(readSigner(set));
  }
  return signers;
}

function toCertificate({ raw }: DerElement): ParsedCertificate {
  try {
    return parseCertificate(raw);
  } catch (error) {
    if (!isAppError(error, 'certificate.malformed')) throw error;
    throw new TimestampFault(
      `cms: syntax error: failed to parse X.509 certificates from signed data. Only X.509 certificates are supported: ${error.details.fault}`,
      { cause: error },
    );
  }
}

function readCertificates(content: Uint8Array | undefined): ParsedCertificate[] {
  const reader = new DerReader(content ?? new Uint8Array());
  const elements: DerElement[] = [];
  while (!reader.isAtEnd) {
    if (elements.length >= maxCertificates) throw new DerError('too many certificates');
    elements.push(reader.readAny());
  }
  return elements.map(toCertificate);
}

/** RFC 5652, sections 3 and 5.1. Gives a reader over the SignedData. */
function openContentInfo(bytes: Uint8Array): DerReader {
  const outer = new DerReader(bytes);
  const info = outer.enter(derTag.sequence, 'content info');
  outer.assertAtEnd('the content info');
  if (parseDerOid(info.readContent(derTag.oid, 'content type')) !== signedData)
    throw new TimestampFault('cms: content type is not signed-data');
  const content = info.enter(explicitTag, 'content');
  info.assertAtEnd('the content info');
  const data = content.enter(derTag.sequence, 'signed data');
  content.assertAtEnd('the signed data');
  return data;
}

function readContent(reader: DerReader): { contentType: string; content: Uint8Array } {
  const encapsulated = reader.enter(derTag.sequence, 'encapsulated content info');
  const contentType = parseDerOid(encapsulated.readContent(derTag.oid, 'content type'));
  const content = encapsulated.readOptional(explicitTag);
  if (content === undefined) return { contentType, content: new Uint8Array() };
  return { contentType, content: new DerReader(content).readContent(derTag.octetString, 'encapsulated content') };
}

/**
 * Takes a token apart, strictly: DER only (the reference also reads long forms of lengths), one value for each signed
 * attribute, at most 1 MiB. Says nothing of signatures or trust. A token that carries revocation lists is refused, as by the
 * reference, which cannot read them.
 *
 * @throws TimestampFault
 */
export function parseTimestampToken(bytes: Uint8Array): TimestampToken {
  if (bytes.length > maxTokenBytes) throw new TimestampFault(`token is larger than ${maxTokenBytes} bytes`);
  return decodeDer('cms: syntax error: invalid signed data', 'tokenMalformed', () => {
    const reader = openContentInfo(bytes);
    const version = parseDerInteger(reader.readContent(derTag.integer, 'version'), 'version');
    reader.readElement(derTag.set, 'digest algorithms');
    const { contentType, content } = readContent(reader);
    const certificates = reader.readOptional(explicitTag);
    if (reader.peekTag() === secondTag) throw new DerError('revocation lists in the token are not supported');
    const signers = readSigners(reader);
    reader.assertAtEnd('the signed data');
    if (version !== '03')
      throw new TimestampFault(
        `cms: syntax error: unsupported signed data version: got ${Number.parseInt(version, 16)}, want 3`,
      );
    const parsed = readCertificates(certificates);
    if (contentType !== tstInfo)
      throw new TimestampFault(`unexpected content type: ${contentType}. Expected to be id-ct-TSTInfo (${tstInfo})`);
    return { raw: Uint8Array.from(bytes), content, certificates: parsed, signers };
  });
}
