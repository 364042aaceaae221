import type { IncomingMessage } from 'node:http';

/** Why a request is refused before anything looks at what it asks for; undefined when it is not. */
export type GuardVerdict = 'host' | 'target' | 'method' | 'site' | 'origin' | undefined;

/** The ways to write this host's address. Another name that resolves to it is a rebinding attack. */
function addresses(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

function headerValues(request: IncomingMessage, name: string): string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

/** What every request must fulfil: exactly one `Host`, ours; a path as target; no other site as its cause. */
export function judgeRequest(request: IncomingMessage, port: number): GuardVerdict {
  const [host, ...more] = headerValues(request, 'host');
  if (host === undefined || more.length > 0 || !addresses(port).includes(host)) return 'host';
  const target = request.url ?? '';
  if (!target.startsWith('/') || target.startsWith('//')) return 'target';
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && request.method !== 'POST') return 'method';
  const allowedSites = isRead && isDocument(request) ? ['same-origin', 'none'] : ['same-origin'];
  if (!headerValues(request, 'sec-fetch-site').every((site) => allowedSites.includes(site))) return 'site';
  return undefined;
}

function isDocument(request: IncomingMessage): boolean {
  return headerValues(request, 'sec-fetch-dest').every((destination) => destination === 'document');
}

/** What a WebSocket upgrade must fulfil beside {@link judgeRequest}: an `Origin`, equal to the address asked. */
export function judgeOrigin(request: IncomingMessage): GuardVerdict {
  const [origin, ...more] = headerValues(request, 'origin');
  return more.length === 0 && origin === `http://${request.headers.host ?? ''}` ? undefined : 'origin';
}

/**
 * What a call by plain HTTP must fulfil: an equal `Origin`; or a token, and no trace of a page. Browsers send `Sec-Fetch-Site`
 * with every request; Node's own `fetch` sends `Sec-Fetch-Mode` alone.
 */
export function judgeCallOrigin(request: IncomingMessage): GuardVerdict {
  const fromScript =
    request.headers.authorization !== undefined &&
    !request.rawHeaders.some(
      (name, index) => index % 2 === 0 && /^(?:origin|sec-fetch-(?:site|dest|user))$/i.test(name),
    );
  return fromScript ? undefined : judgeOrigin(request);
}
