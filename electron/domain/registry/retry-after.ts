const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The moment of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). */
function parseHttpDate(text: string): number | undefined {
  const match = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text);
  const month = months.indexOf(match?.[2] ?? '');
  if (!match || month < 0) return undefined;
  return Date.UTC(Number(match[3]), month, Number(match[1]), Number(match[4]), Number(match[5]), Number(match[6]));
}

/** How long a `Retry-After` header asks to wait, in milliseconds (RFC 9110, section 10.2.3); undefined when it is absent or malformed. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.length > 64) return undefined;
  if (/^\d{1,15}$/.test(header)) return Number(header) * 1000;
  const moment = parseHttpDate(header);
  return moment === undefined ? undefined : Math.max(0, moment - now.getTime());
}
