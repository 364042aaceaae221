import { CodecError } from './codec-error.ts';
import { parseUtf8 } from './utf8.ts';

/** A number that is not a safe integer in plain notation, kept as written: no schema that asks for an integer takes it. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** In JSON again it is a text, so that it stays what was read. */
  toJSON(): string {
    return this.text;
  }
}

/** A value of {@link parseStrictJson}. Objects have no prototype. */
export type JsonValue = null | boolean | number | string | JsonNumber | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Whether a value is a JSON object, and neither a list nor a number kept as text. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** What an object has under its own name, never what a prototype has. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export interface JsonLimits {
  /** Bytes, or UTF-16 units when given a text. */
  readonly maxBytes: number;
  /** Lists and objects in each other. Default 32. */
  readonly maxDepth?: number;
  /** Whether numbers beyond what a double holds are refused, as Go refuses them where it reads into no type of its own. */
  readonly finiteNumbers?: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const literals: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonScanner {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #finiteNumbers: boolean;
  #at = 0;

  constructor(text: string, { maxDepth = 32, finiteNumbers = false }: JsonLimits) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#finiteNumbers = finiteNumbers;
  }

  readWhole(): JsonValue {
    this.#skipSpace();
    const value = this.#readValue(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#fault('text after the JSON value');
    return value;
  }

  #fault(what: string, offset = this.#at): CodecError {
    return new CodecError(`${what} at offset ${offset}`, offset);
  }

  #skipSpace(): void {
    for (; ; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #readValue(depth: number): JsonValue {
    const first = this.#text[this.#at];
    if (first === '"') return this.#readString();
    if (first === '{' || first === '[') {
      if (depth >= this.#maxDepth) throw this.#fault(`nested deeper than ${this.#maxDepth}`);
      this.#at += 1;
      return first === '{' ? this.#readObject(depth + 1) : this.#readList(depth + 1);
    }
    for (const [text, value] of literals) {
      if (this.#text.startsWith(text, this.#at)) {
        this.#at += text.length;
        return value;
      }
    }
    return this.#readNumber();
  }

  #readObject(depth: number): JsonObject {
    const object = Object.create(null) as Record<string, JsonValue>;
    this.#skipSpace();
    if (this.#take('}')) return object;
    for (;;) {
      this.#skipSpace();
      const start = this.#at;
      if (this.#text[start] !== '"') throw this.#fault('member name expected');
      const name = this.#readString();
      if (Object.hasOwn(object, name)) throw this.#fault(`duplicate member ${JSON.stringify(name)}`, start);
      this.#skipSpace();
      if (!this.#take(':')) throw this.#fault('":" expected');
      this.#skipSpace();
      object[name] = this.#readValue(depth);
      this.#skipSpace();
      if (this.#take('}')) return object;
      if (!this.#take(',')) throw this.#fault('"," or "}" expected');
    }
  }

  #readList(depth: number): JsonValue[] {
    const list: JsonValue[] = [];
    this.#skipSpace();
    if (this.#take(']')) return list;
    for (;;) {
      this.#skipSpace();
      list.push(this.#readValue(depth));
      this.#skipSpace();
      if (this.#take(']')) return list;
      if (!this.#take(',')) throw this.#fault('"," or "]" expected');
    }
  }

  #readString(): string {
    const opening = this.#at;
    let from = opening + 1;
    let read = '';
    for (let index = from; index < this.#text.length; index += 1) {
      const code = this.#text.charCodeAt(index);
      if (code === quote) {
        this.#at = index + 1;
        const whole = read + this.#text.slice(from, index);
        if (/\p{Cs}/u.test(whole)) throw this.#fault('half a surrogate pair', opening);
        return whole;
      }
      if (code < 0x20) throw this.#fault('control character in a string', index);
      if (code === backslash) {
        read += this.#text.slice(from, index);
        this.#at = index + 1;
        read += this.#readEscape();
        from = this.#at;
        index = from - 1;
      }
    }
    throw this.#fault('string without an end', opening);
  }

  #readEscape(): string {
    const letter = this.#text[this.#at] ?? '';
    if (Object.hasOwn(simpleEscapes, letter)) {
      this.#at += 1;
      return simpleEscapes[letter] ?? '';
    }
    const hex = this.#text.slice(this.#at + 1, this.#at + 5);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#fault('unknown escape in a string');
    this.#at += 5;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #skipDigits(): number {
    const start = this.#at;
    for (; ; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (!(code >= 0x30 && code <= 0x39)) return this.#at - start;
    }
  }

  #readNumber(): number | JsonNumber {
    const start = this.#at;
    this.#take('-');
    const isZero = this.#text[this.#at] === '0';
    const digits = this.#skipDigits();
    if (digits === 0 || (isZero && digits > 1)) throw this.#fault('JSON value expected', start);
    let isPlain = true;
    if (this.#take('.')) {
      isPlain = false;
      if (this.#skipDigits() === 0) throw this.#fault('malformed number', start);
    }
    if (this.#take('e') || this.#take('E')) {
      isPlain = false;
      if (!this.#take('+')) this.#take('-');
      if (this.#skipDigits() === 0) throw this.#fault('malformed number', start);
    }
    const text = this.#text.slice(start, this.#at);
    const value = Number(text);
    if (this.#finiteNumbers && !Number.isFinite(value)) throw this.#fault('number out of range', start);
    return isPlain && Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new JsonNumber(text);
  }
}

/**
 * JSON in its strict form (RFC 8259): one value and nothing after it, no member twice, no half surrogate pairs, bounded size and
 * depth. Bytes must be UTF-8 without a byte order mark. Numbers that are not plain safe integers come as {@link JsonNumber}.
 *
 * @throws CodecError with the offset of the fault
 */
export function parseStrictJson(input: string | Uint8Array, limits: JsonLimits): JsonValue {
  if (input.length > limits.maxBytes) throw new CodecError(`longer than ${limits.maxBytes} bytes`);
  const text = typeof input === 'string' ? input : parseUtf8(input);
  return new JsonScanner(text, limits).readWhole();
}
