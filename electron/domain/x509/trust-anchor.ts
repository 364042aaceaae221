import type { TrustStoreType } from '../../../shared/model/trust-store.ts';
import { toGoQuoted } from '../codec/go-text.ts';
import { isIssuerName, ownSignatureFault, signatureFaultFrom } from './certificate-signature.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';

function rootFault(certificate: ParsedCertificate): string | undefined {
  const fault = signatureFaultFrom(certificate, certificate);
  const beginning = `certificate with subject ${toGoQuoted(certificate.subject)} is not a root CA certificate`;
  if (fault) return `${beginning}: ${fault.message}`;
  if (isIssuerName(certificate, certificate)) return undefined;
  return `${beginning}: issuer (${certificate.issuer}) and subject (${certificate.subject}) are not the same`;
}

/**
 * Why a trust store of this type would not take a certificate, in the reference's words; undefined when it would. `ca` and
 * `signingAuthority` take any CA certificate and any self-signed one, `tsa` only self-signed roots. Validity is not looked at.
 */
export function anchorFault(certificate: ParsedCertificate, type: TrustStoreType): string | undefined {
  if (certificate.basicConstraints?.ca !== true && ownSignatureFault(certificate)) {
    return `certificate with subject ${toGoQuoted(certificate.subject)} is not a CA certificate or self-signed signing certificate`;
  }
  return type === 'tsa' ? rootFault(certificate) : undefined;
}
