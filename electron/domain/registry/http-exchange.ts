import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { HttpFailure, type Clock, type Http, type HttpRequest, type HttpResponse } from '../ports.ts';
import type { Operation } from './operation.ts';
import { mayLeadTo, type RegistryAddress } from './registry-address.ts';
import { parseRetryAfter } from './retry-after.ts';

export interface ExchangeRequest {
  readonly method: HttpRequest['method'];
  readonly url: string;
  /** Besides `accept`, dropped when a redirect leaves the origin. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorization?: string;
  readonly body?: Uint8Array;
  /** Largest answer body. */
  readonly maxBytes: number;
  /** Names what is asked for, in errors. */
  readonly what: string;
  /** Whether asking again does no harm. */
  readonly mayRepeat: boolean;
}
export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Where the answer came from, after redirects. */
  readonly url: string;
}

const requestMs = 60_000;
const uploadMs = 600_000;
const maxRedirects = 5;
const maxRepeats = 5;
const maxRepeatsAfterReset = 2;
const firstDelayMs = 200;
const longestDelayMs = 3000;
const redirects = [301, 302, 303, 307, 308];
const busy = [429, 500, 502, 503, 504];

/** A URL as shown in errors: what stands in queries and user info may be a secret. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 300);
}

function toAppError(error: unknown, { host, protocol }: URL, what: string, hasAnswered: boolean): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const options = { cause: error };
  const cause = error.message.slice(0, 300);
  switch (error.kind) {
    case 'timeout':
      return new AppError('registry.timeout', { host, stage: error.stage, limitMs: error.limitMs }, options);
    case 'tls':
      return new AppError('registry.tls', { host, cause }, options);
    case 'spokeHttp':
      return new AppError('registry.spokeHttp', { host }, options);
    case 'spokeHttps':
      return new AppError('registry.spokeHttps', { host }, options);
    case 'proxyRefused':
      return new AppError('registry.proxyRefused', { host, answer: cause }, options);
    case 'badHeaders':
      return new AppError('registry.badAnswer', { host, what, fault: cause }, options);
    default:
      if (hasAnswered) return new AppError('registry.truncated', { host, what }, options);
      if (error.kind === 'reset') {
        const scheme = protocol === 'http:' ? 'http' : 'https';
        return new AppError('registry.closedUnanswered', { host, scheme }, options);
      }
      return new AppError('registry.unreachable', { host, cause }, options);
  }
}

/** Whether the connection broke on the way, so that the same request may fare better. */
function isBrokenConnection(error: unknown): boolean {
  return (
    isAppError(error) &&
    (error.code === 'registry.truncated' || (error.cause instanceof HttpFailure && error.cause.kind === 'reset'))
  );
}

/** A plain request that reached a TLS port: servers answer 400 with one of these sentences. */
function isAnswerOfTlsPort(response: ExchangeResponse): boolean {
  if (response.status !== 400) return false;
  const text = Buffer.from(response.body.subarray(0, 1024)).toString('latin1');
  return text.includes('HTTP request to an HTTPS server') || text.includes('plain HTTP request was sent to HTTPS port');
}

