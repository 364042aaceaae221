import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from './cbor-value.ts';
import { toUtf8 } from './utf8.ts';

/** The initial byte of a value and its argument, in the fewest bytes. */
function toHead(major: number, argument: number | bigint): Buffer {
  const initial = major << 5;
  if (argument < 24) return Buffer.of(initial | Number(argument));
  if (argument < 0x100) return Buffer.of(initial | 24, Number(argument));
  const head = Buffer.alloc(9);
  if (argument < 0x1_0000) {
    head[0] = initial | 25;
    return head.subarray(0, head.writeUInt16BE(Number(argument), 1));
  }
  if (argument < 0x1_0000_0000) {
    head[0] = initial | 26;
    return head.subarray(0, head.writeUInt32BE(Number(argument), 1));
  }
  head[0] = initial | 27;
  head.writeBigUInt64BE(BigInt(argument), 1);
  return head;
}

function toInteger(value: number | bigint): Buffer {
  return value < 0 ? toHead(1, -1n - BigInt(value)) : toHead(0, value);
}

/** Doubles only: nothing that is signed holds a float. */
function toFloat({ value }: CborFloat): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function toMap({ entries }: CborMap): Buffer {
  const pairs = entries.map(([key, value]) => [toBuffer(key), toBuffer(value)] as const);
  pairs.sort(([left], [right]) => Buffer.compare(left, right));
  return Buffer.concat([toHead(5, pairs.length), ...pairs.flat()]);
}

function toBuffer(value: CborValue): Buffer {
  if (typeof value === 'number' || typeof value === 'bigint') return toInteger(value);
  if (typeof value === 'string') {
    const text = toUtf8(value);
    return Buffer.concat([toHead(3, text.length), text]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([toHead(2, value.length), value]);
  if (value === null) return Buffer.of(0xf6);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4);
  if (value instanceof CborMap) return toMap(value);
  if (value instanceof CborTag) return Buffer.concat([toHead(6, value.tag), toBuffer(value.value)]);
  if (value instanceof CborFloat) return toFloat(value);
  if (value instanceof CborSimple) return toHead(7, value.code);
  return Buffer.concat([toHead(4, value.length), ...value.map(toBuffer)]);
}

/** CBOR in core deterministic encoding (RFC 8949, section 4.2.1): shortest heads, definite lengths, keys in bytewise order. */
export function toCbor(value: CborValue): Uint8Array {
  return new Uint8Array(toBuffer(value));
}
