import type { Certificate, RuleResult } from '../../../shared/model/certificate.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { isSelfSigned } from './certificate-signature.ts';
import { describeExtensions } from './describe-extensions.ts';
import { commonNameOf } from './distinguished-name.ts';
import { extendedUsageNames } from './extended-usage-names.ts';
import { toKeyLabel } from './key-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { toPem } from './pem.ts';

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
    extensions: describeExtensions(certificate),
    role,
    rules: [...rules],
    pem: toPem('CERTIFICATE', certificate.raw),
  };
}
