import type { CertificateRevocation } from '../../../shared/model/revocation.ts';
import type { ChainRevocation } from './revocation-checker.ts';

/** The result of a chain: one revoked certificate is enough, then one that is not known; the root comes last. */
export function toChainRevocation(certificates: readonly CertificateRevocation[]): ChainRevocation {
  const fault =
    certificates.find(({ result }) => result === 'revoked') ?? certificates.find(({ result }) => result === 'unknown');
  if (fault === undefined) return { result: 'good', certificates };
  return { result: fault.result === 'revoked' ? 'revoked' : 'unknown', subject: fault.subject, certificates };
}
