import type { CertificateRevocation } from '../../../shared/model/revocation.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { RevocationChecker } from '../revocation/revocation-checker.ts';
import { toFinding, type Finding } from './finding.ts';

/** The finding with what was asked about each certificate. */
export interface Revocation {
  readonly finding: Finding;
  readonly certificates?: readonly CertificateRevocation[];
}

/**
 * Whether a certificate of the chain was revoked (trust policy specification, "Signature verification details", revocation).
 * The root is not asked about, and a certificate that names no server counts as fine, as with the reference.
 */
export async function checkRevocation(
  { chain }: DecodedEnvelope,
  checker: RevocationChecker,
  signal: AbortSignal,
): Promise<Revocation> {
  const { result, subject = '', certificates } = await checker.checkChain(chain, { purpose: 'codeSigning' }, signal);
  if (result === 'good') return { finding: toFinding('passed', 'revocation.noServer'), certificates };
  const servers = chain
    .filter((certificate) => certificate.subject === subject)
    .flatMap(({ ocspUrls, crlUrls }) => [...ocspUrls, ...crlUrls]);
  const message = `signing certificate with subject ${quote(subject)} revocation status is unknown`;
  return {
    finding: toFinding('inconclusive', 'revocation.notCheckedYet', { subject, servers }, message),
    certificates,
  };
}
