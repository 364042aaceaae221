import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { readPieces, type ArchiveSource } from '../domain/archive/archive-source.ts';
import {
  downloadPackage,
  fileNameOfUrl,
  parsePackageUrl,
  type DownloadContext,
} from '../domain/plugin/download-package.ts';
import { findProgram, maxPackageBytes, unpackPackage, type PackageFile } from '../domain/plugin/plugin-package.ts';
import type { FileReader, NewFile, Placer, Random, Spool } from '../domain/ports.ts';
import type { Intake } from './intake.ts';

/** A package that lies unpacked in a folder of its own, which nobody else knows of. */
export interface StagedPackage {
  readonly id: string;
  readonly plugin: string;
  readonly program: string;
  readonly programPath: string;
  /** File name, path or address, for display. */
  readonly from: string;
  readonly url: boolean;
  readonly size: number;
  readonly sha256: string;
  readonly checksumGiven: boolean;
  readonly files: readonly PackageFile[];
  readonly folder: string;
}

export interface PackageStageOptions extends DownloadContext {
  readonly intake: Pick<Intake, 'take'>;
  readonly spool: Spool;
  readonly placer: Placer;
  readonly random: Random;
  readonly openFile: (path: string) => FileReader;
  /** Asks for a file in a native dialog; absent on hosts that have none. */
  readonly chooseFile?: (title: 'choosePlugin') => Promise<string | undefined>;
  /** Folder for what is not yet installed, in Inkan's own directory. */
  readonly stagePath: string;
  readonly paths: {
    /** As Node names it. */
    readonly platform: string;
  };
}

type From = ParsedInputOf<'pluginPackages.openPackage'>['from'];
/** The bytes of a package, with what is known about them before they are looked at. */
interface Received {
  readonly source: ArchiveSource;
  readonly fileName: string;
  readonly from: string;
  readonly url: boolean;
  readonly mode: number | undefined;
  readonly sha256?: string;
  /** Throws when the bytes are others now. */
  assertUnchanged(): Promise<void>;
  remove(): Promise<void>;
}

const maxStaged = 4;
const nothing = async (): Promise<void> => undefined;

