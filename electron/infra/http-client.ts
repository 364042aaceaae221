import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createSecureContext } from 'node:tls';
import type * as undiciModule from 'undici';
import type { Dispatcher } from 'undici';
import { HttpFailure, type Http, type HttpRequest, type HttpResponse } from '../domain/ports.ts';
import { httpLimits, toHttpFailure, type HttpLimits } from './http-faults.ts';
import { proxyFor } from './proxy-rule.ts';
import { assertPublicHost, lookUpPublic } from './public-address.ts';
import { systemRoots } from './system-roots.ts';

type Undici = typeof undiciModule;

const maxHeaderBytes = 16 * 1024;
const maxHeaderCount = 200;
const maxDispatchers = 64;
const connectionsPerOrigin = 16;
const keepAliveMs = 30_000;

/** The HTTP adapter, with what closes its connections. */
export interface HttpClient extends Http {
  close(): Promise<void>;
}

/** Ends an exchange when its caller aborts or its time is over, and says which it was. */
class Deadline {
  readonly #outer: AbortSignal;
  readonly #limitMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#controller.abort();

  constructor(outer: AbortSignal, limitMs: number) {
    this.#outer = outer;
    this.#limitMs = limitMs;
    // One operation may have many exchanges under its signal.
    setMaxListeners(0, outer);
    this.#timer = setTimeout(() => this.#controller.abort(), limitMs);
    outer.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#onAbort);
  }

  /** What to throw for a failure: the caller's own reason when it aborted. */
  explain(error: unknown): unknown {
    if (this.#outer.aborted) return this.#outer.reason;
    if (!this.#controller.signal.aborted) return toHttpFailure(error);
    return new HttpFailure('timeout', 'the exchange took too long', {
      cause: error,
      stage: 'whole',
      limitMs: this.#limitMs,
    });
  }
}

function toHeaders(received: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(received);
  if (entries.length > maxHeaderCount) throw new HttpFailure('badHeaders', `more than ${maxHeaderCount} headers`);
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of entries)
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  return headers;
}

/**
 * HTTP over undici: connections are kept per origin, certificate authority and proxy; nothing is redirected or decoded; connect, first
 * byte, idle and whole time are limited; aborting closes the socket at once.
 */
export function createHttpClient(environment: NodeJS.ProcessEnv = process.env, limits = httpLimits): HttpClient {
  const dispatchers = new Map<string, Dispatcher>();

  function dispatcherFor(
    undici: Undici,
    request: HttpRequest,
    url: URL,
  ): { dispatcher: Dispatcher; isProxied: boolean } {
    const proxy = request.proxy ?? proxyFor(url, environment);
    const ca = request.customCaPem ?? '';
    const isGuarded = request.addresses === 'public' && proxy === undefined;
    const key = `${url.protocol} ${createHash('sha256').update(ca).digest('hex')} ${String(isGuarded)} ${proxy ?? ''}`;
    const known = dispatchers.get(key);
    const isProxied = proxy !== undefined;
    if (known) return { dispatcher: known, isProxied };
    const made = createDispatcher(undici, {
      needsTls: url.protocol === 'https:',
      customCaPem: ca,
      proxy,
      isGuarded,
      limits,
    });
    const [oldest] = dispatchers;
    if (dispatchers.size >= maxDispatchers && oldest) {
      dispatchers.delete(oldest[0]);
      void oldest[1].close();
    }
    dispatchers.set(key, made);
    return { dispatcher: made, isProxied };
  }

  return {
    async send(request, signal) {
      signal.throwIfAborted();
      const url = new URL(request.url);
      const deadline = new Deadline(signal, request.deadlineMs);
      try {
        // Loaded with the first exchange: it is a third of the code of the host.
        const undici = await import('undici');
        const { dispatcher, isProxied } = dispatcherFor(undici, request, url);
        if (request.addresses === 'public') await assertPublicHost(url, isProxied);
        const { method, headers, body } = request;
        const response = await undici.request(url, {
          method,
          headers: { ...headers },
          body: body ?? null,
          dispatcher,
          signal: deadline.signal,
        });
        return toResponse(response, deadline);
      } catch (error) {
        deadline.end();
        throw deadline.explain(error);
      }
    },
    async close() {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      dispatchers.clear();
    },
  };
}

interface DispatcherOptions {
  readonly needsTls: boolean;
  readonly customCaPem: string;
  readonly proxy: string | undefined;
  /** Whether every address that is connected to is looked at first. */
  readonly isGuarded: boolean;
  readonly limits: HttpLimits;
}

/** The roots are read into one context, for all connections; reading them for each takes longer than the connection. */
function createDispatcher(
  { Agent, ProxyAgent }: Undici,
  { needsTls, customCaPem, proxy, isGuarded, limits }: DispatcherOptions,
): Dispatcher {
  const roots = (): string[] => [...systemRoots(), ...(customCaPem ? [customCaPem] : [])];
  const usesTls = needsTls || proxy?.startsWith('https:');
  const secureContext = usesTls ? createSecureContext({ ca: roots(), minVersion: 'TLSv1.2' }) : undefined;
  const connect = {
    timeout: limits.connectMs,
    ...(secureContext && { secureContext }),
    ...(isGuarded && { lookup: lookUpPublic }),
  };
  const options = {
    connect,
    connections: connectionsPerOrigin,
    pipelining: 1,
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.idleMs,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    maxHeaderSize: maxHeaderBytes,
    allowH2: false,
  };
  if (proxy === undefined) return new Agent(options);
  return new ProxyAgent({ ...options, uri: proxy, requestTls: connect, proxyTls: connect, proxyTunnel: false });
}

function toResponse(response: Dispatcher.ResponseData, deadline: Deadline): HttpResponse {
  const { body } = response;
  // A body that nobody reads to its end may still fail; that is no one's business then.
  body.on('error', () => undefined);
  body.once('close', () => deadline.end());
  const discard = (): void => {
    body.destroy();
  };
  try {
    return {
      status: response.statusCode,
      ...(response.statusText !== '' && { statusText: response.statusText }),
      headers: toHeaders(response.headers),
      body: readBody(body, deadline),
      discard,
    };
  } catch (error) {
    discard();
    throw error;
  }
}

async function* readBody(body: AsyncIterable<Uint8Array>, deadline: Deadline): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw deadline.explain(error);
  }
}
