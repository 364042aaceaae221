import path from 'node:path';
import { measurePage, pageBudgets } from '../../build/page-size.mjs';
import { toRow, type Row } from './report.ts';

const page = path.resolve(import.meta.dirname, '..', '..', 'dist', 'renderer');
const names = {
  start: 'scripts and styles of every start, gzipped, against those before screens were fetched apart',
  largestScreen: 'largest file that a screen adds, gzipped',
  all: 'scripts and styles of all screens, gzipped',
} as const;
/** Kilobytes at the commit before. */
const before = { start: 565.7, largestScreen: 137.4, all: 749.6 };

/** The page as it was built, beside what it was and what it may be. */
export function measureSize(): Promise<Row[]> {
  const sizes = measurePage(page);
  const rows = (['start', 'largestScreen', 'all'] as const).map((part) =>
    toRow(
      names[part],
      { inkan: [sizes[part]], reference: [before[part]], ratios: [] },
      { unit: 'kB', aim: { of: 'value', atMost: pageBudgets[part] } },
    ),
  );
  return Promise.resolve(rows);
}
