import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { FileCalls } from './file-calls.ts';
import { isOwnName } from './own-names.ts';
import { walkFolder } from './walk-folder.ts';

const debounceMs = 250;
/** Between two looks when the system cannot tell of changes, and when it can (network shares say less than they should). */
const pollMs = 1_000;
const safetyPollMs = 5_000;
const maxWatchers = 256;

/** The state of every file under a folder, by path. */
type Snapshot = ReadonlyMap<string, string>;

/**
 * Tells of files that came, went or changed. What the system's watcher says only makes it look at once; what it reports comes from
 * comparing what is there with what was.
 */
export function watchDirectory(files: FileCalls, root: string, onChange: (path: string) => void): { stop(): void } {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let known: Snapshot | undefined;
  let scanning = false;
  let stopped = false;

  const schedule = (delayMs: number): void => {
    const at = performance.now() + delayMs;
    if (stopped || at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void scan(), delayMs);
    timer.unref();
  };
  const forgetFolder = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const watchFolder = (folder: string): void => {
    if (watchers.has(folder) || watchers.size >= maxWatchers) return;
    try {
      const watcher = watch(join(root, folder), { persistent: false }, () => schedule(debounceMs));
      watcher.on('error', () => forgetFolder(folder));
      watchers.set(folder, watcher);
    } catch {
      // The folder is not there yet, or the system has no watcher left: looking every second has to do.
    }
  };
  const scan = async (): Promise<void> => {
    dueAt = Infinity;
    if (scanning) return schedule(debounceMs);
    scanning = true;
    try {
      const { snapshot, folders } = await takeSnapshot(files, root);
      if (stopped) return;
      for (const folder of [...watchers.keys()]) if (!folders.has(folder)) forgetFolder(folder);
      for (const folder of folders) watchFolder(folder);
      const before = known;
      known = snapshot;
      if (before) for (const path of changedPaths(before, snapshot)) onChange(path);
      schedule([...folders].every((folder) => watchers.has(folder)) && folders.size > 0 ? safetyPollMs : pollMs);
    } catch {
      schedule(pollMs);
    } finally {
      scanning = false;
    }
  };
  void scan();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

async function takeSnapshot(
  files: FileCalls,
  root: string,
): Promise<{ snapshot: Snapshot; folders: ReadonlySet<string> }> {
  const snapshot = new Map<string, string>();
  const folders = new Set<string>();
  const rootStat = await files.stat(root).catch(() => undefined);
  if (rootStat?.isDirectory()) folders.add('');
  for (const { path, name, stat } of await walkFolder(files, root)) {
    if (isOwnName(name)) continue;
    if (stat.isDirectory()) folders.add(path);
    else snapshot.set(path, `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.mode}`);
  }
  return { snapshot, folders };
}

function changedPaths(before: Snapshot, after: Snapshot): readonly string[] {
  const changed = [...after].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...changed, ...gone];
}
