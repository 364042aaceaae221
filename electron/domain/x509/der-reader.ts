/** Says why bytes are not the DER they should be. `parseCertificate` maps it to `certificate.malformed`. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** Universal and context tags that certificates use. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: its tag, its content, and all of its bytes. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly raw: Uint8Array;
}

/**
 * Walks over DER elements that stand one after the other (X.690, section 10): definite lengths in their shortest form, one-byte
 * tags, nothing beyond the input. It never goes down by itself, so nesting costs nothing.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next element, or undefined at the end. */
  peekTag(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** The next element, whatever it is. @throws DerError */
  readAny(): DerElement {
    const start = this.#at;
    const tag = this.#bytes[start];
    if (tag === undefined) throw new DerError('unexpected end');
    if ((tag & 0x1f) === 0x1f) throw new DerError('tag of more than one byte');
    this.#at = start + 1;
    const length = this.#readLength();
    const from = this.#at;
    if (length > this.#bytes.length - from) throw new DerError('length goes beyond the input');
    this.#at = from + length;
    return { tag, content: this.#bytes.subarray(from, this.#at), raw: this.#bytes.subarray(start, this.#at) };
  }

  /** The next element, which must have this tag. @throws DerError */
  readElement(tag: number, what: string): DerElement {
    if (this.peekTag() !== tag) throw new DerError(`malformed ${what}`);
    return this.readAny();
  }

  /** The content of the next element, which must have this tag. @throws DerError */
  readContent(tag: number, what: string): Uint8Array {
    return this.readElement(tag, what).content;
  }

  /** A reader over the content of the next element, which must have this tag. @throws DerError */
  enter(tag: number, what: string): DerReader {
    return new DerReader(this.readContent(tag, what));
  }

  /** The content of the next element if it has this tag. @throws DerError */
  readOptional(tag: number): Uint8Array | undefined {
    return this.peekTag() === tag ? this.readAny().content : undefined;
  }

  /** Refuses anything left over. @throws DerError */
  assertAtEnd(what: string): void {
    if (!this.isAtEnd) throw new DerError(`trailing data after ${what}`);
  }

  #readLength(): number {
    const first = this.#bytes[this.#at];
    if (first === undefined) throw new DerError('unexpected end');
    this.#at += 1;
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('unsupported length form');
    let length = 0;
    for (let index = 0; index < count; index += 1) {
      const next = this.#bytes[this.#at];
      if (next === undefined) throw new DerError('unexpected end');
      length = length * 256 + next;
      this.#at += 1;
    }
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('length not in its shortest form');
    return length;
  }
}

/** A DER BOOLEAN. @throws DerError */
export function parseDerBoolean(content: Uint8Array): boolean {
  const [value] = content;
  if (content.length !== 1 || (value !== 0 && value !== 0xff)) throw new DerError('malformed boolean');
  return value === 0xff;
}

/** Lower-case hex of a DER INTEGER that must be zero or more, without its sign byte. @throws DerError */
export function parseDerInteger(content: Uint8Array, what: string): string {
  const [first, second] = content;
  if (first === undefined) throw new DerError(`malformed ${what}`);
  if (first >= 0x80) throw new DerError(`negative ${what}`);
  if (first === 0 && second !== undefined && second < 0x80) throw new DerError(`malformed ${what}`);
  const hex = Buffer.from(content).toString('hex');
  return first === 0 && second !== undefined ? hex.slice(2) : hex;
}

/** Dotted form of a DER OBJECT IDENTIFIER; arcs below 2^31, as the reference reads them. @throws DerError */
export function parseDerOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  let isStart = true;
  for (const byte of content) {
    if (isStart && byte === 0x80) throw new DerError('malformed OID');
    if (arc >= 2 ** 24) throw new DerError('malformed OID');
    arc = arc * 128 + (byte & 0x7f);
    isStart = byte < 0x80;
    if (isStart) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first] = arcs;
  if (first === undefined || !isStart) throw new DerError('malformed OID');
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...arcs.slice(1)].join('.');
}

/** The bits of a DER BIT STRING: its bytes, and how many bits of the last one are not used. @throws DerError */
export function parseDerBitString(content: Uint8Array): { readonly bytes: Uint8Array; readonly unusedBits: number } {
  const [unusedBits] = content;
  const bytes = content.subarray(1);
  if (unusedBits === undefined || unusedBits > 7 || (bytes.length === 0 && unusedBits > 0))
    throw new DerError('malformed bit string');
  if (((bytes.at(-1) ?? 0) & ((1 << unusedBits) - 1)) !== 0) throw new DerError('malformed bit string');
  return { bytes, unusedBits };
}
