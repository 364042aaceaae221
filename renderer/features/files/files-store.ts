import { create } from 'zustand';
import { pairFiles, type FileEntry } from './pairing.ts';

interface FilesState {
  readonly entries: readonly FileEntry[];
  readonly selected: string | undefined;
}

/** The files on the list. They stay while other screens are looked at, and go with the window. */
export const useFiles = create<FilesState>(() => ({ entries: [], selected: undefined }));

/** The entry as it stands now. */
export function entryOf(key: string): FileEntry | undefined {
  return useFiles.getState().entries.find((entry) => entry.key === key);
}

export function changeEntry(key: string, changes: Partial<FileEntry>): void {
  useFiles.setState(({ entries }) => ({
    entries: entries.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry)),
  }));
}

export function selectEntry(key: string | undefined): void {
  useFiles.setState({ selected: key });
}

/** Puts files on the list and gives the entries that are new or changed. */
export function pairIntoList(files: readonly File[]): readonly FileEntry[] {
  const before = useFiles.getState().entries;
  const entries = pairFiles(before, files, () => crypto.randomUUID());
  const changed = entries.filter((entry) => !before.includes(entry));
  useFiles.setState(({ selected }) => ({ entries, selected: changed[0]?.key ?? selected }));
  return changed;
}

/** Takes an entry off the list. */
export function dropEntry(key: string): void {
  useFiles.setState(({ entries, selected }) => ({
    entries: entries.filter((entry) => entry.key !== key),
    selected: selected === key ? undefined : selected,
  }));
}
