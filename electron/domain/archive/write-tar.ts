import { blockBytes } from './tar-header.ts';

/** A file to be put into an archive. */
export interface TarFile {
  readonly path: string;
  readonly size: number;
  /** Exactly `size` bytes. */
  content(): AsyncIterable<Uint8Array>;
}

const mode = 0o644;
const maxPlainName = 100;
const maxPlainSize = 8 ** 11 - 1;

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

/** A header block of the ustar format; owner and times are left out, so that the same files give the same archive. */
function header(name: string, type: '0' | 'x', size: number): Uint8Array {
  const block = Buffer.alloc(blockBytes);
  block.write(name.slice(0, maxPlainName), 0, maxPlainName);
  block.write(octal(mode, 8) + octal(0, 8) + octal(0, 8) + octal(Math.min(size, maxPlainSize), 12) + octal(0, 12), 100);
  block.write(`        ${type}`, 148);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A record whose length counts its own digits (POSIX pax, "pax Extended Header"). */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length !== length) length += 1;
  return `${length}${rest}`;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((blockBytes - (size % blockBytes)) % blockBytes);
}

function* headersOf({ path, size }: TarFile): Generator<Uint8Array> {
  const records = [
    ...(Buffer.byteLength(path) > maxPlainName ? [paxRecord('path', path)] : []),
    ...(size > maxPlainSize ? [paxRecord('size', String(size))] : []),
  ];
  if (records.length > 0) {
    const extension = Buffer.from(records.join(''));
    yield header('extended', 'x', extension.length);
    yield extension;
    yield padding(extension.length);
  }
  yield header(path, '0', size);
}

/** A tar archive of files, a piece at a time (POSIX ustar; pax for long names and sizes). Trusts that contents are as long as they say. */
export async function* writeTar(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const file of files) {
    yield* headersOf(file);
    yield* file.content();
    yield padding(file.size);
  }
  yield new Uint8Array(2 * blockBytes);
}
