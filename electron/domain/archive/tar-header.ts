import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseUtf8 } from '../codec/utf8.ts';

export const blockBytes = 512;
export const maxNameBytes = 4096;

/** What an entry is. Only files have content. */
export type TarEntryKind = 'file' | 'directory' | 'hardLink' | 'symlink' | 'device' | 'fifo' | 'other';

/** One header block, decoded and checked, before extended headers are applied. */
export interface TarHeader {
  readonly name: string;
  /** The type flag as a character; `'0'` also for the old NUL. */
  readonly type: string;
  readonly size: number;
  readonly mode: number;
}

export function malformedTar(fault: string): AppError {
  return new AppError('archive.malformed', { fault });
}

/** Text of a name. @throws AppError `archive.malformed` */
export function parseName(bytes: Uint8Array): string {
  try {
    const name = parseUtf8(bytes);
    if (name.includes('\0')) throw malformedTar('a name contains NUL');
    return name;
  } catch (error) {
    if (error instanceof CodecError) throw malformedTar('a name is not UTF-8');
    throw error;
  }
}

/** The bytes of a field up to its first NUL. */
function textField(block: Uint8Array, from: number, length: number): Uint8Array {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

/** A number in octal digits, or in base 256 where the first bit is set (GNU). @throws AppError `archive.malformed` */
function numberField(block: Uint8Array, from: number, length: number, what: string): number {
  const first = block[from] ?? 0;
  if (first & 0x80) {
    let value = first & 0x7f;
    for (const byte of block.subarray(from + 1, from + length)) {
      value = value * 256 + byte;
      if (!Number.isSafeInteger(value)) throw malformedTar(`${what} is out of range`);
    }
    return value;
  }
  const digits = Buffer.from(textField(block, from, length))
    .toString('latin1')
    .trim();
  if (digits === '') return 0;
  if (!/^[0-7]{1,12}$/.test(digits)) throw malformedTar(`${what} is not a number`);
  return parseInt(digits, 8);
}

/** The sum of all bytes, with the field of the sum itself taken as spaces. */
function checksumOf(block: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < blockBytes; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return sum;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Decodes a header block (POSIX pax, "ustar Interchange Format"; also GNU's and the older form). @throws AppError `archive.malformed` */
export function parseTarHeader(block: Uint8Array): TarHeader {
  if (numberField(block, 148, 8, 'a checksum') !== checksumOf(block))
    throw malformedTar('a header does not match its checksum');
  const name = parseName(textField(block, 0, 100));
  const isPosix = Buffer.from(block.subarray(257, 263)).toString('latin1') === 'ustar\0';
  const prefix = isPosix ? parseName(textField(block, 345, 155)) : '';
  const flag = block[156] ?? 0;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: flag === 0 ? '0' : String.fromCharCode(flag),
    size: numberField(block, 124, 12, 'a size'),
    mode: numberField(block, 100, 8, 'a mode') & 0o777,
  };
}

const kinds: Readonly<Record<string, TarEntryKind>> = {
  '0': 'file',
  '7': 'file',
  '1': 'hardLink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
};

/** What a type flag and a name say; in the oldest form a directory is told by its name. */
export function kindOfEntry(type: string, name: string): TarEntryKind {
  const kind = kinds[type] ?? 'other';
  return kind === 'file' && name.endsWith('/') ? 'directory' : kind;
}
