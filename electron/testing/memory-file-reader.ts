import type { FileReader } from '../domain/ports.ts';

/** A file in memory behind the FileReader port; `bytes` may be changed as another program would. */
export class MemoryFileReader implements FileReader {
  readonly path: string;
  /** Every piece that was asked for. */
  readonly asked: { readonly offset: number; readonly length: number }[] = [];
  #bytes: Uint8Array | undefined;
  #changes = 0;
  mode = 0o644;

  constructor(path: string, bytes?: Uint8Array) {
    this.path = path;
    this.#bytes = bytes;
  }

  put(bytes: Uint8Array | undefined): void {
    this.#bytes = bytes;
    this.#changes += 1;
  }

  async look(): Promise<{ size: number; mark: string; mode: number } | undefined> {
    return this.#bytes && { size: this.#bytes.length, mark: String(this.#changes), mode: this.mode };
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.asked.push({ offset, length });
    return (this.#bytes ?? new Uint8Array()).subarray(offset, offset + length);
  }
}
