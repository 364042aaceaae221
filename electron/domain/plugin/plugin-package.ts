import { AppError } from '../../../shared/errors/app-error.ts';
import { readPieces, type ArchiveSource } from '../archive/archive-source.ts';
import { gunzip, isGzip } from '../archive/gunzip.ts';
import { readTar, type TarEntry } from '../archive/read-tar.ts';
import { isZip, readZip } from '../archive/read-zip.ts';
import { StreamTarInput } from '../archive/tar-input.ts';
import { findNameTwin, newFileNameFault } from '../keystore/file-names.ts';
import type { NewFile } from '../ports.ts';
import { assertPluginName } from './plugin-name.ts';

/** The reference's limit, for the package as for what is in it. */
export const maxPackageBytes = 256 * 1024 * 1024;

const maxFiles = 1000;
const plainName = /^[A-Za-z0-9._-]{1,255}$/;
const programPrefix = 'notation-';
const pieceBytes = 1024 * 1024;

/** A file of a package, as it was unpacked. */
export interface PackageFile {
  readonly name: string;
  readonly size: number;
  /** Permission bits as the package has them; undefined where it has none. */
  readonly mode: number | undefined;
}
type Kind = TarEntry['kind'];
interface Entry {
  readonly name: string;
  readonly kind: Kind;
  readonly size: number;
  readonly mode: number | undefined;
  content(): AsyncIterable<Uint8Array>;
}

async function* entriesOfZip(source: ArchiveSource): AsyncGenerator<Entry> {
  for (const entry of await readZip(source)) yield { ...entry, mode: entry.mode || undefined };
}

async function* entriesOfTarGz(source: ArchiveSource, signal: AbortSignal): AsyncGenerator<Entry> {
  // One header and its padding for each file, beside the contents.
  const limit = maxPackageBytes + maxFiles * 2048 + 1024 * 1024;
  const input = new StreamTarInput(gunzip(readPieces(source), limit));
  async function* contentOf({ size }: TarEntry): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0;) {
      const bytes = await input.read(Math.min(left, pieceBytes));
      if (bytes.length === 0) throw new AppError('archive.malformed', { fault: 'it ends in the middle of an entry' });
      left -= bytes.length;
      yield bytes;
    }
  }
  try {
    for await (const entry of readTar(input, signal)) yield { ...entry, content: () => contentOf(entry) };
    await input.drain();
  } finally {
    await input.close();
  }
}

/** The name of an entry that may be unpacked: a plain file at the top, of a name that every system keeps (rule V-19). */
function plainNameOf({ name, kind }: Entry): string | undefined {
  const refuse = (fault: AppError<'archive.unsafeEntry'>['details']['fault']): AppError =>
    new AppError('archive.unsafeEntry', { entry: name.slice(0, 512), fault });
  if (/^[/\\]/.test(name) || /^[A-Za-z]:/.test(name)) throw refuse('absolute');
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuse('leavesFolder');
  if (kind === 'hardLink' || kind === 'symlink') throw refuse('link');
  if (kind === 'device' || kind === 'fifo' || kind === 'other') throw refuse('special');
  if (kind === 'directory' && parts.length === 0) return undefined;
  if (kind === 'directory' || parts.length !== 1) throw refuse('inFolder');
  const [plain = ''] = parts;
  if (!plainName.test(plain) || newFileNameFault(plain) !== undefined) throw refuse('badName');
  return plain;
}

/** What may be unpacked of a package, one file after the other, bounded in number and size whatever the package says of itself. */
async function* checkEntries(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  const names: string[] = [];
  let left = maxPackageBytes;
  for await (const entry of entries) {
    const name = plainNameOf(entry);
    if (name === undefined) continue;
    const twin = findNameTwin(name, names);
    if (twin !== undefined)
      throw new AppError('archive.unsafeEntry', { entry: name, fault: twin === name ? 'duplicate' : 'sameButCase' });
    names.push(name);
    left -= entry.size;
    if (names.length > maxFiles)
      throw new AppError('archive.tooLarge', { what: 'the number of files', limit: maxFiles });
    if (left < 0) throw new AppError('archive.tooLarge', { what: 'its files together', limit: maxPackageBytes });
    yield { ...entry, name };
  }
}

