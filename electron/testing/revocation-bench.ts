import { HttpFailure, type Clock, type Http, type HttpRequest } from '../domain/ports.ts';
import { createAskingChecker } from '../domain/revocation/asking-checker.ts';
import { createCrlCache } from '../domain/revocation/crl-cache.ts';
import type { CertificateRevocation } from '../../shared/model/revocation.ts';
import { createTestChain, leafShape, testKey, type CertificateShape, type TestChain } from './chain-factory.ts';
import { MemoryDirectory } from './memory-directory.ts';

/** What a server does: bytes with status 200, something else, or a failure below HTTP. */
export type Behaviour =
  | Uint8Array
  | { readonly status: number; readonly body?: Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  | HttpFailure['kind']
  | 'hang';

export const urls = {
  ocsp: 'http://ocsp.example/a',
  spare: 'http://ocsp.example/b',
  crl: 'http://crl.example/base.crl',
  delta: 'http://crl.example/delta.crl',
} as const;
const never = new AbortController().signal;

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
}

async function* inChunks(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += 1_048_576) yield await Promise.resolve(body.subarray(at, at + 1_048_576));
}

/** A chain that names servers, servers that behave as they are told, the cache, and a checker over all of it. */
export class RevocationBench implements Http {
  readonly chain: TestChain;
  readonly servers = new Map<string, Behaviour>();
  readonly requests: HttpRequest[] = [];
  readonly cache = new MemoryDirectory('/cache');
  readonly logged: string[] = [];
  now: Date | undefined;
  online = true;
  allowPrivate = false;

  constructor(leaf: CertificateShape = { ocspUrls: [urls.ocsp], crlUrls: [urls.crl] }, length: 2 | 3 = 2) {
    this.chain = createTestChain({ length, leaf: { ...leafShape, ...leaf } });
  }

  get leaf() {
    return at(this.chain.certificates, 0);
  }

  /** Who issued the leaf. */
  get issuer() {
    const { certificates } = this.chain;
    return {
      certificate: at(certificates, 1),
      privateKey: testKey('EC-256', certificates.length > 2 ? 'intermediate' : 'root'),
    };
  }

  send(request: HttpRequest, signal: AbortSignal): ReturnType<Http['send']> {
    this.requests.push(request);
    const behaviour = this.servers.get(request.url) ?? this.servers.get(request.url.replace(/\/[^/]*$/, ''));
    if (behaviour === 'hang') {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    }
    if (behaviour === undefined) return Promise.reject(new HttpFailure('refused', 'ECONNREFUSED'));
    if (typeof behaviour === 'string') return Promise.reject(new HttpFailure(behaviour, behaviour));
    const {
      status,
      body,
      headers = {},
    } = behaviour instanceof Uint8Array ? { status: 200, body: behaviour } : { body: new Uint8Array(), ...behaviour };
    return Promise.resolve({ status, headers, body: inChunks(body), discard: () => undefined });
  }

  checker() {
    const clock: Clock = {
      now: () => this.now ?? new Date(),
      monotonicMs: () => performance.now(),
      sleep: () => Promise.resolve(),
    };
    const cache = createCrlCache(this.cache, {
      log: (level, message) => void this.logged.push(`${level}: ${message}`),
    });
    const { online, allowPrivate } = this;
    const access = { http: this, online, allowPrivate, ocspTimeoutMs: 2000, crlTimeoutMs: 5000 };
    return createAskingChecker({ access, cache, clock });
  }

  /** What a new checker finds out about the leaf. */
  async ask(authenticSigningTime?: Date): Promise<CertificateRevocation> {
    const options = { purpose: 'codeSigning', ...(authenticSigningTime && { authenticSigningTime }) } as const;
    const { certificates } = await this.checker().checkChain(this.chain.certificates, options, never);
    return at(certificates, 0);
  }
}
