import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ArchiveSource } from './archive-source.ts';
import { parseDirectoryRecord, recordSignatures, type ZipRecord } from './zip-records.ts';

/** One entry of a zip archive; the name was checked to be text, and nothing else. */
export interface ZipEntry {
  readonly name: string;
  readonly kind: ZipRecord['kind'];
  /** Bytes of the content, once decompressed. */
  readonly size: number;
  /** Permission bits; 0 when the archive was made where there are none. */
  readonly mode: number;
  /** The content, checked against its size and checksum as it goes by. */
  content(): AsyncIterable<Uint8Array>;
}

const endBytes = 22;
const maxCommentBytes = 65_535;
const maxEntries = 10_000;
const maxDirectoryBytes = 16 * 1024 * 1024;
const localHeaderBytes = 30;
const pieceBytes = 256 * 1024;

function malformed(fault: string): AppError {
  return new AppError('archive.malformed', { fault: `zip: ${fault}` });
}

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/** The record at the very end, which says where the list of entries is (APPNOTE 4.3.16). */
async function findDirectory(source: ArchiveSource): Promise<DirectoryPlace> {
  const from = Math.max(0, source.size - endBytes - maxCommentBytes);
  const tail = Buffer.from(await source.read(from, source.size - from));
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== recordSignatures.end) continue;
    if (at + endBytes + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const [count, size, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    if (tail.readUInt32LE(at + 4) !== 0 || tail.readUInt16LE(at + 8) !== count)
      throw malformed('it is spread over several files');
    if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) throw malformed('it is of the 64-bit form');
    if (offset + size !== from + at) throw malformed('its list of entries is not where it says');
    return { offset, size, count };
  }
  throw malformed('it has no end record');
}

async function readDirectory(source: ArchiveSource): Promise<{ records: ZipRecord[]; end: number }> {
  const { offset, size, count } = await findDirectory(source);
  if (count > maxEntries) throw new AppError('archive.tooLarge', { what: 'the list of entries', limit: maxEntries });
  if (size > maxDirectoryBytes)
    throw new AppError('archive.tooLarge', { what: 'the list of entries', limit: maxDirectoryBytes });
  const bytes = Buffer.from(await source.read(offset, size));
  const records: ZipRecord[] = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    const { record, length } = parseDirectoryRecord(bytes.subarray(at));
    records.push(record);
    at += length;
  }
  if (at !== bytes.length) throw malformed('its list of entries is longer than it says');
  return { records, end: offset };
}

/**
 * Where the content of an entry begins. What stands before it has to say the same as the list of entries: some programs believe one and
 * some the other.
 */
async function findContent(source: ArchiveSource, record: ZipRecord, end: number): Promise<number> {
  const header = Buffer.from(await source.read(record.offset, localHeaderBytes));
  if (header.length < localHeaderBytes || header.readUInt32LE(0) !== recordSignatures.local)
    throw malformed('an entry is not where the list says');
  const [nameLength, extraLength] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const name = await source.read(record.offset + localHeaderBytes, nameLength);
  const differs = (field: number, value: number): boolean => {
    const found = header.readUInt32LE(field);
    return found !== value && !(record.hasDescriptor && found === 0);
  };
  if (
    !record.rawName.equals(name) ||
    header.readUInt16LE(6) !== record.flags ||
    header.readUInt16LE(8) !== record.method ||
    differs(14, record.crc) ||
    differs(18, record.packedSize) ||
    differs(22, record.size)
  ) {
    throw malformed('an entry says something else than the list of entries');
  }
  const start = record.offset + localHeaderBytes + nameLength + extraLength;
  if (start + record.packedSize > end) throw malformed('the content of an entry is cut off');
  return start;
}

async function* readPacked(source: ArchiveSource, start: number, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += pieceBytes) {
    const bytes = await source.read(start + at, Math.min(pieceBytes, size - at));
    if (bytes.length === 0) throw malformed('the content of an entry is cut off');
    yield bytes;
  }
}

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const inflater = createInflateRaw({ chunkSize: pieceBytes });
  source.once('error', (error) => inflater.destroy(error));
  source.pipe(inflater);
  try {
    yield* inflater as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    inflater.destroy();
  }
}

async function* readContent(source: ArchiveSource, record: ZipRecord, start: number): AsyncGenerator<Uint8Array> {
  const packed = readPacked(source, start, record.packedSize);
  let [size, crc] = [0, 0];
  try {
    for await (const chunk of record.method === 0 ? packed : inflate(packed)) {
      size += chunk.length;
      if (size > record.size) throw malformed('an entry is larger than the list says');
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('archive.malformed', { fault: 'zip: its compression is damaged' }, { cause: error });
  }
  if (size !== record.size) throw malformed('an entry is smaller than the list says');
  if (crc !== record.crc) throw malformed('an entry does not match its checksum');
}

/** No two entries may share bytes: that is how a small archive unpacks to petabytes. */
function refuseOverlap(places: readonly { from: number; to: number }[]): void {
  const sorted = [...places].sort((a, b) => a.from - b.from);
  sorted.forEach(({ from }, index) => {
    if (index > 0 && from < (sorted[index - 1]?.to ?? 0)) throw malformed('entries overlap');
  });
}

/**
 * The entries of a zip archive (APPNOTE 6.3), strictly: one meaning whether a reader believes the list at the end or the headers in
 * between, no encryption, no 64-bit form, nothing read beyond what is listed (rules V-19, V-41).
 * @throws AppError `archive.malformed`, `archive.tooLarge`
 */
export async function readZip(source: ArchiveSource): Promise<readonly ZipEntry[]> {
  const { records, end } = await readDirectory(source);
  const entries: ZipEntry[] = [];
  const places: { from: number; to: number }[] = [];
  for (const record of records) {
    const start = await findContent(source, record, end);
    places.push({ from: record.offset, to: start + record.packedSize });
    const { name, kind, size, mode } = record;
    entries.push({ name, kind, size, mode, content: () => readContent(source, record, start) });
  }
  refuseOverlap(places);
  return entries;
}
