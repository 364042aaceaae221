import type { SeededRandom } from './seeded-random.ts';

const telling = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x20, 0x22, 0x2c, 0x30, 0x5c, 0x7b, 0x9f, 0xbf, 0xdf];
type Change = (random: SeededRandom, bytes: Buffer, other: Uint8Array) => Uint8Array;

/** A range of at most so many bytes. */
function range(random: SeededRandom, length: number, most: number): [from: number, to: number] {
  const from = random.below(length + 1);
  return [from, Math.min(length, from + 1 + random.below(most))];
}

const changes: readonly Change[] = [
  (random, bytes) => {
    for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left -= 1) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  (random, bytes) => {
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.pick(telling);
    return bytes;
  },
  (random, bytes) => {
    const [at] = range(random, bytes.length, 1);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(8)), bytes.subarray(at)]);
  },
  (random, bytes) => {
    const [from, to] = range(random, bytes.length, 16);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (random, bytes) => bytes.subarray(0, random.below(bytes.length + 1)),
  (random, bytes) => {
    const [from, to] = range(random, bytes.length, 200);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (random, bytes, other) => {
    const [from, to] = range(random, bytes.length, 64);
    return Buffer.concat([bytes.subarray(0, from), Buffer.from(other).subarray(from, to), bytes.subarray(to)]);
  },
  (random, bytes, other) =>
    Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      Buffer.from(other).subarray(random.below(other.length + 1)),
    ]),
];

/**
 * Bytes with one to three blind changes: bits flipped, ranges left out, doubled, cut off or taken from other bytes.
 *
 * @param other - bytes of the same kind to splice with
 */
export function mutateBytes(random: SeededRandom, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let changed: Uint8Array = bytes;
  for (let left = 1 + random.below(3); left > 0; left -= 1)
    changed = random.pick(changes)(random, Buffer.from(changed), other);
  return Uint8Array.from(changed);
}
