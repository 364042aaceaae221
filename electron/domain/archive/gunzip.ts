import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../../shared/errors/app-error.ts';

const chunkBytes = 256 * 1024;

/** Whether bytes begin as gzip does (RFC 1952, 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

function isZlibError(error: unknown): error is Error & { code: string } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('Z_');
}

/**
 * Decompresses as much as is asked for and never more than `maxBytes` (rule V-41). What is compressed is read no faster than what
 * comes out is taken.
 * @throws AppError `archive.malformed`, `archive.tooLarge`; what the source throws
 */
export async function* gunzip(compressed: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  const source = Readable.from(compressed);
  const inflater = createGunzip({ chunkSize: chunkBytes });
  source.once('error', (error) => inflater.destroy(error));
  source.pipe(inflater);
  let left = maxBytes;
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw new AppError('archive.tooLarge', { what: 'what is compressed in it', limit: maxBytes });
      yield chunk;
    }
  } catch (error) {
    if (isZlibError(error)) throw new AppError('archive.malformed', { fault: `gzip: ${error.code}` }, { cause: error });
    throw error;
  } finally {
    source.destroy();
    inflater.destroy();
  }
}
