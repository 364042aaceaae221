import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 1024 * 1024;
const name = 'inkan.log';

/** Where log lines go. */
export interface LogFile {
  write(line: string): void;
  close(): void;
}

/** Opens the log in a folder; one that has grown to a megabyte becomes the previous one. Where none can be kept, there is none. */
export function openLogFile(folder: string): LogFile {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(path, `${path}.1`);
    const file = openSync(path, 'a', 0o600);
    return { write: (line) => tryTo(() => writeSync(file, line)), close: () => tryTo(() => closeSync(file)) };
  } catch {
    return { write: () => {}, close: () => {} };
  }
}

/** A full disk must not stop what was to be told of. */
function tryTo(action: () => unknown): void {
  try {
    action();
  } catch {
    // There is no better place to say it.
  }
}
