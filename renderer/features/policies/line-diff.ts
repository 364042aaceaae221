import { diff, type Change } from '@codemirror/merge';

/** A line of a comparison, with its number before and after. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
}

/** Below the surrogates, so that each character stands for one line. */
const mostKinds = 0xd800;

/** Both texts with one character for each line, the same for equal lines; `null` when there are too many kinds. */
function toCharacters(texts: readonly (readonly string[])[]): readonly string[] | null {
  const kinds = new Map<string, number>();
  const characters = texts.map((lines) =>
    lines.map((line) => {
      const kind = kinds.get(line) ?? kinds.size;
      kinds.set(line, kind);
      return String.fromCharCode(kind % mostKinds);
    }),
  );
  return kinds.size > mostKinds ? null : characters.map((line) => line.join(''));
}

/** Ranges of lines, counted from 0, that differ. */
function changesOf(
  old: readonly string[],
  now: readonly string[],
): readonly Pick<Change, 'fromA' | 'toA' | 'fromB' | 'toB'>[] {
  const [a, b] = toCharacters([old, now]) ?? [];
  if (a === undefined || b === undefined) return [{ fromA: 0, toA: old.length, fromB: 0, toB: now.length }];
  return diff(a, b);
}

/** How many places differ. */
export function countChanges(before: string, after: string): number {
  return before === after ? 0 : changesOf(before.split('\n'), after.split('\n')).length;
}

/** Both texts line by line: what is in both, what is gone, what is new, in this order at each place. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const lines: DiffLine[] = [];
  let [atOld, atNow] = [0, 0];
  const copyUntil = (end: number) => {
    for (; atOld < end; atOld += 1, atNow += 1) {
      lines.push({ kind: 'same', text: old[atOld] ?? '', before: atOld + 1, after: atNow + 1 });
    }
  };
  for (const { fromA, toA, toB } of changesOf(old, now)) {
    copyUntil(fromA);
    for (; atOld < toA; atOld += 1) lines.push({ kind: 'removed', text: old[atOld] ?? '', before: atOld + 1 });
    for (; atNow < toB; atNow += 1) lines.push({ kind: 'added', text: now[atNow] ?? '', after: atNow + 1 });
  }
  copyUntil(old.length);
  return lines;
}

/** A stretch of lines that are shown, or of unchanged ones that are folded. */
export interface DiffPart {
  readonly folded: boolean;
  readonly lines: readonly DiffLine[];
}

/** Folds unchanged lines further than `context` from a change. */
export function foldUnchanged(lines: readonly DiffLine[], context: number): readonly DiffPart[] {
  const near = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    near.fill(true, Math.max(0, index - context), index + context + 1);
  });
  const parts: { folded: boolean; lines: DiffLine[] }[] = [];
  lines.forEach((line, index) => {
    const folded = !near[index];
    const last = parts.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  });
  return parts;
}

/** For the gutter beside a draft: line numbers (from 1) that are new or changed since it was saved. */
export function changedLines(before: string, after: string): ReadonlyMap<number, 'added' | 'changed'> {
  const found = new Map<number, 'added' | 'changed'>();
  if (before === after) return found;
  for (const { fromA, toA, fromB, toB } of changesOf(before.split('\n'), after.split('\n'))) {
    const kind = fromA === toA ? 'added' : 'changed';
    for (let line = fromB; line < toB; line += 1) found.set(line + 1, kind);
  }
  return found;
}
