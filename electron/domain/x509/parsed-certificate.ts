import type { KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateSignatureAlgorithm } from './certificate-signature-algorithm.ts';

/** The bits of the key usage extension (RFC 5280, 4.2.1.3), by their names there. */
export type KeyUsageName =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

/** One attribute of a distinguished name, in the order of the encoding. */
export interface NameAttribute {
  readonly oid: string;
  /** `C`, `ST`, `L`, `STREET`, `POSTALCODE`, `O`, `OU`, `CN`, `SERIALNUMBER`, or the OID when Go does not know the type by name. */
  readonly type: string;
  readonly value: string;
}

/** A certificate whose DER was read whole: `raw` is exactly the input. */
export interface ParsedCertificate {
  readonly raw: Uint8Array;
  /** Lower-case hex SHA-256 of `raw`. */
  readonly sha256: string;
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** DER of the names, compared byte for byte as the reference does. */
  readonly rawSubject: Uint8Array;
  readonly rawIssuer: Uint8Array;
  readonly subjectAttributes: readonly NameAttribute[];
  /** As Go prints a name: `CN=…,OU=…,O=…,L=…,ST=…,C=…`. */
  readonly subject: string;
  readonly issuer: string;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Lower-case hex without a sign byte. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly basicConstraints?: { readonly critical: boolean; readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: { readonly critical: boolean; readonly usages: ReadonlySet<KeyUsageName> };
  readonly extendedKeyUsage?: { readonly critical: boolean; readonly oids: readonly string[] };
  /** OID of the signature algorithm. */
  readonly signatureAlgorithmOid: string;
  /** Absent when the reference has no such algorithm. */
  readonly signatureAlgorithm?: CertificateSignatureAlgorithm;
  /** Every extension, in the order of the encoding. */
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array }[];
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
}
