import { quantile, type Contest } from './measure.ts';

/** The most that may be reached: of Inkan's own value, or of its ratio to the reference. */
export interface Aim {
  readonly of: 'value' | 'ratio';
  readonly atMost: number;
}

/** One line of the result. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'kB' | '%';
  readonly inkan: number;
  /** What Inkan is held against; null where there is nothing to compare with. */
  readonly reference: number | null;
  readonly ratio: number | null;
  /** Smallest and largest ratio of a round. */
  readonly ratioRange: readonly [number, number] | null;
  readonly aim: Aim | null;
  readonly ok: boolean | null;
}

interface RowOptions {
  readonly unit?: Row['unit'];
  readonly aim?: Aim;
  /** Which part of the samples lies below the value told; by default the half. */
  readonly part?: number;
}

function isReached(aim: Aim, value: number, ratio: number | null): boolean {
  return (aim.of === 'value' ? value : (ratio ?? Infinity)) <= aim.atMost;
}

/** A row of both sides. */
export function toRow(what: string, contest: Contest, { unit = 'ms', aim, part = 0.5 }: RowOptions = {}): Row {
  const [inkan, reference] = [quantile(contest.inkan, part), quantile(contest.reference, part)];
  const ratio = reference === 0 ? null : inkan / reference;
  const ratioRange =
    part === 0.5 && contest.ratios.length > 0
      ? ([Math.min(...contest.ratios), Math.max(...contest.ratios)] as const)
      : null;
  return {
    what,
    unit,
    inkan,
    reference,
    ratio,
    ratioRange,
    aim: aim ?? null,
    ok: aim ? isReached(aim, inkan, ratio) : null,
  };
}

/** A row that has no reference. */
export function toOwnRow(
  what: string,
  samples: readonly number[],
  { unit = 'ms', aim, part = 0.5 }: RowOptions = {},
): Row {
  const inkan = quantile(samples, part);
  return {
    what,
    unit,
    inkan,
    reference: null,
    ratio: null,
    ratioRange: null,
    aim: aim ?? null,
    ok: aim ? isReached(aim, inkan, null) : null,
  };
}

function toNumber(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function toCells({ what, unit, inkan, reference, ratio, ratioRange, aim, ok }: Row): string[] {
  return [
    what,
    `${toNumber(inkan)} ${unit}`,
    reference === null ? '' : `${toNumber(reference)} ${unit}`,
    ratio === null ? '' : ratio.toFixed(2),
    ratioRange === null ? '' : ratioRange.map((each) => each.toFixed(2)).join('..'),
    aim === null ? '' : `<= ${aim.of === 'ratio' ? aim.atMost.toFixed(2) : `${aim.atMost} ${unit}`}`,
    ok === null ? '' : ok ? 'ok' : 'NOT',
  ];
}

/** The rows as plain text; a ratio below 1 is Inkan's advantage. */
export function toTable(rows: readonly Row[]): string {
  const lines = [['', 'Inkan', 'reference', 'ratio', 'by round', 'aim', ''], ...rows.map(toCells)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0))) ?? [];
  const toLine = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return lines.map((cells) => toLine(cells).trimEnd()).join('\n');
}
