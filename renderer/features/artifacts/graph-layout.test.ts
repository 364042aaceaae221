import { describe, expect, it } from 'vitest';
import { boxSize, layOutGraph, type LayoutRow } from './graph-layout.ts';

const row = (key: string, children: readonly LayoutRow[] = []): LayoutRow => ({ key, children });
const many = (prefix: string, count: number, children: (name: string) => readonly LayoutRow[] = () => []) =>
  Array.from({ length: count }, (_, index) => row(`${prefix}${index}`, children(`${prefix}${index}.`)));

/** Pairs of boxes that lie over each other. */
function overlaps(root: LayoutRow): number {
  const boxes = [...layOutGraph(root).boxes.values()];
  let count = 0;
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1))
      if (Math.abs(a.x - b.x) < boxSize.width && Math.abs(a.y - b.y) < boxSize.height) count += 1;
  });
  return count;
}

describe('the layout of the graph', () => {
  it('puts one box at the beginning', () => {
    expect(layOutGraph(row('a'))).toMatchObject({ width: boxSize.width, height: boxSize.height });
  });

  it('puts a row in the middle before its children', () => {
    const { boxes } = layOutGraph(row('a', [row('b'), row('c')]));
    const [a, b, c] = ['a', 'b', 'c'].map((key) => boxes.get(key)!);
    expect(a!.y).toBe((b!.y + c!.y) / 2);
    expect([b!.x, b!.x > a!.x + boxSize.width]).toEqual([c!.x, true]);
  });

  it.each<[string, LayoutRow]>([
    ['a chain', row('a', [row('b', [row('c', [row('d')])])])],
    [
      'a platform each with signatures',
      row(
        'a',
        many('p', 6, (name) => many(name, 3, (inner) => many(inner, 2))),
      ),
    ],
    ['many leaves', row('a', many('s', 250))],
    ['leaves between subtrees', row('a', [...many('s', 30), row('x', many('y', 40)), ...many('t', 3)])],
  ])('lets nothing lie over another: %s', (_, root) => {
    expect(overlaps(root)).toBe(0);
  });

  it('lays a long list out as a block', () => {
    const { width, height } = layOutGraph(row('a', many('s', 1000)));
    expect(height / width).toBeLessThan(4);
  });

  it('takes little time for a thousand rows', () => {
    const root = row(
      'a',
      many('p', 10, (name) => many(name, 9, (inner) => many(inner, 10))),
    );
    const started = performance.now();
    expect(layOutGraph(root).boxes.size).toBe(1001);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
