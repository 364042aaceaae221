import type { RevocationQuestion } from '../../../shared/model/revocation.ts';
import { judgeOcspResponse, type OcspQuestion } from './judge-ocsp.ts';
import { encodeOcspRequest, placeOcspRequest } from './ocsp-request.ts';
import { RevocationFault, type RevocationAnswer } from './revocation-fault.ts';
import { askServer, type ServerAccess } from './server-exchange.ts';

const maxResponseBytes = 20_480;
const general = 'error checking revocation status via OCSP';

/** The scheme as the reference names it: what stands before the colon. */
function schemeOf(url: string): string {
  return (/^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1] ?? '').toLowerCase();
}

/** The reference's words for an exchange that brought no answer. */
function inWords(fault: RevocationFault, timeoutMs: number): RevocationFault {
  const { outcome, message } = fault;
  const say = (words: string): RevocationFault => new RevocationFault(outcome, words, { cause: fault.cause });
  if (outcome === 'timeout')
    return say(`exceeded timeout threshold of ${(timeoutMs / 1000).toFixed(2)} seconds for OCSP check`);
  if (outcome === 'badStatus' || outcome === 'redirected')
    return say(`failed to retrieve OCSP: response had status code ${message}`);
  if (outcome === 'unreachable') return say(`${general}: ${message}`);
  return fault;
}

/**
 * Asks one OCSP responder about one certificate (RFC 6960).
 *
 * @throws RevocationFault; the signal's reason
 */
export async function askOcspServer(
  url: RevocationQuestion['url'],
  question: OcspQuestion,
  access: ServerAccess & { readonly ocspTimeoutMs: number },
  signal: AbortSignal,
): Promise<RevocationAnswer> {
  const scheme = schemeOf(url);
  if (scheme !== 'http' || !URL.canParse(url))
    throw new RevocationFault('notHttp', `${general}: OCSPServer protocol ${scheme} is not supported`);
  const { certificate, issuer } = question;
  const place = placeOcspRequest(url, encodeOcspRequest(certificate, issuer));
  const { ocspTimeoutMs: timeoutMs } = access;
  let bytes: Uint8Array;
  try {
    // Exactly as many bytes as the reference reads are still an answer.
    bytes = await askServer(access, { ...place, maxBytes: maxResponseBytes + 1, timeoutMs }, signal);
  } catch (error) {
    throw error instanceof RevocationFault ? inWords(error, timeoutMs) : error;
  }
  return judgeOcspResponse(bytes, question);
}
