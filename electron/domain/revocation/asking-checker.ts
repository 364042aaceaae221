import type { CertificateRevocation, RevocationQuestion } from '../../../shared/model/revocation.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { Clock } from '../ports.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { askCrlServer, bundleSize, type CrlSources } from './ask-crl.ts';
import { askOcspServer } from './ask-ocsp.ts';
import { toChainRevocation } from './chain-revocation.ts';
import type { CrlCache } from './crl-cache.ts';
import type { CrlAccess } from './download-crl.ts';
import type { CrlBundle } from './parse-crl.ts';
import type { RevocationChecker, RevocationOptions } from './revocation-checker.ts';
import { RevocationFault, type AnswerTimes, type RevocationAnswer } from './revocation-fault.ts';
import { SharedAnswers } from './shared-answers.ts';

export interface AskingCheckerOptions {
  /** How servers are asked, and for how long, in milliseconds. */
  readonly access: CrlAccess & { readonly ocspTimeoutMs: number };
  readonly cache: CrlCache;
  readonly clock: Clock;
}

/** A certificate, who issued it, and when it is asked about. */
interface Subject {
  readonly certificate: ParsedCertificate;
  readonly issuer: ParsedCertificate;
  readonly now: Date;
  readonly authenticSigningTime?: Date | undefined;
}
type Answer = RevocationAnswer & { readonly fromCache?: boolean };

const answered: readonly RevocationQuestion['outcome'][] = ['good', 'revoked', 'unknown'];

function toTexts({ producedAt, thisUpdate, nextUpdate }: AnswerTimes): Partial<RevocationQuestion> {
  return {
    ...(producedAt && { producedAt: toRfc3339(producedAt) }),
    ...(thisUpdate && { thisUpdate: toRfc3339(thisUpdate) }),
    ...(nextUpdate && { nextUpdate: toRfc3339(nextUpdate) }),
  };
}

/** How an answer, or why there is none, is written down. */
function toOutcome(
  result: Answer | RevocationFault,
): Partial<RevocationQuestion> & Pick<RevocationQuestion, 'outcome'> {
  const { outcome, times } = result;
  const fault = result instanceof RevocationFault ? result.message : result.fault;
  const revokedAt = result instanceof RevocationFault ? undefined : result.revokedAt;
  return {
    outcome,
    ...(fault !== undefined && fault !== '' && { fault }),
    ...toTexts(times),
    ...(revokedAt && { revokedAt: toRfc3339(revokedAt) }),
    fromCache: !(result instanceof RevocationFault) && result.fromCache === true,
  };
}

/** Asks the servers that certificates name, all certificates at the same time (RFC 6960, RFC 5280 section 6.3). */
class AskingChecker implements RevocationChecker {
  readonly #options: AskingCheckerOptions;
  readonly #questions: SharedAnswers<RevocationQuestion>;
  readonly #sources: CrlSources;

  constructor(options: AskingCheckerOptions) {
    const { clock, cache, access } = options;
    const monotonicMs = (): number => clock.monotonicMs();
    this.#options = options;
    this.#questions = new SharedAnswers(monotonicMs);
    const cached = new SharedAnswers<CrlBundle | undefined>(monotonicMs, bundleSize);
    this.#sources = { cache, access, cached, downloaded: new SharedAnswers<CrlBundle>(monotonicMs, bundleSize) };
  }

  async checkChain(chain: readonly ParsedCertificate[], options: RevocationOptions, signal: AbortSignal) {
    signal.throwIfAborted();
    const now = this.#options.clock.now();
    const { authenticSigningTime } = options;
    const check = (certificate: ParsedCertificate, position: number): Promise<CertificateRevocation> => {
      const issuer = chain[position + 1];
      const { subject, sha256 } = certificate;
      if (issuer === undefined) return Promise.resolve({ subject, sha256, result: 'notRevocable', questions: [] });
      return this.#checkCertificate({ certificate, issuer, now, authenticSigningTime }, signal);
    };
    return toChainRevocation(await Promise.all(chain.map(check)));
  }

  async #checkCertificate(subject: Subject, signal: AbortSignal): Promise<CertificateRevocation> {
    const { certificate } = subject;
    const { sha256, ocspUrls, crlUrls } = certificate;
    const about = { subject: certificate.subject, sha256 };
    if (ocspUrls.length === 0 && crlUrls.length === 0) return { ...about, result: 'notRevocable', questions: [] };
    const asked = await this.#askOcsp(subject, signal);
    const last = asked.at(-1)?.outcome;
    if (last === 'good' || last === 'revoked') return { ...about, result: last, questions: asked };
    if (crlUrls.length === 0) return { ...about, result: 'unknown', questions: asked };
    const { result, questions } = await this.#askCrls(subject, signal);
    return { ...about, result, questions: [...asked, ...questions] };
  }

  /** One server after the other, until one knows. */
  async #askOcsp(subject: Subject, signal: AbortSignal): Promise<RevocationQuestion[]> {
    const questions: RevocationQuestion[] = [];
    for (const url of subject.certificate.ocspUrls) {
      const ask = (shared: AbortSignal): Promise<Answer> => askOcspServer(url, subject, this.#options.access, shared);
      const question = await this.#share('ocsp', url, subject, ask, signal);
      questions.push(question);
      if (answered.includes(question.outcome)) break;
    }
    return questions;
  }

  /** One list after the other: the first that revokes decides, and so does the first that fails; good takes all of them. */
  async #askCrls(subject: Subject, signal: AbortSignal): Promise<Pick<CertificateRevocation, 'result' | 'questions'>> {
    const questions: RevocationQuestion[] = [];
    for (const url of subject.certificate.crlUrls) {
      const ask = (shared: AbortSignal): Promise<Answer> => askCrlServer(url, subject, this.#sources, shared);
      const question = await this.#share('crl', url, subject, ask, signal);
      questions.push(question);
      if (question.outcome === 'revoked') return { result: 'revoked', questions };
      if (question.outcome !== 'good') return { result: 'unknown', questions };
    }
    return { result: 'good', questions };
  }

  /** A question that was put within the last minute is not put again: what is told of it stays true. */
  #share(
    method: RevocationQuestion['method'],
    url: string,
    { certificate, issuer, authenticSigningTime }: Subject,
    ask: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<RevocationQuestion> {
    const key = [method, url, certificate.sha256, issuer.sha256, authenticSigningTime?.getTime()].join(' ');
    return this.#questions.get(key, (shared) => this.#put(method, url, () => ask(shared)), signal);
  }

  async #put(
    method: RevocationQuestion['method'],
    url: string,
    ask: () => Promise<Answer>,
  ): Promise<RevocationQuestion> {
    const { clock } = this.#options;
    const askedAt = toRfc3339(clock.now());
    const started = clock.monotonicMs();
    const result = await ask().catch((error: unknown) => {
      if (error instanceof RevocationFault) return error;
      throw error;
    });
    const tookMs = Math.round(clock.monotonicMs() - started);
    return { method, url, askedAt, tookMs, fromCache: false, ...toOutcome(result) };
  }
}

/**
 * A checker for one piece of work: within a minute it asks no server the same twice. Lists are taken from the cache and put there;
 * answers of OCSP servers are not kept.
 */
export function createAskingChecker(options: AskingCheckerOptions): RevocationChecker {
  return new AskingChecker(options);
}