/** A source that is no archive is the program itself. */
async function* theProgram(source: ArchiveSource, name: string, mode: number | undefined): AsyncGenerator<Entry> {
  yield { name, kind: 'file', size: source.size, mode, content: () => readPieces(source) };
  return Promise.resolve();
}

/** The plugin that a file name says it is the program of; undefined when it says nothing of that kind. */
function pluginOfProgram(name: string, platform: string): string | undefined {
  if (!name.startsWith(programPrefix)) return undefined;
  const rest = name.slice(programPrefix.length);
  if (platform !== 'win32') return rest;
  return rest.toLowerCase().endsWith('.exe') ? rest.slice(0, -4) : undefined;
}

export interface PackageOptions {
  /** Of the file that was chosen or downloaded; a program's own name comes from it. */
  readonly fileName: string;
  /** Permission bits of that file, where they are known. */
  readonly mode: number | undefined;
  readonly platform: string;
}

/**
 * The files of a plugin package: a single program, a `.zip` or a `.tar.gz`, told from its content. Nothing but plain files at the top is
 * let through; the first thing that is not right ends it (rules V-19, V-41, case P-01). A program may be run by the user alone, all
 * else by nobody, until the plugin is installed.
 * @param onFile - told of each file before its content is given
 * @throws AppError `archive.*`, `pluginPackage.noProgram`
 */
export async function* unpackPackage(
  source: ArchiveSource,
  options: PackageOptions,
  onFile: (file: PackageFile) => void,
  signal: AbortSignal,
): AsyncGenerator<NewFile> {
  if (source.size > maxPackageBytes)
    throw new AppError('archive.tooLarge', { what: 'the package', limit: maxPackageBytes });
  const { fileName, platform } = options;
  const begin = await source.read(0, 4);
  const isProgram = !isZip(begin) && !isGzip(begin);
  if (isProgram && pluginOfProgram(fileName, platform) === undefined)
    throw new AppError('pluginPackage.noProgram', { file: fileName.slice(0, 255) });
  const entries = isProgram
    ? theProgram(source, fileName, options.mode)
    : isZip(begin)
      ? entriesOfZip(source)
      : entriesOfTarGz(source, signal);
  for await (const { name, size, mode, content } of checkEntries(entries)) {
    signal.throwIfAborted();
    onFile({ name, size, mode });
    yield { path: name, mode: pluginOfProgram(name, platform) === undefined ? 0o600 : 0o700, content };
  }
}

/**
 * Which file of a package is the plugin's program, and its plugin's name: the only `notation-<name>` that may be run, else the only one.
 * @throws AppError `pluginPackage.noProgram`, `pluginPackage.severalPrograms`, `plugin.badName`
 */
export function findProgram(
  files: readonly PackageFile[],
  { fileName, platform }: Pick<PackageOptions, 'fileName' | 'platform'>,
): { readonly plugin: string; readonly program: string } {
  const candidates = files.filter(({ name }) => pluginOfProgram(name, platform) !== undefined);
  const runnable = candidates.filter(({ mode }) => mode !== undefined && (mode & 0o111) !== 0);
  const [found, other] = runnable.length > 0 ? runnable : candidates;
  if (!found) throw new AppError('pluginPackage.noProgram', { file: fileName.slice(0, 255) });
  if (other)
    throw new AppError('pluginPackage.severalPrograms', {
      programs: (runnable.length > 0 ? runnable : candidates).map(({ name }) => name),
    });
  const plugin = pluginOfProgram(found.name, platform) ?? '';
  assertPluginName(plugin);
  return { plugin, program: found.name };
}

/** Permission bits of an installed file: the program may be run by all, as with the reference; what the package gives is kept below 0755. */
export function installedMode(file: PackageFile, program: string): number {
  return file.name === program ? 0o755 : ((file.mode ?? 0o644) & 0o755) | 0o600;
}
