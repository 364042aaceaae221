/** Writes DER (X.690, section 10). What comes out is only as right as what is put in: tests make broken certificates with it. */

function toLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** One element with the given tag and contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  return Uint8Array.from(Buffer.concat([Buffer.from([tag, ...toLength(content.length)]), content]));
}

export function derSequence(...contents: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...contents);
}

/** A SET OF: its elements in the order of their bytes. */
export function derSetOf(...elements: readonly Uint8Array[]): Uint8Array {
  return der(0x31, ...elements.toSorted((left, right) => Buffer.compare(left, right)));
}

export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const toArc = (arc: number): number[] => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(0x80 | (left % 128));
    return bytes;
  };
  return der(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(toArc)));
}

/** A non-negative INTEGER from big-endian bytes. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  const trimmed = bytes.subarray(
    Math.max(
      0,
      bytes.findIndex((byte) => byte !== 0),
    ),
  );
  return der(0x02, (trimmed[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...trimmed) : trimmed);
}

export function derBoolean(value: boolean): Uint8Array {
  return der(0x01, Uint8Array.of(value ? 0xff : 0));
}

export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return der(0x03, Uint8Array.of(unusedBits), bytes);
}

export function derOctetString(bytes: Uint8Array): Uint8Array {
  return der(0x04, bytes);
}

export function derNull(): Uint8Array {
  return Uint8Array.of(0x05, 0x00);
}

/** UTCTime until 2049, GeneralizedTime from 2050 on. */
export function derTime(moment: Date): Uint8Array {
  const text = `${moment.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  const year = moment.getUTCFullYear();
  return year >= 1950 && year < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}
