import { AppError } from '../../../shared/errors/app-error.ts';
import { parsePaxRecords, type TarOverrides } from './pax-records.ts';
import {
  blockBytes,
  isZeroBlock,
  kindOfEntry,
  malformedTar,
  maxNameBytes,
  parseName,
  parseTarHeader,
  type TarEntryKind,
  type TarHeader,
} from './tar-header.ts';
import type { TarInput } from './tar-input.ts';

/** One entry, with where its content begins. The content may be read from the input before the next entry is asked for. */
export interface TarEntry {
  /** As written: nothing about it was checked but that it is text. */
  readonly name: string;
  readonly kind: TarEntryKind;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly offset: number;
}

const maxEntries = 100_000;
const maxExtensionBytes = 64 * 1024;

function padded(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/** The content of an extended header, with the padding after it. */
async function readExtension(input: TarInput, size: number): Promise<Uint8Array> {
  if (size > maxExtensionBytes)
    throw new AppError('archive.tooLarge', { what: 'an extended header', limit: maxExtensionBytes });
  const bytes = await input.read(padded(size));
  if (bytes.length < size) throw malformedTar('it ends in the middle of an entry');
  return bytes.subarray(0, size);
}

/** GNU's long name: text with a NUL at its end. */
function parseLongName(bytes: Uint8Array): TarOverrides {
  const end = bytes.indexOf(0);
  return { path: parseName(end < 0 ? bytes : bytes.subarray(0, end)) };
}

/** What a header says of the one that follows; undefined when it is an entry itself. */
async function readOverrides(input: TarInput, { type, size }: TarHeader): Promise<TarOverrides | undefined> {
  switch (type) {
    case 'x':
      return parsePaxRecords(await readExtension(input, size));
    case 'g': {
      const { path, size: forAll } = parsePaxRecords(await readExtension(input, size));
      if (path !== undefined || forAll !== undefined) throw malformedTar('a global header names or sizes entries');
      return {};
    }
    case 'L':
      return parseLongName(await readExtension(input, size));
    case 'K':
      await readExtension(input, size);
      return {};
    case 'S':
      throw malformedTar('it holds a sparse file');
    default:
      return undefined;
  }
}

function toEntry(header: TarHeader, overrides: TarOverrides, offset: number): TarEntry {
  const name = overrides.path ?? header.name;
  const size = overrides.size ?? header.size;
  if (Buffer.byteLength(name) > maxNameBytes)
    throw new AppError('archive.tooLarge', { what: 'a name', limit: maxNameBytes });
  const kind = kindOfEntry(header.type, name);
  if (size > 0 && kind !== 'file' && kind !== 'other')
    throw malformedTar('an entry that cannot have content says that it has');
  return { name, kind, size, mode: header.mode, offset };
}

/** What does not even begin as an archive does is another kind of file. */
function parseFirstHeader(block: Uint8Array): TarHeader {
  try {
    return parseTarHeader(block);
  } catch (error) {
    throw new AppError('archive.malformed', { fault: 'it is not a tar archive' }, { cause: error });
  }
}

/**
 * The entries of a tar archive in order (POSIX ustar and pax, GNU long names), strictly: checksums, sizes and extended headers have to
 * be right, and all of it is bounded (rules V-19, V-41). Links, devices and FIFOs are told as what they are. Nothing is unpacked.
 * @throws AppError `archive.malformed`, `archive.tooLarge`; the signal's reason
 */
export async function* readTar(input: TarInput, signal: AbortSignal): AsyncGenerator<TarEntry> {
  let overrides: TarOverrides = {};
  for (let headers = 0; ; headers += 1) {
    signal.throwIfAborted();
    if (headers >= maxEntries)
      throw new AppError('archive.tooLarge', { what: 'the list of entries', limit: maxEntries });
    const block = await input.read(blockBytes);
    if (block.length === 0 && headers > 0) return;
    if (block.length < blockBytes)
      throw malformedTar(headers === 0 ? 'it is not a tar archive' : 'it ends in a header');
    if (isZeroBlock(block)) return;
    const header = headers === 0 ? parseFirstHeader(block) : parseTarHeader(block);
    const more = await readOverrides(input, header);
    if (more) {
      overrides = { ...overrides, ...more };
      continue;
    }
    const entry = toEntry(header, overrides, input.position);
    overrides = {};
    yield entry;
    const end = entry.offset + entry.size;
    await input.skip(end - input.position);
    await input.read(padded(entry.size) - entry.size);
  }
}
