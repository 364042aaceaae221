import { toShellWords } from '../notation-command.ts';

/** How a layout in an archive becomes one that the CLI reads. */
export interface UnpackedLayout {
  /** Where it is then. */
  readonly folder: string;
  /** What puts it there. */
  readonly command: string;
}

const suffix = /\.(?:tar|tar\.gz|tgz)$/i;

/**
 * The folder beside an archive that it would be unpacked to, and the command line for it.
 * @param root - the folder within the archive that the layout lies in; empty for the top
 */
export function toUnpackedLayout(path: string, root: string): UnpackedLayout {
  const folder = suffix.test(path) ? path.replace(suffix, '') : `${path}-unpacked`;
  const strip = root === '' ? [] : ['--strip-components=1'];
  const command = `${toShellWords(['mkdir', '-p', folder])} && ${toShellWords(['tar', '-xf', path, '-C', folder, ...strip])}`;
  return { folder, command };
}
