import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive that a test makes. What is given for one of the two headers is a lie of that one. */
export interface ForgedZipEntry {
  readonly name: string;
  readonly content?: Uint8Array | string;
  readonly stored?: boolean;
  /** Mode with the file type, as on Unix; without it the entry is made where there are no modes. */
  readonly unixMode?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** What the list says the content is, once decompressed. */
  readonly size?: number;
  readonly localName?: string;
  readonly localSize?: number;
  /** Lets the header before the content be that of the first entry. */
  readonly atFirst?: boolean;
  /** Writes size and checksum after the content. */
  readonly streamed?: boolean;
}

interface ForgedZip {
  readonly comment?: string;
  readonly count?: number;
  readonly before?: Uint8Array;
  readonly between?: Uint8Array;
  readonly after?: Uint8Array;
}

function header(
  signature: number,
  fields: readonly (readonly [offset: number, value: number, bytes: 1 | 2 | 4])[],
  length: number,
): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [offset, value, width] of fields) bytes.writeUIntLE(value, offset, width);
  return bytes;
}

function forge(entry: ForgedZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const packed = entry.stored ? content : deflateRawSync(content);
  const flags = entry.flags ?? (entry.streamed ? 8 : 0);
  const method = entry.method ?? (entry.stored ? 0 : 8);
  const [crc, size] = [entry.crc ?? crc32(content), entry.size ?? content.length];
  const localName = Buffer.from(entry.localName ?? entry.name);
  const name = Buffer.from(entry.name);
  const early = (value: number): number => (entry.streamed ? 0 : value);
  const local = header(
    0x04034b50,
    [
      [6, flags, 2],
      [8, method, 2],
      [14, early(crc), 4],
      [18, early(packed.length), 4],
      [22, early(entry.localSize ?? size), 4],
      [26, localName.length, 2],
    ],
    30,
  );
  const descriptor = entry.streamed
    ? header(
        0x08074b50,
        [
          [4, crc, 4],
          [8, packed.length, 4],
          [12, size, 4],
        ],
        16,
      )
    : Buffer.alloc(0);
  const central = header(
    0x02014b50,
    [
      [5, entry.unixMode === undefined ? 0 : 3, 1],
      [8, flags, 2],
      [10, method, 2],
      [16, crc, 4],
      [20, packed.length, 4],
      [24, size, 4],
      [28, name.length, 2],
      [38, (entry.unixMode ?? 0) * 0x10000, 4],
      [42, entry.atFirst ? 0 : offset, 4],
    ],
    46,
  );
  return { local: Buffer.concat([local, localName, packed, descriptor]), central: Buffer.concat([central, name]) };
}

/** A whole archive. */
export function zipOf(entries: readonly ForgedZipEntry[], lies: ForgedZip = {}): Buffer {
  const { comment = '', before = Buffer.alloc(0), between = Buffer.alloc(0), after = Buffer.alloc(0) } = lies;
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = forge(entry, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = lies.count ?? entries.length;
  const end = header(
    0x06054b50,
    [
      [8, count, 2],
      [10, count, 2],
      [12, directory.length, 4],
      [16, offset, 4],
      [20, Buffer.byteLength(comment), 2],
    ],
    22,
  );
  return Buffer.concat([before, ...locals, between, directory, end, Buffer.from(comment), after]);
}
