import { createHash } from 'node:crypto';
import { DerReader, derTag, parseDerInteger, parseDerOid } from '../x509/der-reader.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { hashOf, type HashName } from './hash-algorithms.ts';
import type { SignerInfo, TimestampToken } from './signed-data.ts';
import { decodeDer, TimestampFault } from './timestamp-fault.ts';

const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';
const directoryNameTag = 0xa4;

/** The first certificate that the attribute names: its hash, and its issuer and serial number when they are given. */
interface CertificateId {
  readonly hash: HashName;
  readonly certHash: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly serialNumber?: string;
}

function fault(message: string): TimestampFault {
  return new TimestampFault(message, { code: 'tokenInvalid' });
}

function readHash(reader: DerReader): HashName {
  if (reader.peekTag() !== derTag.sequence) return 'sha256';
  const oid = parseDerOid(reader.enter(derTag.sequence, 'hash algorithm').readContent(derTag.oid, 'hash algorithm'));
  const hash = hashOf(oid);
  if (hash === undefined) throw fault('unsupported certificate hash algorithm in SigningCertificateV2 attribute');
  return hash;
}

/** IssuerSerial (RFC 5035, section 4): the issuer as one directory name. */
function readIssuerSerial(reader: DerReader): Pick<CertificateId, 'issuer' | 'serialNumber'> {
  if (reader.isAtEnd) return {};
  const fields = reader.enter(derTag.sequence, 'issuer and serial number');
  const names = fields.enter(derTag.sequence, 'issuer name');
  const name = names.readOptional(directoryNameTag);
  if (name === undefined) throw fault('issuer name is missing in IssuerSerial');
  const issuer = new DerReader(name).readElement(derTag.sequence, 'issuer name').raw;
  return {
    issuer,
    serialNumber: parseDerInteger(fields.readContent(derTag.integer, 'serial number'), 'serial number'),
  };
}

function readCertificateId(raw: Uint8Array): CertificateId {
  const certificates = new DerReader(raw)
    .enter(derTag.sequence, 'SigningCertificateV2')
    .enter(derTag.sequence, 'SigningCertificateV2');
  if (certificates.isAtEnd) throw fault('signingCertificateV2 does not contain any certificate');
  const id = certificates.enter(derTag.sequence, 'ESSCertIDv2');
  const hash = readHash(id);
  const certHash = id.readContent(derTag.octetString, 'certificate hash');
  return { hash, certHash, ...readIssuerSerial(id) };
}

/**
 * The certificate that a signer signed with, told by the signed attribute signingCertificateV2 (RFC 5816, section 2.2.1), never by
 * its place in the token (rule V-35). The older signingCertificate, with SHA-1, is not enough.
 *
 * @throws TimestampFault
 */
export function findSigningCertificate(token: TimestampToken, signer: SignerInfo): ParsedCertificate {
  const prefix = 'failed to get SigningCertificateV2 from signed attributes';
  const attribute = signer.signedAttributes.get(signingCertificateV2);
  if (attribute === undefined) throw fault(`${prefix}: attribute not found`);
  const id = decodeDer(prefix, 'tokenInvalid', () => readCertificateId(attribute.raw));
  const issuer = id.issuer ?? signer.issuer;
  const serialNumber = id.serialNumber ?? signer.serialNumber;
  const found = token.certificates.find(
    (certificate) => certificate.serialNumber === serialNumber && Buffer.compare(certificate.rawIssuer, issuer) === 0,
  );
  if (found === undefined) throw fault('signing certificate not found in the timestamp token');
  if (Buffer.compare(createHash(id.hash).update(found.raw).digest(), id.certHash) !== 0)
    throw fault('signing certificate hash does not match CertHash in signed attribute');
  return found;
}
