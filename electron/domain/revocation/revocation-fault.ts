import type { RevocationOutcome } from '../../../shared/model/revocation.ts';

/** The moments that an answer bears. */
export interface AnswerTimes {
  /** Of an OCSP answer. */
  readonly producedAt?: Date;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** Why a question brought no answer that counts: the outcome, and the reference's sentence where it has one. */
export class RevocationFault extends Error {
  override readonly name = 'RevocationFault';
  readonly outcome: RevocationOutcome;
  readonly times: AnswerTimes;

  constructor(outcome: RevocationOutcome, message = '', options: { cause?: unknown; times?: AnswerTimes } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.outcome = outcome;
    this.times = options.times ?? {};
  }

  /** The same with the reference's words before its sentence. */
  after(words: string): RevocationFault {
    return new RevocationFault(this.outcome, `${words}${this.message}`, { cause: this.cause, times: this.times });
  }
}

/** An answer that counts. */
export interface RevocationAnswer {
  readonly outcome: 'good' | 'revoked' | 'unknown';
  readonly times: AnswerTimes;
  readonly revokedAt?: Date;
  /** The reference's sentence, where it has one. */
  readonly fault?: string;
}
