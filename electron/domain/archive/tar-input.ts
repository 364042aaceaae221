import { AppError } from '../../../shared/errors/app-error.ts';
import type { FileReader } from '../ports.ts';

/** The bytes of an archive from its begin to its end, once. */
export interface TarInput {
  /** How many bytes have gone by. */
  readonly position: number;
  /** The next bytes; fewer only at the end. */
  read(length: number): Promise<Uint8Array>;
  /** Lets bytes go by. @throws AppError `archive.malformed` when there are not so many left */
  skip(length: number): Promise<void>;
}

const windowBytes = 64 * 1024;

function truncated(): AppError {
  return new AppError('archive.malformed', { fault: 'it ends in the middle of an entry' });
}

/** A file as it stands, in which passing over costs nothing. */
export class FileTarInput implements TarInput {
  position = 0;
  readonly #file: FileReader;
  readonly #size: number;
  #window: { readonly from: number; readonly bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() };

  constructor(file: FileReader, size: number) {
    this.#file = file;
    this.#size = size;
  }

  async read(length: number): Promise<Uint8Array> {
    const from = this.position;
    const end = Math.min(from + length, this.#size);
    if (end - from > windowBytes) {
      this.position = end;
      return await this.#file.read(from, end - from);
    }
    if (from < this.#window.from || end > this.#window.from + this.#window.bytes.length) {
      this.#window = { from, bytes: await this.#file.read(from, windowBytes) };
    }
    const bytes = this.#window.bytes.subarray(from - this.#window.from, end - this.#window.from);
    this.position = from + bytes.length;
    return bytes;
  }

  async skip(length: number): Promise<void> {
    if (this.position + length > this.#size) throw truncated();
    this.position += length;
  }
}

/** Bytes that arrive, such as those of an archive that is being decompressed. */
export class StreamTarInput implements TarInput {
  position = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async read(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0 && (await this.#fill())) {
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    this.position += length - missing;
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  async skip(length: number): Promise<void> {
    let missing = length;
    while (missing > 0) {
      if (!(await this.#fill())) throw truncated();
      const step = Math.min(missing, this.#rest.length);
      this.#rest = this.#rest.subarray(step);
      this.position += step;
      missing -= step;
    }
  }

  /** Lets everything go by that is left, so that the end of the stream is checked too. */
  async drain(): Promise<void> {
    while (await this.#fill()) this.#rest = new Uint8Array();
  }

  /** Ends the stream without reading the rest. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.#rest = next.value as Uint8Array<ArrayBuffer>;
    }
    return true;
  }
}
