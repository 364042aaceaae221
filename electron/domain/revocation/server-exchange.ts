import { HttpFailure, type Http, type HttpResponse } from '../ports.ts';
import { RevocationFault } from './revocation-fault.ts';

/** How servers that certificates name are asked. */
export interface ServerAccess {
  readonly http: Http;
  /** Whether any may be asked. */
  readonly online: boolean;
  /** Whether addresses that only this machine or its network can reach may be asked (rule O-09). */
  readonly allowPrivate: boolean;
}

/** One exchange with such a server. */
export interface ServerRequest {
  readonly url: string;
  /** Sent by POST. */
  readonly body?: Uint8Array | undefined;
  /** As many bytes are too many. */
  readonly maxBytes: number;
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
}

function declaredLength({ headers }: HttpResponse): number {
  const text = headers['content-length'] ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

async function readBody(response: HttpResponse, maxBytes: number): Promise<Uint8Array> {
  if (declaredLength(response) >= maxBytes) {
    response.discard();
    throw new RevocationFault('tooLarge');
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length >= maxBytes) {
      response.discard();
      throw new RevocationFault('tooLarge');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function toFault(error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const options = { cause: error };
  if (error.kind === 'timeout') return new RevocationFault('timeout', '', options);
  if (error.kind === 'privateAddress') return new RevocationFault('addressRefused', '', options);
  return new RevocationFault('unreachable', error.message.slice(0, 300), options);
}

/** Thrown as {@link RevocationFault} `badStatus`, or `redirected`, which is not followed. */
function assertOk(response: HttpResponse): void {
  const { status } = response;
  if (status === 200) return;
  response.discard();
  throw new RevocationFault(status >= 300 && status < 400 ? 'redirected' : 'badStatus', String(status));
}

/**
 * Asks a server over plain HTTP. Only status 200 is an answer (rule A-28), no redirect is followed, no body is decoded.
 *
 * @throws RevocationFault `offline`, `addressRefused`, `unreachable`, `timeout`, `redirected`, `badStatus`, `tooLarge`; the signal's
 * reason
 */
export async function askServer(
  { http, online, allowPrivate }: ServerAccess,
  { url, body, maxBytes, timeoutMs }: ServerRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!online) throw new RevocationFault('offline');
  try {
    const response = await http.send(
      {
        method: body ? 'POST' : 'GET',
        url,
        headers: body ? { 'content-type': 'application/ocsp-request' } : {},
        ...(body && { body }),
        addresses: allowPrivate ? 'any' : 'public',
        deadlineMs: timeoutMs,
      },
      signal,
    );
    assertOk(response);
    return await readBody(response, maxBytes);
  } catch (error) {
    signal.throwIfAborted();
    throw toFault(error);
  }
}
