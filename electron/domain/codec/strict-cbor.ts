import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from './cbor-value.ts';
import { CodecError } from './codec-error.ts';
import { parseUtf8 } from './utf8.ts';

export interface CborLimits {
  readonly maxBytes: number;
  /** Lists, maps and tags in each other. Default 32. */
  readonly maxDepth?: number;
  /** Values in all, however they nest. Default 131,072, which the reference allows for each list and map. */
  readonly maxItems?: number;
  /** Whether tags may stand in it. Default true. */
  readonly tags?: boolean;
}

const maxInteger = 2n ** 63n - 1n;

function toPlain(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** IEEE 754 half precision (RFC 8949, appendix D). */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #maxDepth: number;
  readonly #tags: boolean;
  #itemsLeft: number;
  #at = 0;

  constructor(bytes: Uint8Array, { maxDepth = 32, maxItems = 131_072, tags = true }: CborLimits) {
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#maxDepth = maxDepth;
    this.#itemsLeft = maxItems;
    this.#tags = tags;
  }

  readWhole(): CborValue {
    const value = this.#readValue(0);
    if (this.#at < this.#bytes.length) throw this.#fault('bytes after the CBOR value', this.#at);
    return value;
  }

  #fault(what: string, offset: number): CodecError {
    return new CodecError(`${what} at offset ${offset}`, offset);
  }

  /** Moves on and gives where it stood; what is claimed is compared with what is there before anything is read or made. */
  #take(length: number, start: number): number {
    if (length > this.#bytes.length - this.#at) throw this.#fault('ends too early, value', start);
    const from = this.#at;
    this.#at += length;
    return from;
  }

  #readValue(depth: number): CborValue {
    const start = this.#at;
    if (this.#itemsLeft === 0) throw this.#fault('too many values', start);
    this.#itemsLeft -= 1;
    const initial = this.#view.getUint8(this.#take(1, start));
    const [major, info] = [initial >> 5, initial & 0x1f];
    if (major === 7) return this.#readSimple(info, start);
    const argument = this.#readArgument(info, start);
    if (major === 0 || major === 1) return this.#toInteger(argument, major === 1, start);
    if (major === 6) return this.#readTag(argument, this.#enter(depth, start), start);
    const length = Number(argument);
    if (major === 2) return this.#readBytes(length, start);
    if (major === 3) return this.#readText(length, start);
    return major === 4
      ? this.#readList(length, this.#enter(depth, start), start)
      : this.#readMap(length, this.#enter(depth, start), start);
  }

  #enter(depth: number, start: number): number {
    if (depth >= this.#maxDepth) throw this.#fault(`nested deeper than ${this.#maxDepth}`, start);
    return depth + 1;
  }

  #readArgument(info: number, start: number): number | bigint {
    if (info < 24) return info;
    if (info === 24) return this.#view.getUint8(this.#take(1, start));
    if (info === 25) return this.#view.getUint16(this.#take(2, start));
    if (info === 26) return this.#view.getUint32(this.#take(4, start));
    if (info === 27) return toPlain(this.#view.getBigUint64(this.#take(8, start)));
    throw this.#fault(info === 31 ? 'indefinite length' : 'reserved length', start);
  }

  #toInteger(argument: number | bigint, isNegative: boolean, start: number): number | bigint {
    if (isNegative) return toPlain(-1n - BigInt(argument));
    if (argument > maxInteger) throw this.#fault('integer above 2^63 - 1', start);
    return argument;
  }

  #readBytes(length: number, start: number): Uint8Array {
    const from = this.#take(length, start);
    return this.#bytes.subarray(from, from + length);
  }

  #readText(length: number, start: number): string {
    const bytes = this.#readBytes(length, start);
    try {
      return parseUtf8(bytes);
    } catch (error) {
      throw error instanceof CodecError ? this.#fault(`text ${error.message}`, start) : error;
    }
  }

  #readList(length: number, depth: number, start: number): readonly CborValue[] {
    this.#assertRoom(length, start);
    const list: CborValue[] = [];
    for (let index = 0; index < length; index += 1) list.push(this.#readValue(depth));
    return list;
  }

  #readMap(length: number, depth: number, start: number): CborMap {
    this.#assertRoom(2 * length, start);
    const map = new CborMap();
    for (let index = 0; index < length; index += 1) {
      const at = this.#at;
      const key = this.#readValue(depth);
      const value = this.#readValue(depth);
      if (!map.add(key, value)) throw this.#fault(map.has(key) ? 'duplicate map key' : 'map key of this kind', at);
    }
    return map;
  }

  /** Every value takes a byte at least. */
  #assertRoom(values: number, start: number): void {
    if (values > this.#bytes.length - this.#at) throw this.#fault('ends too early, value', start);
    if (values > this.#itemsLeft) throw this.#fault('too many values', start);
  }

  #readTag(tag: number | bigint, depth: number, start: number): CborTag {
    if (!this.#tags) throw this.#fault('tag where none may be', start);
    return new CborTag(tag, this.#readValue(depth));
  }

  #readSimple(info: number, start: number): CborValue {
    if (info === 25) return new CborFloat(halfToNumber(this.#view.getUint16(this.#take(2, start))));
    if (info === 26) return new CborFloat(this.#view.getFloat32(this.#take(4, start)));
    if (info === 27) return new CborFloat(this.#view.getFloat64(this.#take(8, start)));
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    if (info < 24) return new CborSimple(info);
    const code = info === 24 ? this.#view.getUint8(this.#take(1, start)) : 0;
    if (code < 32) throw this.#fault('malformed simple value', start);
    return new CborSimple(code);
  }
}

/**
 * CBOR (RFC 8949) as the reference accepts it: one value and nothing after it, definite lengths, no map key twice in whatever
 * encoding, text that is UTF-8, unsigned integers up to 2^63 - 1, bounded size, depth and number of values (case E-09). Byte strings
 * are views of the input. Order of map keys and length of heads are not judged (rule O-05).
 *
 * @throws CodecError with the offset of the fault
 */
export function parseStrictCbor(bytes: Uint8Array, limits: CborLimits): CborValue {
  if (bytes.length > limits.maxBytes) throw new CodecError(`longer than ${limits.maxBytes} bytes`);
  return new CborReader(bytes, limits).readWhole();
}
