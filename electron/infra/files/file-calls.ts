import { constants, lstatSync, type BigIntStats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, realpath, rename, rmdir, stat, unlink } from 'node:fs/promises';

/** Every file-system call the Directory adapter makes; fault tests put a failing or killing one in its place. */
export interface FileCalls {
  readonly link: typeof link;
  readonly lstat: typeof lstat;
  /** At once, without a thread: for a file that was read before, so that its disk is there and answers. */
  readonly lstatNow: (path: string) => BigIntStats | undefined | Promise<BigIntStats | undefined>;
  readonly mkdir: typeof mkdir;
  readonly open: typeof open;
  readonly readdir: (path: string) => Promise<string[]>;
  readonly realpath: (path: string) => Promise<string>;
  readonly rename: typeof rename;
  readonly rmdir: typeof rmdir;
  readonly stat: typeof stat;
  readonly unlink: typeof unlink;
}

const lstatNow = (path: string): BigIntStats | undefined => lstatSync(path, { bigint: true, throwIfNoEntry: false });

export const nodeFileCalls: FileCalls = {
  link,
  lstat,
  lstatNow,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rmdir,
  stat,
  unlink,
};

export const onWindows = process.platform === 'win32';

// Windows knows neither flag.
const noFollow = onWindows ? 0 : constants.O_NOFOLLOW;
const nonBlocking = onWindows ? 0 : constants.O_NONBLOCK;

/** Never through a symlink, and without waiting for a writer when it turns out to be a FIFO. */
export const readFlags = constants.O_RDONLY | noFollow | nonBlocking;
/** Only a file that was not there. */
export const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;

/** Makes a change of names in a folder last. Windows has no such call and needs none. */
export async function syncFolder(files: FileCalls, folder: string): Promise<void> {
  if (onWindows) return;
  const handle = await files.open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
