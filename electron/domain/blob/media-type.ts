/** Characters that end a token unless they stand in quotes (RFC 2045, section 5.1). */
const special = '()<>@,;:\\"/[]?=';

function isTokenCode(code: number): boolean {
  return code > 0x20 && code < 0x7f && !special.includes(String.fromCharCode(code));
}

/** Where a token that begins at `from` ends; `from` itself when there is none. */
function endOfToken(text: string, from: number): number {
  let at = from;
  while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1;
  return at;
}

function skipSpace(text: string, from: number): number {
  return text.length - text.slice(from).trimStart().length;
}

/** A quoted value from its opening quote: the text in it and where it ends. */
function readQuoted(text: string, from: number): { value: string; end: number } | undefined {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return { value, end: at + 1 };
    if (character === '\r' || character === '\n') return undefined;
    if (character === '\\' && special.includes(text.charAt(at + 1) || 'x')) at += 1;
    value += text.charAt(at);
  }
  return undefined;
}

/** One parameter from its semicolon; undefined when it is none. */
function readParameter(text: string, from: number): { name: string; value: string; end: number } | undefined {
  if (text.charAt(from) !== ';') return undefined;
  const start = skipSpace(text, from + 1);
  const nameEnd = endOfToken(text, start);
  const equals = skipSpace(text, nameEnd);
  if (nameEnd === start || text.charAt(equals) !== '=') return undefined;
  const valueStart = skipSpace(text, equals + 1);
  const name = text.slice(start, nameEnd).toLowerCase();
  if (text.charAt(valueStart) === '"') {
    const quoted = readQuoted(text, valueStart);
    return quoted && { name, ...quoted };
  }
  const end = endOfToken(text, valueStart);
  return end === valueStart ? undefined : { name, value: text.slice(valueStart, end), end };
}

function parameterFault(text: string, from: number): string | undefined {
  const known = new Map<string, string>();
  for (let at = skipSpace(text, from); at < text.length;) {
    const parameter = readParameter(text, at);
    if (parameter === undefined) return text.slice(at).trim() === ';' ? undefined : 'mime: invalid media parameter';
    const { name, value, end } = parameter;
    if (known.has(name) && known.get(name) !== value) return 'mime: duplicate parameter name';
    known.set(name, value);
    at = skipSpace(text, end);
  }
  return undefined;
}

/**
 * Why a text is no media type for the reference, in its words; undefined when it is one. A bare word passes, as there
 * (RFC 2045 as the reference's parser reads it).
 */
export function mediaTypeFault(text: string): string | undefined {
  const semicolon = text.indexOf(';');
  const baseEnd = semicolon < 0 ? text.length : semicolon;
  const base = text.slice(0, baseEnd).trim();
  const slash = endOfToken(base, 0);
  if (slash === 0) return 'mime: no media type';
  if (slash < base.length) {
    if (base.charAt(slash) !== '/') return 'mime: expected slash after first token';
    const end = endOfToken(base, slash + 1);
    if (end === slash + 1) return 'mime: expected token after slash';
    if (end < base.length) return 'mime: unexpected content after media subtype';
  }
  return parameterFault(text, baseEnd);
}
