/** How the reference, a Go program, writes JSON and quotes text. Needed where bytes or sentences must equal its own. */

const escaped: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** What {@link toGoJson} writes. A Map's members come in its own order, whatever their names look like. */
export type GoJsonValue = null | string | number | readonly GoJsonValue[] | ReadonlyMap<string, GoJsonValue>;

function toGoString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => escaped[character] ?? character);
}

/** Compact JSON with the characters escaped that Go's encoder escapes for HTML. */
export function toGoJson(value: GoJsonValue): string {
  if (typeof value === 'string') return toGoString(value);
  if (typeof value === 'number' || value === null) return String(value);
  if (value instanceof Map)
    return `{${Array.from(value as ReadonlyMap<string, GoJsonValue>, ([name, member]) => `${toGoString(name)}:${toGoJson(member)}`).join(',')}}`;
  return `[${(value as readonly GoJsonValue[]).map(toGoJson).join(',')}]`;
}

/** The same, laid out as Go's encoder does with two spaces. */
export function toGoJsonIndented(value: GoJsonValue, indent = ''): string {
  const inner = `${indent}  `;
  const wrap = (open: string, close: string, parts: readonly string[]): string =>
    parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  if (value instanceof Map) {
    const members = Array.from(value as ReadonlyMap<string, GoJsonValue>);
    return wrap(
      '{',
      '}',
      members.map(([name, member]) => `${toGoString(name)}: ${toGoJsonIndented(member, inner)}`),
    );
  }
  if (typeof value !== 'object' || value === null) return toGoJson(value);
  return wrap(
    '[',
    ']',
    (value as readonly GoJsonValue[]).map((member) => toGoJsonIndented(member, inner)),
  );
}

/** The members of a record in the order of Go's maps: by the bytes of their names. */
export function toSortedMap(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(record).sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
  );
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function quoteCharacter(character: string): string {
  if (Object.hasOwn(shortEscapes, character)) return shortEscapes[character] ?? '';
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x1_0000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A text in double quotes as Go's `%q` prints it. */
export function toGoQuoted(text: string): string {
  return `"${Array.from(text, quoteCharacter).join('')}"`;
}
