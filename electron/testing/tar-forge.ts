/** An entry of an archive that a test makes. Whatever is given is written, also when it makes no sense. */
export interface ForgedEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: Uint8Array | string;
  /** What the header says, when it lies. */
  readonly size?: number;
  readonly mode?: number;
  readonly linkName?: string;
  readonly magic?: string;
  readonly prefix?: string;
  /** Writes the size in base 256. */
  readonly binarySize?: boolean;
  readonly checksum?: string;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

/** One header block with its content and padding. */
export function tarEntry(entry: ForgedEntry): Uint8Array {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(512);
  header.write(entry.name, 0, 100);
  header.write(octal(entry.mode ?? 0o644, 8) + octal(0, 8) + octal(0, 8), 100);
  const size = entry.size ?? content.length;
  if (entry.binarySize) {
    header.writeBigUInt64BE(BigInt(size), 128);
    header[124] = 0x80;
  } else header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(`        ${entry.type ?? '0'}${entry.linkName ?? ''}`, 148);
  header.write(entry.magic ?? 'ustar\x0000', 257, 'latin1');
  header.write(entry.prefix ?? '', 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding]);
}

/** A whole archive. */
export function tarOf(entries: readonly ForgedEntry[]): Uint8Array {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]);
}

/** A record of an extended header. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (String(length).length + Buffer.byteLength(rest) !== length)
    length = String(length).length + Buffer.byteLength(rest);
  return `${length}${rest}`;
}
