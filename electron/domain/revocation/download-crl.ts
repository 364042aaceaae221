import { DerError } from '../x509/der-reader.ts';
import { parseCrlUrls } from '../x509/certificate-extensions.ts';
import { crlOids, parseCrl, type Crl, type CrlBundle } from './parse-crl.ts';
import { RevocationFault } from './revocation-fault.ts';
import { askServer, type ServerAccess } from './server-exchange.ts';

/** As many bytes are too many. */
export const maxCrlBytes = 33_554_432;
/** Where a base list says that its delta is; more are not tried. */
const maxDeltaUrls = 16;

export type CrlAccess = ServerAccess & { readonly crlTimeoutMs: number };

/** The reference's words for an exchange that brought no list. */
function inWords(fault: RevocationFault): RevocationFault {
  const { outcome, message } = fault;
  const say = (words: string): RevocationFault => new RevocationFault(outcome, words, { cause: fault.cause });
  if (outcome === 'tooLarge') return say(`CRL size exceeds the limit: ${maxCrlBytes}`);
  if (outcome === 'badStatus' || outcome === 'redirected')
    return say(`failed to download with status code: ${message}`);
  if (outcome === 'unreachable') return say(`request failed: ${message}`);
  if (outcome === 'timeout') return say('request failed: context deadline exceeded');
  return fault;
}

async function downloadList(url: string, access: CrlAccess, signal: AbortSignal): Promise<Crl> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:') {
    const scheme = parsed?.protocol.replace(':', '') ?? '';
    const message = `unsupported scheme: ${scheme}. Only supports CRL URL in HTTP protocol`;
    throw new RevocationFault('notHttp', message);
  }
  try {
    return parseCrl(await askServer(access, { url, maxBytes: maxCrlBytes, timeoutMs: access.crlTimeoutMs }, signal));
  } catch (error) {
    throw error instanceof RevocationFault ? inWords(error) : error;
  }
}

/** Where a base list says that its delta is (RFC 5280, section 5.2.6). */
function findDeltaUrls({ extensions }: Crl): readonly string[] {
  const extension = extensions.find(({ oid }) => oid === crlOids.freshestCrl);
  if (extension === undefined) return [];
  try {
    return parseCrlUrls(extension.value);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const message = `failed to parse Freshest CRL extension: x509: ${error.message}`;
    throw new RevocationFault('malformed', message, { cause: error });
  }
}

/** The addresses of a delta are spares for one another: the first that gives a list will do. */
async function downloadDelta(base: Crl, access: CrlAccess, signal: AbortSignal): Promise<Crl | undefined> {
  let last: RevocationFault | undefined;
  for (const url of findDeltaUrls(base).slice(0, maxDeltaUrls)) {
    try {
      return await downloadList(url, access, signal);
    } catch (error) {
      if (!(error instanceof RevocationFault)) throw error;
      last = error;
    }
  }
  if (last) throw last;
  return undefined;
}

/**
 * Downloads a list, and its delta where it names one.
 *
 * @throws RevocationFault; the signal's reason
 */
export async function downloadBundle(url: string, access: CrlAccess, signal: AbortSignal): Promise<CrlBundle> {
  try {
    const base = await downloadList(url, access, signal);
    const delta = await downloadDelta(base, access, signal);
    return { base, ...(delta && { delta }) };
  } catch (error) {
    throw error instanceof RevocationFault ? error.after('failed to retrieve CRL: ') : error;
  }
}
