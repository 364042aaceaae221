import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson } from '../codec/strict-json.ts';
import type { Clock, Http, HttpRequest } from '../ports.ts';
import { Authorizer } from './authorizer.ts';
import type { CredentialSource } from './credential.ts';
import { HttpExchange, type ExchangeResponse } from './http-exchange.ts';
import { Operation } from './operation.ts';
import { originOf, type RegistryAddress } from './registry-address.ts';
import { parseRetryAfter } from './retry-after.ts';

export interface RegistryRequest {
  readonly method: HttpRequest['method'];
  /** Path with query below the registry's origin, or a whole URL of that origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBytes: number;
  readonly what: string;
  /** Token scope that the request should need, such as `repository:app:pull`. */
  readonly scope: string;
  /** Whether asking again does no harm; by default so for GET and HEAD. */
  readonly mayRepeat?: boolean;
}

/** Largest answer that only tells of an error. */
export const maxErrorBytes = 64 * 1024;

interface AnswerError {
  readonly code: string;
  readonly text: string;
}

/** First error of a registry's error answer (distribution specification, "Error codes"); empty when it is none. */
export function readAnswerError(response: ExchangeResponse): AnswerError {
  const none = { code: '', text: '' };
  try {
    const value = parseStrictJson(response.body, { maxBytes: maxErrorBytes });
    const errors = isJsonObject(value) ? memberOf(value, 'errors') : undefined;
    const first = Array.isArray(errors) ? errors[0] : undefined;
    if (!isJsonObject(first)) return none;
    const [code, message] = [memberOf(first, 'code'), memberOf(first, 'message')].map((part) =>
      typeof part === 'string' ? part : '',
    );
    return { code: code ?? '', text: [code, message].filter(Boolean).join(': ').slice(0, 300) };
  } catch (error) {
    if (error instanceof CodecError) return none;
    throw error;
  }
}

/** Speaks to one registry as one user: origin, credentials and the meaning of statuses. */
export class RegistryClient {
  readonly address: RegistryAddress;
  readonly clock: Clock;
  readonly #origin: string;
  readonly #exchange: HttpExchange;
  readonly #authorizer: Authorizer;

  constructor(http: Http, clock: Clock, address: RegistryAddress, credentials: CredentialSource) {
    this.address = address;
    this.clock = clock;
    this.#origin = originOf(address);
    this.#exchange = new HttpExchange(http, clock, address);
    this.#authorizer = new Authorizer(this.#exchange, clock, address, credentials);
  }

  /** How the registry asked the user to identify, and with what credential that was answered, so far. */
  get authentication(): Pick<Authorizer, 'scheme' | 'origin'> {
    return this.#authorizer;
  }

  startOperation(signal: AbortSignal, kind?: 'blobPush'): Operation {
    return new Operation(this.clock, signal, kind);
  }

  /** A path or URL as an absolute URL of this registry; undefined when it leads to another origin (rules V-11, V-15). */
  ownUrl(path: string, base = this.#origin): URL | undefined {
    if (!URL.canParse(path, base)) return undefined;
    const url = new URL(path, base);
    return url.origin === this.#origin && url.username === '' && url.password === '' ? url : undefined;
  }

  /**
   * The answer, with whatever status but 401 and those of a busy or broken registry.
   * @throws AppError `registry.unauthorized`, `registry.tooManyRequests`, `registry.serverError` and what cannot be asked
   */
  async ask(request: RegistryRequest, operation: Operation): Promise<ExchangeResponse> {
    const url = this.ownUrl(request.path);
    if (!url)
      throw new AppError('registry.badRedirect', {
        host: this.address.host,
        target: request.path.slice(0, 300),
        fault: 'another origin',
      });
    const { method, scope, what } = request;
    const mayRepeat = request.mayRepeat ?? (method === 'GET' || method === 'HEAD');
    let authorization = this.#authorizer.known(scope);
    for (let rounds = authorization ? 2 : 1; ; rounds -= 1) {
      const response = await this.#exchange.send(
        { ...request, url: url.href, mayRepeat, ...(authorization && { authorization }) },
        operation,
      );
      if (response.status !== 401) {
        this.#refuseTrouble(response, what);
        return response;
      }
      const hadCredentials = authorization !== undefined && this.#authorizer.origin !== 'none';
      const answer =
        rounds > 0 ? await this.#authorizer.answer(response.headers['www-authenticate'], scope, operation) : undefined;
      if (answer === undefined)
        throw new AppError('registry.unauthorized', { host: this.address.host, hadCredentials });
      authorization = answer;
    }
  }

  #refuseTrouble(response: ExchangeResponse, what: string): void {
    const { host } = this.address;
    const { status } = response;
    if (status === 429) {
      const retryAfterMs = parseRetryAfter(response.headers['retry-after'], this.clock.now()) ?? null;
      throw new AppError('registry.tooManyRequests', { host, retryAfterMs });
    }
    if (status >= 500) throw new AppError('registry.serverError', { host, status, what });
  }

  /**
   * The answer when its status is one of those expected.
   * @throws AppError as {@link ask}, and `registry.forbidden`, `registry.notFound`, `registry.refused`, `registry.badAnswer`
   */
  async expect(request: RegistryRequest, statuses: readonly number[], operation: Operation): Promise<ExchangeResponse> {
    const response = await this.ask(request, operation);
    if (statuses.includes(response.status)) return response;
    throw this.toStatusError(response, request.what);
  }

  /** The error that a status which was not hoped for means. */
  toStatusError(response: ExchangeResponse, what: string): AppError {
    const { host } = this.address;
    const { status } = response;
    if (status === 403) return new AppError('registry.forbidden', { host, what });
    if (status === 404) return new AppError('registry.notFound', { host, what });
    if (status >= 400)
      return new AppError('registry.refused', { host, status, what, answer: readAnswerError(response).text });
    return new AppError('registry.badAnswer', { host, what, fault: `status ${status}` });
  }

  /** Asks `/v2/`, which every registry answers to who may use it. @throws AppError as {@link expect} */
  async ping(operation: Operation): Promise<ExchangeResponse> {
    const request = { method: 'GET', path: '/v2/', maxBytes: maxErrorBytes, what: 'registry', scope: '' } as const;
    return await this.expect(request, [200], operation);
  }
}
