/**
 * Which addresses the reference, a Go program, reads, and which host it finds in them. Needed where bytes that it refuses must be
 * refused; nothing is fetched from such an address.
 */

const schemeForm = /^[a-z][a-z0-9+.-]*:/i;
const userForm = /^[\w.:~!$&'()*+,;=%@-]*$/;
const hostForm = /^[\w.~!$&'()*+,;=:[\]<>"-]*$/;
const groupForm = /^[0-9a-f]{1,4}$/i;
const groupsOfAddress = 8;
const escapeLength = 3;

/** A text cut at the first separator, which belongs to neither part. */
function cut(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** The text with its escapes resolved; undefined for one that is broken, or that `allows` refuses. */
function unescape(text: string, allows: (character: string, escape: string) => boolean): string | undefined {
  const [first = '', ...rest] = text.split('%');
  let resolved = first;
  for (const part of rest) {
    const hex = part.slice(0, escapeLength - 1);
    if (!/^[0-9a-f]{2}$/i.test(hex)) return undefined;
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    if (!allows(character, hex)) return undefined;
    resolved += character + part.slice(escapeLength - 1);
  }
  return resolved;
}

const anyEscape = (text: string): boolean => unescape(text, () => true) !== undefined;

/** In a host, escapes are for what is not ASCII, and for the percent sign before a zone. */
function unescapeHost(text: string): string | undefined {
  if (!hostForm.test(text.replaceAll('%', ''))) return undefined;
  return unescape(text, (character, hex) => character >= '\u0080' || hex === '25');
}

/** In a zone, they are for what a host may hold anyway, and for the spaces of Windows. */
function unescapeZone(text: string): string | undefined {
  if (!hostForm.test(text.replaceAll('%', ''))) return undefined;
  return unescape(text, (character, hex) => hex === '25' || character === ' ' || hostForm.test(character));
}

function isIpv4(text: string): boolean {
  const fields = text.split('.');
  return fields.length === 4 && fields.every((field) => /^(?:0|[1-9]\d{0,2})$/.test(field) && Number(field) <= 0xff);
}

/** An IPv6 address (RFC 4291, section 2.2), with a zone or without. */
function isIpv6(text: string): boolean {
  const [address, zone] = cut(text, '%');
  const halves = address.split('::');
  if (zone === '' || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const endsInIpv4 = halves.at(-1) !== '' && isIpv4(groups.at(-1) ?? '');
  if (!(endsInIpv4 ? groups.slice(0, -1) : groups).every((group) => groupForm.test(group))) return false;
  const count = groups.length + (endsInIpv4 ? 1 : 0);
  return halves.length === 1 ? count === groupsOfAddress : count < groupsOfAddress;
}

const isPort = (text: string): boolean => /^(?::\d*)?$/.test(text);

/** `[address]` or `[address%25zone]`, with a port or without. */
function readBracketed(host: string): string | undefined {
  const close = host.lastIndexOf(']');
  const port = host.slice(close + 1);
  if (close < 0 || !isPort(port)) return undefined;
  const inside = host.slice(1, close);
  const zoneAt = inside.indexOf('%25');
  const [address, zone] = zoneAt < 0 ? [inside, ''] : [inside.slice(0, zoneAt), inside.slice(zoneAt)];
  const parts = [unescapeHost(address), unescapeZone(zone)];
  if (parts.includes(undefined) || !isIpv6(parts.join(''))) return undefined;
  return `[${parts.join('')}]${port}`;
}

function readHost(scheme: string, host: string): string | undefined {
  const bracket = host.lastIndexOf('[');
  if (bracket === 0) return readBracketed(host);
  if (bracket > 0) return undefined;
  const isWeb = scheme === 'http' || scheme === 'https';
  const colon = isWeb ? host.indexOf(':') : host.lastIndexOf(':');
  return colon >= 0 && !isPort(host.slice(colon)) ? undefined : unescapeHost(host);
}

function readAuthority(scheme: string, authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  if (!userForm.test(user) || !anyEscape(user)) return undefined;
  return readHost(scheme, authority.slice(at + 1));
}

/**
 * The host of an address, with its port and its escapes resolved, as Go’s `net/url` reads it (RFC 3986, but for what that
 * package lets through): empty when it names none.
 *
 * @param text - of ASCII
 * @returns undefined for a text that Go refuses as an address
 */
export function hostOfGoUrl(text: string): string | undefined {
  const [address, fragment = ''] = cut(text, '#');
  if (hasControls(address) || address.startsWith(':') || !anyEscape(fragment)) return undefined;
  const scheme = (schemeForm.exec(address)?.[0] ?? '').slice(0, -1).toLowerCase();
  const [rest] = cut(address.slice(scheme === '' ? 0 : scheme.length + 1), '?');
  if (!rest.startsWith('/')) {
    const isOpaque = scheme !== '';
    return isOpaque || (!cut(rest, '/')[0].includes(':') && anyEscape(rest)) ? '' : undefined;
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  const [authority, path] = hasAuthority ? cut(rest.slice(2), '/') : ['', rest];
  return anyEscape(path ?? '') ? readAuthority(scheme, authority) : undefined;
}
