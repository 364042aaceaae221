/** Bytes of an archive, read by offset. */
export interface ArchiveSource {
  readonly size: number;
  /** Bytes from an offset; fewer than asked for only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const pieceBytes = 1024 * 1024;

/** All of it from the begin, a piece at a time. */
export async function* readPieces(source: ArchiveSource): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.size;) {
    const bytes = await source.read(offset, Math.min(pieceBytes, source.size - offset));
    if (bytes.length === 0) return;
    offset += bytes.length;
    yield bytes;
  }
}
