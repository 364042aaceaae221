import path from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { writeTar } from '../domain/archive/write-tar.ts';
import type { ArchiveRepository } from '../domain/oci/archive-repository.ts';
import type { Random, Spool, SpoolFile } from '../domain/ports.ts';

interface Copy {
  readonly file: SpoolFile;
  readonly size: number;
}

const maxCopies = 2;
const maxCopyBytes = 1024 * 1024 * 1024;
const pieceBytes = 512 * 1024;

/** Copies of layouts on their way to a page that stores them: a page has no place of its own to write to. */
export class ArchiveCopies {
  readonly #spool: Spool;
  readonly #random: Random;
  readonly #copies = new Map<string, Copy>();

  constructor(spool: Spool, random: Random) {
    this.#spool = spool;
    this.#random = random;
  }

  /** Packs a layout with what was signed. @throws AppError `archive.tooLarge`, `registry.digestMismatch`, `file.*` */
  async pack(
    repository: ArchiveRepository,
    signal: AbortSignal,
  ): Promise<{ copyId: string; name: string; size: number }> {
    const file = await this.#spool.create();
    let size = 0;
    try {
      for await (const bytes of writeTar(repository.copyFiles(signal))) {
        size += bytes.length;
        if (size > maxCopyBytes) throw new AppError('archive.tooLarge', { what: 'a download', limit: maxCopyBytes });
        await file.append(bytes);
      }
    } catch (error) {
      await file.remove();
      throw error;
    }
    const [oldest] = this.#copies.keys();
    if (this.#copies.size >= maxCopies && oldest !== undefined) await this.discard(oldest);
    const copyId = this.#random.uuid();
    this.#copies.set(copyId, { file, size });
    return { copyId, name: `${path.basename(repository.unpacked.folder)}-signed.tar`, size };
  }

  /** The next bytes, in base64; none at the end. @throws AppError `intake.notFound` */
  async read(copyId: string, offset: number): Promise<string> {
    const copy = this.#copies.get(copyId);
    if (!copy) throw new AppError('intake.notFound', {});
    return Buffer.from(await copy.file.read(offset, pieceBytes)).toString('base64');
  }

  async discard(copyId: string): Promise<void> {
    const copy = this.#copies.get(copyId);
    this.#copies.delete(copyId);
    await copy?.file.remove();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#copies.keys()].map((copyId) => this.discard(copyId)));
  }
}
