import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import { parseExtensions } from './certificate-extensions.ts';
import { parseSignatureAlgorithm } from './certificate-signature-algorithm.ts';
import { DerError, DerReader, derTag, parseDerInteger } from './der-reader.ts';
import { parseDerTime } from './der-time.ts';
import { parseName, toGoName } from './distinguished-name.ts';
import { isKnownCurve } from './key-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { assertPublicKeyForm } from './public-key-form.ts';

const maxCertificateBytes = 1_048_576;
const maxCached = 1000;
/** By fingerprint, the oldest first. Certificates never change, and a chain is met again with every signature of its signer. */
const cache = new Map<string, ParsedCertificate>();

function parseVersion(reader: DerReader): number {
  const content = reader.readOptional(0xa0);
  if (content === undefined) return 1;
  const version = parseDerInteger(new DerReader(content).readContent(derTag.integer, 'version'), 'version');
  if (version.length > 2 || Number.parseInt(version, 16) > 2) throw new DerError('invalid version');
  return Number.parseInt(version, 16) + 1;
}

type Fields = Omit<ParsedCertificate, 'raw' | 'sha256' | 'x509' | 'publicKey'>;

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** RFC 5280, section 4.1, field by field. */
function parseFields(der: Uint8Array): Fields {
  const outer = new DerReader(der);
  const certificate = outer.enter(derTag.sequence, 'certificate');
  outer.assertAtEnd('the certificate');
  const tbs = certificate.enter(derTag.sequence, 'tbs certificate');
  const outerAlgorithm = certificate.readContent(derTag.sequence, 'algorithm identifier');
  certificate.readContent(derTag.bitString, 'signature');
  certificate.assertAtEnd('the signature');

  const version = parseVersion(tbs);
  const serialNumber = parseDerInteger(tbs.readContent(derTag.integer, 'serial number'), 'serial number');
  const innerAlgorithm = tbs.readContent(derTag.sequence, 'signature algorithm identifier');
  if (!isEqual(innerAlgorithm, outerAlgorithm))
    throw new DerError("inner and outer signature algorithm identifiers don't match");
  const { oid: signatureAlgorithmOid, algorithm: signatureAlgorithm } = parseSignatureAlgorithm(innerAlgorithm);
  const rawIssuer = tbs.readElement(derTag.sequence, 'issuer').raw;
  const validity = tbs.enter(derTag.sequence, 'validity');
  const notBefore = parseDerTime(validity.readAny());
  const notAfter = parseDerTime(validity.readAny());
  validity.assertAtEnd('the validity');
  const rawSubject = tbs.readElement(derTag.sequence, 'subject').raw;
  assertPublicKeyForm(tbs.readContent(derTag.sequence, 'spki'));
  if (version > 1) {
    tbs.readOptional(0x81);
    tbs.readOptional(0x82);
  }
  const extensions = version === 3 ? tbs.readOptional(0xa3) : undefined;
  tbs.assertAtEnd('the tbs certificate');
  const subjectAttributes = parseName(rawSubject);
  return {
    version,
    serialNumber,
    signatureAlgorithmOid,
    ...(signatureAlgorithm && { signatureAlgorithm }),
    rawSubject,
    rawIssuer,
    subjectAttributes,
    subject: toGoName(subjectAttributes),
    issuer: toGoName(parseName(rawIssuer)),
    notBefore,
    notAfter,
    ...parseExtensions(extensions),
  };
}

function openCertificate(der: Uint8Array): { x509: X509Certificate; publicKey: KeyObject } {
  try {
    const x509 = new X509Certificate(der);
    if (!isEqual(x509.raw, der)) throw new DerError('malformed certificate');
    const { publicKey } = x509;
    if (!isKnownCurve(publicKey)) throw new DerError('unsupported elliptic curve');
    return { x509, publicKey };
  } catch (cause) {
    if (cause instanceof DerError) throw cause;
    throw new DerError('unsupported certificate or public key', { cause });
  }
}

function remember(certificate: ParsedCertificate): ParsedCertificate {
  const [oldest] = cache.keys();
  if (cache.size >= maxCached && oldest !== undefined) cache.delete(oldest);
  cache.set(certificate.sha256, certificate);
  return certificate;
}

/**
 * A certificate from exactly its DER: no PEM, nothing before or after it (rule J-04). Gives the same object for the same bytes.
 * Says nothing about trust, and its signature is not checked.
 *
 * @throws AppError `certificate.malformed`
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  if (der.length > maxCertificateBytes)
    throw new AppError('certificate.malformed', { fault: 'x509: certificate too large' });
  const sha256 = createHash('sha256').update(der).digest('hex');
  const known = cache.get(sha256);
  if (known) return known;
  const raw = Uint8Array.from(der);
  try {
    const fields = parseFields(raw);
    return remember({ ...fields, raw, sha256, ...openCertificate(raw) });
  } catch (error) {
    if (error instanceof DerError)
      throw new AppError('certificate.malformed', { fault: `x509: ${error.message}` }, { cause: error });
    throw error;
  }
}
