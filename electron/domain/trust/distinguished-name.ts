import { toGoQuoted as quote } from '../codec/go-text.ts';

/** Attributes of a distinguished name by type; `S` was read as `ST`. A byte that is no UTF-8 stands as U+DC00 + byte. */
export type DistinguishedName = ReadonlyMap<string, string>;

/** Why a distinguished name is refused; `message` is the reference's sentence. */
export interface NameFault {
  readonly kind: 'hexValue' | 'syntax' | 'multiValued' | 'duplicate' | 'missing';
  /** The attribute type that is twice there or missing. */
  readonly attribute?: string;
  readonly message: string;
}
export type NameReading =
  { readonly name: DistinguishedName; readonly fault?: undefined } | { readonly fault: NameFault };

/** No certificate that anybody uses has a longer name; a hostile one is not worth the time. */
const maxLength = 16_384;
const mandatory = ['C', 'ST', 'O'] as const;
const escapable = ' "#+,;<=>\\';
const blank = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const hexDigits = '0123456789abcdef';
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class SyntaxFault extends Error {}

/** Bytes as text without loss: what is no UTF-8 becomes low surrogates, which no valid UTF-8 gives. */
function toText(bytes: readonly number[]): string {
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
  }
}

function hexDigit(character: string): number {
  const value = hexDigits.indexOf(character.toLowerCase());
  if (value >= 0) return value;
  const code = character.codePointAt(0) ?? 0;
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}${printable.test(character) ? ` '${character}'` : ''}`;
  throw new SyntaxFault(`failed to decode escaped character: encoding/hex: invalid byte: ${shown}`);
}

/** Trims plain spaces; one that a backslash precedes at the end stays. */
function trimSpaces(raw: string): string {
  let from = 0;
  let to = raw.length;
  while (from < to && raw[from] === ' ') from += 1;
  while (to > from && raw[to - 1] === ' ') to -= 1;
  const trimmed = raw.slice(from, to);
  return trimmed.endsWith('\\') && raw.endsWith(' ') ? `${trimmed} ` : trimmed;
}

/** The byte that `\XX` stands for. */
function readHexEscape(characters: readonly string[], at: number): number {
  const first = characters[at + 1] ?? '';
  const second = characters[at + 2];
  if (second === undefined)
    throw new SyntaxFault(`failed to decode escaped character: encoding/hex: invalid byte: ${first}`);
  const pair = first + second;
  if (pair.charCodeAt(0) > 0x7f || pair.charCodeAt(1) > 0x7f)
    throw new SyntaxFault(`failed to decode escaped character: invalid byte: ${pair}`);
  return hexDigit(first) * 16 + hexDigit(second);
}

/** Unescapes a type or a value (RFC 4514, section 2.4). */
function unescape(raw: string): string {
  const trimmed = trimSpaces(raw);
  if (!trimmed.includes('\\')) return decoder.decode(encoder.encode(trimmed));
  const characters = Array.from(trimmed);
  const bytes: number[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const next = characters[index + 1];
    if (character !== '\\') {
      const code = character.charCodeAt(0);
      if (code < 0x80) bytes.push(code);
      else bytes.push(...encoder.encode(character));
    } else if (next === undefined) {
      throw new SyntaxFault(`got corrupted escaped character: '${trimmed}'`);
    } else if (escapable.includes(next)) {
      bytes.push(next.charCodeAt(0));
      index += 1;
    } else {
      bytes.push(readHexEscape(characters, index));
      index += 2;
    }
  }
  return toText(bytes);
}

interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** Splits a name into relative names; one pass, in the way of the reference's LDAP library. */
function splitName(text: string): Attribute[][] {
  const relatives: Attribute[][] = [];
  let relative: Attribute[] = [];
  let type = '';
  let start = 0;
  let escaping = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (escaping) escaping = false;
    else if (character === '\\') escaping = true;
    else if (character === '=' && type === '') {
      type = unescape(text.slice(start, index));
      start = index + 1;
    } else if (character === ',' || character === '+' || character === ';') {
      if (type === '') throw new SyntaxFault('incomplete type, value pair');
      relative.push({ type, value: unescape(text.slice(start, index)) });
      type = '';
      start = index + 1;
      if (character !== '+') {
        relatives.push(relative);
        relative = [];
      }
    }
  }
  if (type === '') throw new SyntaxFault('DN ended with incomplete type, value pair');
  relative.push({ type, value: unescape(text.slice(start)) });
  relatives.push(relative);
  return relatives;
}

function syntaxFault(text: string, cause: string): NameFault {
  return {
    kind: 'syntax',
    message: `parsing distinguished name (DN) ${quote(text)} failed with err: ${cause}. A valid DN must contain 'C', 'ST' or 'S', and 'O' RDN attributes at a minimum, and follow RFC 4514 standard`,
  };
}

/**
 * Reads a distinguished name with the reference's rules for trusted identities (trust policy specification, "Trusted
 * identities constraints"): RFC 4514 text, `S` for `ST`, no multi-valued or repeated attribute, no `=#`, and C, ST and O at
 * least. Types are case-sensitive. Time and memory grow with the text's length only, and texts over 16 KiB are refused.
 */
export function readDistinguishedName(text: string): NameReading {
  if (text.length > maxLength)
    return { fault: syntaxFault(`${text.slice(0, 100)}…`, `longer than ${maxLength} characters`) };
  if (text.includes('=#')) {
    return {
      fault: {
        kind: 'hexValue',
        message: `unsupported distinguished name (DN) ${quote(text)}: notation does not support x509.subject identities containing "=#"`,
      },
    };
  }
  let relatives: Attribute[][];
  try {
    relatives = blank.test(text) ? [] : splitName(text);
  } catch (error) {
    if (error instanceof SyntaxFault) return { fault: syntaxFault(text, error.message) };
    throw error;
  }
  const name = new Map<string, string>();
  for (const [attribute, ...others] of relatives) {
    if (attribute === undefined) continue;
    if (others.length > 0) {
      return {
        fault: {
          kind: 'multiValued',
          message: `distinguished name (DN) ${quote(text)} has multi-valued RDN attributes, remove multi-valued RDN attributes as they are not supported`,
        },
      };
    }
    const type = attribute.type === 'S' ? 'ST' : attribute.type;
    if ((name.get(type) ?? '') !== '') {
      return {
        fault: {
          kind: 'duplicate',
          attribute: type,
          message: `distinguished name (DN) ${quote(text)} has duplicate RDN attribute for ${quote(type)}, DN can only have unique RDN attributes`,
        },
      };
    }
    name.set(type, attribute.value);
  }
  const missing = mandatory.find((type) => (name.get(type) ?? '') === '');
  if (missing !== undefined) {
    return {
      fault: {
        kind: 'missing',
        attribute: missing,
        message: `distinguished name (DN) ${quote(text)} has no mandatory RDN attribute for ${quote(missing)}, it must contain 'C', 'ST' or 'S', and 'O' RDN attributes at a minimum`,
      },
    };
  }
  return { name };
}

/** Whether every attribute of the first name is in the second with the same value. An empty value equals an absent one, as with the reference. */
export function isSubset(name: DistinguishedName, of: DistinguishedName): boolean {
  for (const [type, value] of name) if ((of.get(type) ?? '') !== value) return false;
  return true;
}
