import { createHash } from 'node:crypto';
import { isAppError } from '../../../shared/errors/app-error.ts';
import type { Directory, FileState, Logger } from '../ports.ts';
import { yieldToEvents } from '../yield-to-events.ts';
import { parseCrl, type CrlBundle } from './parse-crl.ts';
import { maxCrlBytes } from './download-crl.ts';
import { RevocationFault } from './revocation-fault.ts';

/** Whole groups of three bytes: their base64 can be joined. */
const chunkBytes = 3 * 262_144;
const maxFileBytes = Math.ceil((2 * maxCrlBytes * 4) / 3) + 1024;

/** Lists that were downloaded, by the address they came from; shared with the `notation` CLI. */
export interface CrlCache {
  /** Undefined when there is nothing that can be used. */
  get(url: string): Promise<CrlBundle | undefined>;
  put(url: string, bundle: CrlBundle): Promise<void>;
}

/** The file of an address: nothing of the address gets into the name (rule V-40). */
export function crlCachePath(url: string): string {
  return `crl/${createHash('sha256').update(url).digest('hex')}`;
}

/** Reads `{"baseCRL":"…","deltaCRL":"…"}` without a copy of it all as text: what it holds may be 32 MiB long. */
class CacheFileReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  async read(): Promise<CrlBundle> {
    const members = new Map<string, Uint8Array>();
    this.#expect('{');
    do {
      const name = this.#readText().toString('latin1');
      this.#expect(':');
      members.set(name, await this.#readBase64());
    } while (this.#take(','));
    this.#expect('}');
    this.#skipSpace();
    const base = members.get('baseCRL');
    const delta = members.get('deltaCRL');
    if (this.#at !== this.#bytes.length || base === undefined) throw this.#fault();
    return { base: parseCrl(base), ...(delta && { delta: parseCrl(delta) }) };
  }

  #fault(): RevocationFault {
    return new RevocationFault('malformed', `unusable at byte ${this.#at}`);
  }

  #skipSpace(): void {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.#bytes[this.#at] ?? 0)) this.#at += 1;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== character.charCodeAt(0)) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#fault();
  }

  /** A text without escapes: neither the names nor base64 have any. */
  #readText(): Buffer {
    this.#expect('"');
    const end = this.#bytes.indexOf('"', this.#at);
    if (end < 0) throw this.#fault();
    const text = this.#bytes.subarray(this.#at, end);
    this.#at = end + 1;
    return text;
  }

  async #readBase64(): Promise<Uint8Array> {
    const text = this.#readText();
    const step = (chunkBytes / 3) * 4;
    const chunks: Buffer[] = [];
    for (let at = 0; at < text.length; at += step) {
      const part = text.subarray(at, at + step).toString('latin1');
      const bytes = Buffer.from(part, 'base64');
      // Node's decoder passes over what is no base64; what was written in full comes out in full.
      if (bytes.length !== Math.floor((part.replace(/={1,2}$/, '').length * 3) / 4)) throw this.#fault();
      chunks.push(bytes);
      if (at > 0) await yieldToEvents();
    }
    return Buffer.concat(chunks);
  }
}

async function toText(bytes: Uint8Array): Promise<Buffer> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Buffer[] = [];
  for (let at = 0; at < buffer.length; at += chunkBytes) {
    chunks.push(Buffer.from(buffer.toString('base64', at, at + chunkBytes), 'latin1'));
    if (at > 0) await yieldToEvents();
  }
  return Buffer.concat(chunks);
}

/** A bundle as it stands in the cache. */
export async function encodeCrlBundle({ base, delta }: CrlBundle): Promise<Uint8Array> {
  const parts = [Buffer.from('{"baseCRL":"'), await toText(base.bytes)];
  if (delta) parts.push(Buffer.from('","deltaCRL":"'), await toText(delta.bytes));
  return Buffer.concat([...parts, Buffer.from('"}')]);
}

/**
 * The cache in the reference's own folder and form. A fault of it is a line in the log and never changes a verdict (rule V-07).
 *
 * @param directory the cache directory of Notation
 */
export function createCrlCache(directory: Directory, logger: Logger): CrlCache {
  const tell = (what: string, error: unknown): void => {
    const known = error instanceof RevocationFault || isAppError(error);
    logger.log('warn', `CRL cache: not ${what}`, { cause: known ? error.message : error });
  };
  // What the directory remembers of a file that has not changed need not be decoded again, and is forgotten with it.
  const decoded = new WeakMap<FileState, CrlBundle>();
  return {
    async get(url) {
      try {
        const state = await directory.read(crlCachePath(url), { maxBytes: maxFileBytes, remember: true });
        if (state === undefined) return undefined;
        const bundle = decoded.get(state) ?? (await new CacheFileReader(state.bytes).read());
        decoded.set(state, bundle);
        return bundle;
      } catch (error) {
        tell('read', error);
        return undefined;
      }
    },

    async put(url, bundle) {
      try {
        await directory.write(crlCachePath(url), await encodeCrlBundle(bundle));
      } catch (error) {
        tell('written', error);
      }
    },
  };
}
