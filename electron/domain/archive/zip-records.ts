import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseUtf8 } from '../codec/utf8.ts';

/** What the list at the end of a zip archive says of one entry. */
export interface ZipRecord {
  readonly name: string;
  readonly rawName: Buffer;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly mode: number;
  /** Of the header before its content. */
  readonly offset: number;
  /** Whether size and checksum stand after the content instead of before it. */
  readonly hasDescriptor: boolean;
}

export const recordSignatures = { end: 0x06054b50, directory: 0x02014b50, local: 0x04034b50 } as const;

const recordBytes = 46;
const encrypted = 0x2041;
const descriptorFollows = 0x8;
const madeOnUnix = 3;
const fileTypes: Readonly<Record<number, ZipRecord['kind']>> = {
  0: 'file',
  0o10: 'file',
  0o04: 'directory',
  0o12: 'symlink',
};

function malformed(fault: string): AppError {
  return new AppError('archive.malformed', { fault: `zip: ${fault}` });
}

function parseName(bytes: Uint8Array): string {
  try {
    const name = parseUtf8(bytes);
    if (name === '' || name.includes('\0')) throw malformed('a name is empty or contains NUL');
    return name;
  } catch (error) {
    if (error instanceof CodecError) throw malformed('a name is not UTF-8');
    throw error;
  }
}

/** What the attributes and the name say; a folder is told by either. */
function kindOf(name: string, madeBy: number, attributes: number): ZipRecord['kind'] {
  const isFolder = name.endsWith('/') || (attributes & 0x10) !== 0;
  const kind = madeBy === madeOnUnix ? (fileTypes[(attributes >>> 28) & 0xf] ?? 'other') : 'file';
  return kind === 'file' && isFolder ? 'directory' : kind;
}

/** One record of the list, from its first byte, and its length (APPNOTE 4.3.12). @throws AppError `archive.malformed` */
export function parseDirectoryRecord(bytes: Buffer): { readonly record: ZipRecord; readonly length: number } {
  if (bytes.length < recordBytes || bytes.readUInt32LE(0) !== recordSignatures.directory)
    throw malformed('its list of entries is not well-formed');
  const length = recordBytes + bytes.readUInt16LE(28) + bytes.readUInt16LE(30) + bytes.readUInt16LE(32);
  if (length > bytes.length) throw malformed('its list of entries is not well-formed');
  const [flags, method, attributes] = [bytes.readUInt16LE(8), bytes.readUInt16LE(10), bytes.readUInt32LE(38)];
  if (flags & encrypted) throw malformed('an entry is encrypted');
  if (method !== 0 && method !== 8) throw malformed(`compression method ${method}`);
  if (bytes.readUInt16LE(34) !== 0) throw malformed('it is spread over several files');
  const [packedSize, size, offset] = [bytes.readUInt32LE(20), bytes.readUInt32LE(24), bytes.readUInt32LE(42)];
  if ([packedSize, size, offset].includes(0xffffffff)) throw malformed('it is of the 64-bit form');
  if (method === 0 && packedSize !== size) throw malformed('an entry says two sizes');
  const rawName = bytes.subarray(recordBytes, recordBytes + bytes.readUInt16LE(28));
  const name = parseName(rawName);
  const madeBy = bytes.readUInt8(5);
  const kind = kindOf(name, madeBy, attributes);
  if (kind !== 'file' && size > 0 && kind !== 'symlink') throw malformed('a folder has content');
  const mode = madeBy === madeOnUnix ? (attributes >>> 16) & 0o777 : 0;
  const hasDescriptor = (flags & descriptorFollows) !== 0;
  const crc = bytes.readUInt32LE(16);
  return { length, record: { name, rawName, kind, flags, method, crc, packedSize, size, mode, offset, hasDescriptor } };
}
