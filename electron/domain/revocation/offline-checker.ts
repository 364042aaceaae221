import type { CertificateRevocation, RevocationQuestion } from '../../../shared/model/revocation.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { Clock } from '../ports.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toChainRevocation } from './chain-revocation.ts';
import type { RevocationChecker } from './revocation-checker.ts';

function toQuestions({ ocspUrls, crlUrls }: ParsedCertificate, askedAt: string): RevocationQuestion[] {
  const toQuestion =
    (method: RevocationQuestion['method']) =>
    (url: string): RevocationQuestion => ({ method, url, outcome: 'offline', fromCache: false, askedAt, tookMs: 0 });
  return [...ocspUrls.map(toQuestion('ocsp')), ...crlUrls.map(toQuestion('crl'))];
}

function toRevocation(certificate: ParsedCertificate, isRoot: boolean, askedAt: string): CertificateRevocation {
  const questions = isRoot ? [] : toQuestions(certificate, askedAt);
  const { subject, sha256 } = certificate;
  return { subject, sha256, result: questions.length > 0 ? 'unknown' : 'notRevocable', questions };
}

/** Asks no server: every certificate that names one is unknown. */
export function createOfflineChecker(clock: Pick<Clock, 'now'>): RevocationChecker {
  return {
    checkChain: async (chain) => {
      const askedAt = toRfc3339(clock.now());
      return toChainRevocation(
        chain.map((certificate, position) => toRevocation(certificate, position === chain.length - 1, askedAt)),
      );
    },
  };
}
