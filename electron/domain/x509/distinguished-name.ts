import { parseUtf8, toUtf8 } from '../codec/utf8.ts';
import { DerError, DerReader, derTag, parseDerOid } from './der-reader.ts';
import type { NameAttribute } from './parsed-certificate.ts';

const typeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.17': 'POSTALCODE',
};
/** Go prints the known types in this order, then all others. */
const printedOrder = ['SERIALNUMBER', 'CN', 'OU', 'O', 'POSTALCODE', 'STREET', 'L', 'ST', 'C'];
/** Of these Go keeps only the last value. */
const singleValued = new Set(['CN', 'SERIALNUMBER']);

function assertEvery(bytes: Uint8Array, isAllowed: (byte: number) => boolean, what: string): void {
  for (const byte of bytes) if (!isAllowed(byte)) throw new DerError(`invalid ${what}`);
}

function isLetterOrDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

const printableExtras = new Set(Array.from(" '()+,-./:=?", (character) => character.charCodeAt(0)));

function isPrintable(byte: number): boolean {
  return isLetterOrDigit(byte) || printableExtras.has(byte);
}

/** `*` and `&` are not allowed, but common; Go takes both. */
function isLooselyPrintable(byte: number): boolean {
  return isPrintable(byte) || byte === 0x2a || byte === 0x26;
}

function parseBmpString(content: Uint8Array): string {
  if (content.length % 2 !== 0) throw new DerError('invalid BMPString');
  let text = '';
  for (let index = 0; index < content.length; index += 2) {
    const unit = ((content[index] ?? 0) << 8) | (content[index + 1] ?? 0);
    const isReserved = unit >= 0xfffe || (unit >= 0xfdd0 && unit <= 0xfdef) || (unit >= 0xd800 && unit <= 0xdfff);
    if (isReserved) throw new DerError('invalid BMPString');
    text += String.fromCharCode(unit);
  }
  return text.endsWith('\0') ? text.slice(0, -1) : text;
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1');
}

function parseUtf8String(content: Uint8Array): string {
  try {
    return parseUtf8(content);
  } catch (cause) {
    throw new DerError('invalid UTF-8 string', { cause });
  }
}

function parseDirectoryString(tag: number, content: Uint8Array): string {
  switch (tag) {
    case derTag.utf8String:
      return parseUtf8String(content);
    case derTag.printableString:
      assertEvery(content, isLooselyPrintable, 'PrintableString');
      return latin1(content);
    case derTag.ia5String:
      assertEvery(content, (byte) => byte < 0x80, 'IA5String');
      return latin1(content);
    case derTag.numericString:
      assertEvery(content, (byte) => byte === 0x20 || (byte >= 0x30 && byte <= 0x39), 'NumericString');
      return latin1(content);
    case derTag.t61String:
      return latin1(content);
    case derTag.bmpString:
      return parseBmpString(content);
    default:
      throw new DerError(`invalid RDNSequence: unsupported string type: ${tag}`);
  }
}

/** The attributes of a DER name (RFC 5280, section 4.1.2.4) in the order of the encoding. @throws DerError */
export function parseName(raw: Uint8Array): readonly NameAttribute[] {
  const attributes: NameAttribute[] = [];
  const names = new DerReader(raw).enter(derTag.sequence, 'RDNSequence');
  while (!names.isAtEnd) {
    const set = names.enter(derTag.set, 'RDNSequence');
    while (!set.isAtEnd) {
      const attribute = set.enter(derTag.sequence, 'RDNSequence attribute');
      const oid = parseDerOid(attribute.readContent(derTag.oid, 'RDNSequence attribute type'));
      const value = attribute.readAny();
      attribute.assertAtEnd('an attribute value');
      const type = Object.hasOwn(typeNames, oid) ? (typeNames[oid] ?? oid) : oid;
      attributes.push({ oid, type, value: parseDirectoryString(value.tag, value.content) });
    }
  }
  return attributes;
}

function escapeValue(value: string): string {
  const escapedInside = value.replace(/[,+"\\<>;]/g, '\\$&');
  const start = /^[ #]/.test(value) ? '\\' : '';
  const isEndEscaped = value.length > 1 && value.endsWith(' ');
  return start + (isEndEscaped ? `${escapedInside.slice(0, -1)}\\ ` : escapedInside);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** Go re-encodes a value it has no name for: PrintableString where that is possible, else UTF8String. */
function toHexValue(value: string): string {
  const bytes = toUtf8(value);
  const tag = bytes.every(isPrintable) ? derTag.printableString : derTag.utf8String;
  return Buffer.from([tag, ...derLength(bytes.length), ...bytes]).toString('hex');
}

/**
 * A name as Go's `pkix.Name` prints it: known types in Go's own order whatever the encoding's, several values of one type
 * joined by `+`, types without a name as `OID=#hex` at the end.
 */
export function toGoName(attributes: readonly NameAttribute[]): string {
  const known = printedOrder.map((type) => {
    const values = attributes.filter((attribute) => attribute.type === type).map((attribute) => attribute.value);
    const kept = singleValued.has(type) ? values.slice(-1).filter((value) => value !== '') : values;
    return kept.map((value) => `${type}=${escapeValue(value)}`).join('+');
  });
  const others = attributes
    .filter((attribute) => attribute.type === attribute.oid)
    .map((attribute) => `${attribute.oid}=#${toHexValue(attribute.value)}`)
    .reverse();
  return [...known.filter((part) => part !== ''), ...others].join(',');
}

/** The last common name, or undefined. */
export function commonNameOf(attributes: readonly NameAttribute[]): string | undefined {
  return attributes.findLast((attribute) => attribute.type === 'CN')?.value;
}
