import type { CertificateRevocation } from '../../shared/model/revocation.ts';
import type { Clock, Http } from '../domain/ports.ts';
import { createAskingChecker } from '../domain/revocation/asking-checker.ts';
import { toChainRevocation } from '../domain/revocation/chain-revocation.ts';
import type { RevocationChecker } from '../domain/revocation/revocation-checker.ts';

const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now(), sleep: () => Promise.resolve() };
const noHttp: Http = { send: () => Promise.reject(new Error('nobody is asked')) };
const noCache = { get: () => Promise.resolve(undefined), put: () => Promise.resolve() };

/** Asks nobody: what names a server is unknown. */
export function createOfflineChecker(): RevocationChecker {
  const access = { http: noHttp, online: false, allowPrivate: false, ocspTimeoutMs: 1, crlTimeoutMs: 1 };
  return createAskingChecker({ access, cache: noCache, clock });
}

/** Says what it is told of each certificate, and remembers which chains it was asked about. */
export class ToldChecker implements RevocationChecker {
  readonly asked: Parameters<RevocationChecker['checkChain']>[] = [];
  readonly results: readonly CertificateRevocation['result'][];

  /** @param results leaf first */
  constructor(...results: readonly CertificateRevocation['result'][]) {
    this.results = results;
  }

  async checkChain(...call: Parameters<RevocationChecker['checkChain']>) {
    this.asked.push(call);
    const certificates = call[0].map(({ subject, sha256 }, position) => ({
      subject,
      sha256,
      result: this.results[position] ?? 'notRevocable',
      questions: [],
    }));
    return toChainRevocation(certificates);
  }
}