async function hashOf(source: ArchiveSource, signal: AbortSignal): Promise<string> {
  if (source.size > maxPackageBytes)
    throw new AppError('archive.tooLarge', { what: 'the package', limit: maxPackageBytes });
  const hash = createHash('sha256');
  for await (const piece of readPieces(source)) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** Packages between being received and being installed. The oldest goes when there are too many. */
export class PackageStage {
  readonly #options: PackageStageOptions;
  readonly #staged = new Map<string, StagedPackage>();

  constructor(options: PackageStageOptions) {
    this.#options = options;
  }

  /**
   * Receives a package, compares its checksum, and unpacks it. Undefined when the dialog was cancelled.
   * @throws AppError `pluginPackage.*`, `archive.*`, `plugin.badName`, `plugin.notExecutable`, `intake.*`, `file.*`
   */
  async open(from: From, expected: string | undefined, signal: AbortSignal): Promise<StagedPackage | undefined> {
    const received = await this.#receive(from, expected, signal);
    if (!received) return undefined;
    try {
      const sha256 = received.sha256 ?? (await hashOf(received.source, signal));
      if (expected !== undefined && expected !== sha256)
        throw new AppError('pluginPackage.badChecksum', { expected, received: sha256 });
      return await this.#unpack(received, sha256, expected !== undefined, signal);
    } finally {
      await received.remove();
    }
  }

  /** @throws AppError `pluginPackage.gone` */
  need(id: string): StagedPackage {
    const staged = this.#staged.get(id);
    if (!staged) throw new AppError('pluginPackage.gone', {});
    return staged;
  }

  /** The files of a package with the modes they are installed with. */
  async *filesOf(
    { folder, files, program }: StagedPackage,
    modeOf: (file: PackageFile, program: string) => number,
  ): AsyncGenerator<NewFile> {
    for (const file of files) {
      const reader = this.#options.openFile(path.join(folder, file.name));
      const { size } = file;
      const content = () => readPieces({ size, read: (offset, length) => reader.read(offset, length) });
      yield await Promise.resolve({ path: file.name, mode: modeOf(file, program), content });
    }
  }

  async discard(id: string): Promise<void> {
    const staged = this.#staged.get(id);
    this.#staged.delete(id);
    if (staged) await this.#options.placer.removeFolder(staged.folder);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#staged.keys()].map((id) => this.discard(id)));
  }

  async #receive(from: From, expected: string | undefined, signal: AbortSignal): Promise<Received | undefined> {
    switch (from.kind) {
      case 'dialog':
        return await this.#chooseFile();
      case 'intake':
        return await this.#takeIn(from.id);
      case 'url':
        return await this.#download(from.url, expected, signal);
    }
  }

  async #chooseFile(): Promise<Received | undefined> {
    const { chooseFile, openFile } = this.#options;
    const chosen = await chooseFile?.('choosePlugin');
    if (chosen === undefined) return undefined;
    const file = openFile(chosen);
    const look = async () => {
      const found = await file.look();
      if (!found) throw new AppError('file.unreadable', { file: chosen, cause: 'ENOENT' });
      return found;
    };
    const { size, mark, mode } = await look();
    return {
      source: { size, read: (offset, length) => file.read(offset, length) },
      fileName: path.basename(chosen),
      from: chosen,
      url: false,
      mode,
      assertUnchanged: async () => {
        if ((await look()).mark !== mark) throw new AppError('file.changedMeanwhile', { file: chosen });
      },
      remove: nothing,
    };
  }

  async #takeIn(id: string): Promise<Received> {
    const { name, size, digests, spooled } = await this.#options.intake.take(id);
    if (!spooled) throw new AppError('intake.notFound', {});
    return {
      source: { size, read: (offset, length) => spooled.read(offset, length) },
      fileName: name,
      from: name,
      url: false,
      mode: undefined,
      sha256: digests.sha256.slice('sha256:'.length),
      assertUnchanged: nothing,
      remove: () => spooled.remove(),
    };
  }

  async #download(text: string, expected: string | undefined, signal: AbortSignal): Promise<Received> {
    const url = parsePackageUrl(text.trim());
    if (expected === undefined) throw new AppError('pluginPackage.noChecksum', {});
    const spooled = await this.#options.spool.create();
    try {
      const { size, sha256 } = await downloadPackage(this.#options, url, spooled, signal);
      return {
        source: { size, read: (offset, length) => spooled.read(offset, length) },
        fileName: fileNameOfUrl(url),
        from: url.href,
        url: true,
        mode: undefined,
        sha256,
        assertUnchanged: nothing,
        remove: () => spooled.remove(),
      };
    } catch (error) {
      await spooled.remove();
      throw error;
    }
  }

  async #unpack(
    received: Received,
    sha256: string,
    checksumGiven: boolean,
    signal: AbortSignal,
  ): Promise<StagedPackage> {
    const { placer, stagePath, random, paths } = this.#options;
    const { platform } = paths;
    const { source, fileName, mode, from, url } = received;
    const files: PackageFile[] = [];
    const unpacked = unpackPackage(source, { fileName, mode, platform }, (file) => void files.push(file), signal);
    const folder = await placer.stageFolder(stagePath, unpacked);
    try {
      await received.assertUnchanged();
      const { plugin, program } = findProgram(files, { fileName, platform });
      const isLone = files.length === 1 && program === fileName;
      if (isLone && mode !== undefined && platform !== 'win32' && (mode & 0o111) === 0)
        throw new AppError('plugin.notExecutable', { plugin, path: from });
      const id = random.uuid();
      const programPath = path.join(folder, program);
      const staged = {
        id,
        plugin,
        program,
        programPath,
        from,
        url,
        size: source.size,
        sha256,
        checksumGiven,
        files,
        folder,
      };
      await this.#makeRoom();
      this.#staged.set(id, staged);
      return staged;
    } catch (error) {
      await placer.removeFolder(folder);
      throw error;
    }
  }

  async #makeRoom(): Promise<void> {
    const [oldest] = this.#staged.keys();
    if (this.#staged.size >= maxStaged && oldest !== undefined) await this.discard(oldest);
  }
}
