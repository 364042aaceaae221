import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

/** Compresses as fast as what comes out is taken. */
export async function* gzip(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(plain);
  const deflater = createGzip();
  source.once('error', (error) => deflater.destroy(error));
  source.pipe(deflater);
  try {
    yield* deflater as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    deflater.destroy();
  }
}
