import type { Certificate, RuleResult } from '../../../shared/model/certificate.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { isSelfSigned } from './certificate-signature.ts';
import { commonNameOf } from './distinguished-name.ts';
import { toKeyLabel } from './key-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { toPem } from './pem.ts';

const extendedUsageNames: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};

/** The position name of a certificate in a chain of this length: a lone certificate is a leaf. */
export function roleAt(position: number, length: number): Certificate['role'] {
  if (position === 0) return 'leaf';
  return position === length - 1 ? 'root' : 'intermediate';
}

/** A certificate as the screens show it, with the results of the rules that were put to it. */
export function toCertificateModel(
  certificate: ParsedCertificate,
  role: Certificate['role'],
  rules: readonly RuleResult[],
): Certificate {
  const { basicConstraints } = certificate;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    commonName: commonNameOf(certificate.subjectAttributes) || certificate.subject,
    serialNumber: certificate.serialNumber,
    notBefore: toRfc3339(certificate.notBefore),
    notAfter: toRfc3339(certificate.notAfter),
    sha256: certificate.sha256,
    keyAlgorithm: toKeyLabel(certificate.publicKey),
    signatureAlgorithm: certificate.signatureAlgorithm?.name ?? certificate.signatureAlgorithmOid,
    isCa: basicConstraints?.ca === true,
    ...(basicConstraints?.pathLength !== undefined && { pathLength: basicConstraints.pathLength }),
    isSelfSigned: isSelfSigned(certificate),
    keyUsages: [...(certificate.keyUsage?.usages ?? [])],
    extendedKeyUsages: (certificate.extendedKeyUsage?.oids ?? []).map((oid) =>
      Object.hasOwn(extendedUsageNames, oid) ? (extendedUsageNames[oid] ?? oid) : oid,
    ),
    ocspUrls: [...certificate.ocspUrls],
    crlUrls: [...certificate.crlUrls],
    role,
    rules: [...rules],
    pem: toPem('CERTIFICATE', certificate.raw),
  };
}
