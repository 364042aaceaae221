import { DerError, DerReader, derTag, parseDerInteger, parseDerOid } from './der-reader.ts';

/** How a certificate was signed: the key it takes, the hash, and the name Go gives the pair. */
export interface CertificateSignatureAlgorithm {
  readonly name: string;
  readonly keyType: 'rsa' | 'ec' | 'ed25519' | 'dsa';
  readonly hash: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'none';
}

function algorithm(
  name: string,
  keyType: CertificateSignatureAlgorithm['keyType'],
  hash: CertificateSignatureAlgorithm['hash'],
): CertificateSignatureAlgorithm {
  return { name, keyType, hash };
}

const byOid = new Map<string, CertificateSignatureAlgorithm>([
  ['1.2.840.113549.1.1.4', algorithm('MD5-RSA', 'rsa', 'md5')],
  ['1.2.840.113549.1.1.5', algorithm('SHA1-RSA', 'rsa', 'sha1')],
  ['1.3.14.3.2.29', algorithm('SHA1-RSA', 'rsa', 'sha1')],
  ['1.2.840.113549.1.1.11', algorithm('SHA256-RSA', 'rsa', 'sha256')],
  ['1.2.840.113549.1.1.12', algorithm('SHA384-RSA', 'rsa', 'sha384')],
  ['1.2.840.113549.1.1.13', algorithm('SHA512-RSA', 'rsa', 'sha512')],
  ['1.2.840.10040.4.3', algorithm('DSA-SHA1', 'dsa', 'sha1')],
  ['2.16.840.1.101.3.4.3.2', algorithm('DSA-SHA256', 'dsa', 'sha256')],
  ['1.2.840.10045.4.1', algorithm('ECDSA-SHA1', 'ec', 'sha1')],
  ['1.2.840.10045.4.3.2', algorithm('ECDSA-SHA256', 'ec', 'sha256')],
  ['1.2.840.10045.4.3.3', algorithm('ECDSA-SHA384', 'ec', 'sha384')],
  ['1.2.840.10045.4.3.4', algorithm('ECDSA-SHA512', 'ec', 'sha512')],
  ['1.3.101.112', algorithm('Ed25519', 'ed25519', 'none')],
]);

const pssOid = '1.2.840.113549.1.1.10';
const mgf1Oid = '1.2.840.113549.1.1.8';
const pssHashes = new Map<string, { algorithm: CertificateSignatureAlgorithm; saltLength: number }>([
  ['2.16.840.1.101.3.4.2.1', { algorithm: algorithm('SHA256-RSAPSS', 'rsa', 'sha256'), saltLength: 32 }],
  ['2.16.840.1.101.3.4.2.2', { algorithm: algorithm('SHA384-RSAPSS', 'rsa', 'sha384'), saltLength: 48 }],
  ['2.16.840.1.101.3.4.2.3', { algorithm: algorithm('SHA512-RSAPSS', 'rsa', 'sha512'), saltLength: 64 }],
]);

function readHash(identifier: DerReader): string {
  const oid = parseDerOid(identifier.readContent(derTag.oid, 'hash algorithm'));
  identifier.readOptional(derTag.null);
  identifier.assertAtEnd('a hash algorithm');
  return oid;
}

/** RSASSA-PSS parameters (RFC 4055, section 3.1): both hashes equal, salt as long as the hash, usual trailer; else unsupported. */
function parsePss(parameters: DerReader): CertificateSignatureAlgorithm | undefined {
  const fields = parameters.enter(derTag.sequence, 'PSS parameters');
  const hash = fields.readOptional(0xa0);
  const mask = fields.readOptional(0xa1);
  const salt = fields.readOptional(0xa2);
  const trailer = fields.readOptional(0xa3);
  fields.assertAtEnd('PSS parameters');
  if (!hash || !mask || !salt) return undefined;
  const hashOid = readHash(new DerReader(hash).enter(derTag.sequence, 'hash algorithm'));
  const maskIdentifier = new DerReader(mask).enter(derTag.sequence, 'mask algorithm');
  const isMgf1 = parseDerOid(maskIdentifier.readContent(derTag.oid, 'mask algorithm')) === mgf1Oid;
  const maskHashOid = readHash(maskIdentifier.enter(derTag.sequence, 'mask hash'));
  const integerOf = (content: Uint8Array): number =>
    Number.parseInt(
      parseDerInteger(new DerReader(content).readContent(derTag.integer, 'PSS parameter'), 'PSS parameter'),
      16,
    );
  const known = pssHashes.get(hashOid);
  const isUsual =
    isMgf1 &&
    maskHashOid === hashOid &&
    integerOf(salt) === known?.saltLength &&
    (trailer === undefined || integerOf(trailer) === 1);
  return isUsual ? known?.algorithm : undefined;
}

/**
 * OID and meaning of the content of a certificate's signature algorithm identifier. An algorithm that the reference cannot verify
 * has no meaning; the certificate can still be shown.
 *
 * @throws DerError
 */
export function parseSignatureAlgorithm(identifier: Uint8Array): {
  readonly oid: string;
  readonly algorithm?: CertificateSignatureAlgorithm;
} {
  const reader = new DerReader(identifier);
  const oid = parseDerOid(reader.readContent(derTag.oid, 'signature algorithm identifier'));
  if (oid !== pssOid) {
    const known = byOid.get(oid);
    return known ? { oid, algorithm: known } : { oid };
  }
  try {
    const pss = parsePss(reader);
    return pss ? { oid, algorithm: pss } : { oid };
  } catch (error) {
    if (error instanceof DerError) return { oid };
    throw error;
  }
}
