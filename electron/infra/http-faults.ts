import { HttpFailure } from '../domain/ports.ts';

/** Time limits below HTTP, in milliseconds. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
}
export const httpLimits: HttpLimits = { connectMs: 5000, firstByteMs: 10_000, idleMs: 10_000 };
/** Of no account beside the whole time that a request is given. */
export const noHttpLimits: HttpLimits = { connectMs: 600_000, firstByteMs: 600_000, idleMs: 600_000 };

const refused = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];
const reset = [
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'ETIMEDOUT',
];
const dns = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'];
const badHeaders = [
  'UND_ERR_HEADERS_OVERFLOW',
  'HPE_HEADER_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RESPONSE_STATUS_CODE',
];

/** Errors that OpenSSL and BoringSSL give when what answers a TLS hello is no TLS. */
const noTlsReasons = [
  'WRONG_VERSION_NUMBER',
  'PACKET_LENGTH_TOO_LONG',
  'HTTP_REQUEST',
  'UNKNOWN_PROTOCOL',
  'RECORD_LAYER_FAILURE',
  'HTTPS_PROXY_REQUEST',
];

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function isNoTls(error: Error): boolean {
  const text = `${codeOf(error)} ${error.message}`.toUpperCase().replaceAll(' ', '_');
  return noTlsReasons.some((reason) => text.includes(reason));
}

/** Node names certificate faults such as `CERT_HAS_EXPIRED` or `DEPTH_ZERO_SELF_SIGNED_CERT`. */
function isTls(error: Error): boolean {
  const code = codeOf(error);
  return (
    code === 'EPROTO' ||
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL') ||
    code.includes('CERT') ||
    code.startsWith('UNABLE_TO_')
  );
}

/** A parser that was given a TLS record where it waited for HTTP: handshake failure alerts begin with 0x15 0x03. */
function isTlsRecord(error: Error): boolean {
  const data = 'data' in error ? error.data : undefined;
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data instanceof Uint8Array ? data : undefined;
  return bytes?.[0] === 0x15 && bytes[1] === 0x03;
}

/** A proxy that does not open a tunnel; what it says instead is no answer of the host asked for. */
function isProxyRefusal(error: Error): boolean {
  return /^Proxy response \(\d{3}\)/.test(error.message);
}

function timeoutOf(code: string): { stage: string; limitMs: number } | undefined {
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { stage: 'connect', limitMs: httpLimits.connectMs };
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return { stage: 'firstByte', limitMs: httpLimits.firstByteMs };
  if (code === 'UND_ERR_BODY_TIMEOUT') return { stage: 'idle', limitMs: httpLimits.idleMs };
  return undefined;
}

function kindOf(error: Error, code: string): HttpFailure['kind'] {
  if (error.name === 'HTTPParserError') return isTlsRecord(error) ? 'spokeHttps' : 'badHeaders';
  if (isProxyRefusal(error)) return 'proxyRefused';
  if (refused.includes(code)) return 'refused';
  if (dns.includes(code)) return 'dns';
  if (badHeaders.includes(code)) return 'badHeaders';
  if (isNoTls(error)) return 'spokeHttp';
  if (isTls(error)) return 'tls';
  return reset.includes(code) ? 'reset' : 'other';
}

/** Names what went wrong below HTTP. */
export function toHttpFailure(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (!(error instanceof Error)) return new HttpFailure('other', 'unknown failure');
  // A host with several addresses fails with all of their faults.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return toHttpFailure(error.errors[0]);
  const code = codeOf(error);
  const timeout = timeoutOf(code);
  if (timeout) return new HttpFailure('timeout', error.message, { cause: error, ...timeout });
  return new HttpFailure(kindOf(error, code), [code, error.message].filter(Boolean).join(': '), { cause: error });
}