function declaredLength(response: HttpResponse): number | undefined {
  const text = response.headers['content-length'];
  if (text === undefined || text.length > 15) return undefined;
  const length = Number(text);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/**
 * Requests to one registry and to where it sends us. Redirects are followed by hand, at most five, and what identifies the user stays
 * at the first origin (rules V-10, J-10); answers are read up to their cap and never decoded; what may be repeated is repeated when the
 * registry is busy, within the operation's budgets.
 */
export class HttpExchange {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #address: RegistryAddress;

  constructor(http: Http, clock: Clock, address: RegistryAddress) {
    this.#http = http;
    this.#clock = clock;
    this.#address = address;
  }

  /**
   * The answer, whatever its status.
   * @throws AppError `registry.unreachable`, `closedUnanswered`, `timeout`, `tls`, `spokeHttp`, `spokeHttps`, `badRedirect`, `tooLarge`, `truncated`, `badAnswer`
   */
  async send(request: ExchangeRequest, operation: Operation): Promise<ExchangeResponse> {
    for (let repeats = 0; ; repeats += 1) {
      const delayMs = Math.min(firstDelayMs * 2 ** repeats, longestDelayMs);
      try {
        const response = await this.#follow(request, operation);
        if (!request.mayRepeat || !busy.includes(response.status) || repeats >= maxRepeats) return response;
        const retryAfterMs = parseRetryAfter(response.headers['retry-after'], this.#clock.now());
        if (!(await operation.wait(retryAfterMs ?? delayMs))) return response;
      } catch (error) {
        if (!request.mayRepeat || !isBrokenConnection(error) || repeats >= maxRepeatsAfterReset) throw error;
        if (!(await operation.wait(delayMs))) throw error;
      }
    }
  }

  async #follow(request: ExchangeRequest, operation: Operation): Promise<ExchangeResponse> {
    let url = new URL(request.url);
    let atHome = true;
    for (let hops = 0; ; hops += 1) {
      const response = await this.#sendOnce(request, url, atHome, operation);
      const location = response.headers['location'];
      if (!redirects.includes(response.status) || location === undefined)
        return await this.#read(request, url, response);
      response.discard();
      if (hops >= maxRedirects) throw this.#badRedirect(url, shown(url), `more than ${maxRedirects} redirects`);
      const target = this.#redirectTarget(request, url, location, response.status);
      atHome &&= target.origin === url.origin;
      url = target;
    }
  }

  async #sendOnce(request: ExchangeRequest, url: URL, atHome: boolean, operation: Operation): Promise<HttpResponse> {
    const { customCaPem, proxy } = this.#address;
    const accept = request.headers?.['accept'];
    const headers: Record<string, string> = {
      'user-agent': 'inkan',
      'accept-encoding': 'identity',
      ...(accept && { accept }),
      ...(atHome && request.headers),
      ...(atHome && request.authorization && { authorization: request.authorization }),
    };
    const deadlineMs = operation.remainingMs(
      url.host,
      request.body && request.body.length > 65_536 ? uploadMs : requestMs,
    );
    try {
      return await this.#http.send(
        {
          method: request.method,
          url: url.href,
          headers,
          deadlineMs,
          ...(request.body && { body: request.body }),
          ...(customCaPem && { customCaPem }),
          ...(proxy && { proxy }),
        },
        operation.signal,
      );
    } catch (error) {
      throw toAppError(error, url, request.what, false);
    }
  }

  #badRedirect(from: URL, target: string, fault: string): AppError {
    return new AppError('registry.badRedirect', { host: from.host, target: target.slice(0, 300), fault });
  }

  /** Where a redirect may lead: the same or a safer scheme, no user info, not into our own network; with a body only to the same origin. */
  #redirectTarget(request: ExchangeRequest, from: URL, location: string, status: number): URL {
    if (!URL.canParse(location, from.href))
      throw this.#badRedirect(from, location.split('?')[0] ?? '', 'not an address');
    const to = new URL(location, from.href);
    const refuse = (fault: string): AppError => this.#badRedirect(from, shown(to), fault);
    if (to.protocol !== 'https:' && to.protocol !== 'http:') throw refuse(`scheme ${to.protocol}`);
    if (from.protocol === 'https:' && to.protocol === 'http:') throw refuse('from https to http');
    if (to.username !== '' || to.password !== '') throw refuse('with user info');
    if (!mayLeadTo(from, to)) throw refuse('into a private network');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && (to.origin !== from.origin || status < 307)) throw refuse(`of a ${request.method} request`);
    return to;
  }

  async #read(request: ExchangeRequest, url: URL, response: HttpResponse): Promise<ExchangeResponse> {
    const body = request.method === 'HEAD' ? discarded(response) : await this.#readBody(request, url, response);
    const read = { status: response.status, headers: response.headers, body, url: url.href };
    // Only a proxy asks for this; a registry asks with 401.
    if (response.status === 407)
      throw new AppError('registry.proxyRefused', { host: url.host, answer: 'Proxy response (407)' });
    if (url.protocol === 'http:' && isAnswerOfTlsPort(read))
      throw new AppError('registry.spokeHttps', { host: url.host });
    return read;
  }

  async #readBody(request: ExchangeRequest, url: URL, response: HttpResponse): Promise<Uint8Array> {
    const { what, maxBytes } = request;
    const encoding = response.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      response.discard();
      throw new AppError('registry.badAnswer', { host: url.host, what, fault: 'content-encoding was not asked for' });
    }
    const declared = declaredLength(response);
    const chunks: Uint8Array[] = [];
    let length = 0;
    const checkSize = (size: number): void => {
      if (size <= maxBytes) return;
      response.discard();
      throw new AppError('registry.tooLarge', { what, limit: maxBytes });
    };
    checkSize(declared ?? 0);
    try {
      for await (const chunk of response.body) {
        length += chunk.length;
        checkSize(length);
        chunks.push(chunk);
      }
    } catch (error) {
      throw toAppError(error, url, what, true);
    }
    if (declared !== undefined && declared !== length)
      throw new AppError('registry.truncated', { host: url.host, what });
    return joined(chunks, length);
  }
}

function discarded(response: HttpResponse): Uint8Array {
  response.discard();
  return new Uint8Array();
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
