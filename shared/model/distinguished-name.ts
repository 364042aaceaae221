/** One name part of a distinguished name (RFC 4514): a type such as `CN`, and its value without escapes. For showing and for building identities; what decides is the domain's own reading. */
export interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** What stands before the distinguished name in a trusted identity. */
export const subjectPrefix = 'x509.subject:';
/** Parts that Notation wants in every identity. */
export const mandatoryTypes = ['C', 'ST', 'O'] as const;
/** Types that the builder offers, in the order they are written. */
export const offeredTypes = ['C', 'ST', 'L', 'O', 'OU', 'CN', 'STREET', 'POSTALCODE', 'SERIALNUMBER'] as const;

const special = ',+"\\<>;=';

/** A value as it stands in a distinguished name (RFC 4514, section 2.4). */
export function escapeValue(value: string): string {
  return Array.from(value, (character, at) => {
    const first = at === 0 && (character === ' ' || character === '#');
    if (character === '\0') return '\\00';
    return special.includes(character) || first ? `\\${character}` : character;
  })
    .join('')
    .replace(/([^\\]) $/, '$1\\ ');
}

/** `C=US, ST=WA, O=Notary`: in the order given. */
export function toDistinguishedName(parts: readonly NamePart[]): string {
  return parts.map(({ type, value }) => `${type}=${escapeValue(value)}`).join(', ');
}

/** A trusted identity for these name parts. */
export function toIdentity(parts: readonly NamePart[]): string {
  return `${subjectPrefix} ${toDistinguishedName(parts)}`;
}

interface Scan {
  value: string;
  at: number;
}

function readEscape(text: string, scan: Scan): boolean {
  const pair = text.slice(scan.at + 1, scan.at + 3);
  const next = text[scan.at + 1];
  if (next === undefined) return false;
  if (/^[0-9a-fA-F]{2}$/.test(pair)) return readHex(text, scan);
  scan.value += next;
  scan.at += 2;
  return true;
}

/** A run of `\xx` is UTF-8. */
function readHex(text: string, scan: Scan): boolean {
  let bytes = '';
  while (/^\\[0-9a-fA-F]{2}$/.test(text.slice(scan.at, scan.at + 3))) {
    bytes += `%${text.slice(scan.at + 1, scan.at + 3)}`;
    scan.at += 3;
  }
  try {
    scan.value += decodeURIComponent(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The value from `at` to the next separator, without the spaces around it; `null` when it is malformed. */
function readValue(text: string, at: number): Scan | null {
  const scan: Scan = { value: '', at };
  while (text[scan.at] === ' ') scan.at += 1;
  let kept = 0;
  while (scan.at < text.length) {
    const character = text[scan.at] ?? '';
    if (character === ',' || character === ';') break;
    if (character === '+' || character === '"') return null;
    if (character === '\\') {
      if (!readEscape(text, scan)) return null;
      kept = scan.value.length;
    } else {
      scan.value += character;
      scan.at += 1;
      if (character !== ' ') kept = scan.value.length;
    }
  }
  return { value: scan.value.slice(0, kept), at: scan.at };
}

/** The parts of a distinguished name, in its order; `null` when a builder cannot show it: malformed, multi-valued, or hexadecimal. */
export function parseDistinguishedName(text: string): readonly NamePart[] | null {
  const parts: NamePart[] = [];
  let at = 0;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    const type = equals < 0 ? '' : text.slice(at, equals).trim();
    if (!/^[A-Za-z][A-Za-z0-9.-]*$/.test(type) || text[equals + 1] === '#') return null;
    const scan = readValue(text, equals + 1);
    if (!scan) return null;
    parts.push({ type: type === 'S' ? 'ST' : type, value: scan.value });
    if (scan.at < text.length && scan.at + 1 === text.length) return null;
    at = scan.at + 1;
  }
  return parts.length > 0 ? parts : null;
}

/** The name parts of an identity that names a subject; else `null`. */
export function parseIdentity(identity: string): readonly NamePart[] | null {
  if (!identity.startsWith(subjectPrefix)) return null;
  return parseDistinguishedName(identity.slice(subjectPrefix.length).trim());
}

/** A subject in the order that people write identities, with only the parts that Notation can compare. */
export function toIdentityParts(subject: string): readonly NamePart[] | null {
  const parts = parseDistinguishedName(subject);
  if (!parts) return null;
  const known = offeredTypes.flatMap((type) => parts.filter((part) => part.type === type));
  return known.length > 0 ? known : null;
}

/** How a subject differs from an identity: parts that are missing or have another value. Empty when it matches. */
export function differingParts(identity: readonly NamePart[], subject: readonly NamePart[]): readonly string[] {
  return identity
    .filter((wanted) => !subject.some((part) => part.type === wanted.type && part.value === wanted.value))
    .map((part) => part.type);
}
