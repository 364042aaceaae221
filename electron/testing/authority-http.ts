import type { Http, HttpRequest } from '../domain/ports.ts';
import type { TestAuthority, TokenShape } from './timestamp-authority.ts';

/** How an authority answers over HTTP. Absent: as it should. */
export interface AuthorityAnswer {
  readonly status?: number;
  readonly contentType?: string;
  /** The body, whatever was asked. */
  readonly body?: Uint8Array;
  /** PKIStatus. */
  readonly granted?: number;
  readonly shape?: TokenShape;
  /** Thrown instead of an answer. */
  readonly failure?: Error;
}

/** An {@link Http} behind which there is nothing but one timestamp authority. */
export class AuthorityHttp implements Http {
  readonly requests: HttpRequest[] = [];
  readonly #authority: TestAuthority;
  answer: AuthorityAnswer = {};

  constructor(authority: TestAuthority) {
    this.#authority = authority;
  }

  async send(request: HttpRequest): ReturnType<Http['send']> {
    this.requests.push(request);
    const { status = 200, contentType = 'application/timestamp-reply', granted, shape, failure } = this.answer;
    if (failure) throw failure;
    const question = request.body ?? new Uint8Array();
    const body = this.answer.body ?? this.#authority.respond(question, shape, granted);
    return {
      status,
      headers: { 'content-type': contentType },
      body: (async function* () {
        yield body;
      })(),
      discard: () => undefined,
    };
  }
}
