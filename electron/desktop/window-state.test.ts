import { describe, expect, it } from 'vitest';
import type { Directory } from '../domain/ports.ts';
import { readWindowState } from './window-state.ts';

const display = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: -1280, y: 0, width: 1280, height: 1024 };

function holding(text: string): Directory {
  return {
    read: async () => ({ bytes: new TextEncoder().encode(text), revision: '' }),
  } as Partial<Directory> as Directory;
}
const stateAt = (x: number, y: number) => ({ bounds: { x, y, width: 1000, height: 700 }, maximized: false });

describe('readWindowState', () => {
  it.each([
    [100, 100],
    [-800, 25],
    [1790, 1000],
    [-1280, 0],
  ])('gives back a window at %d, %d', async (x, y) => {
    const state = stateAt(x, y);
    expect(await readWindowState(holding(JSON.stringify(state)), [display, second])).toEqual(state);
  });

  it.each([
    ['off to the right', JSON.stringify(stateAt(1900, 100))],
    ['above the display', JSON.stringify(stateAt(100, -700))],
    ['below the display', JSON.stringify(stateAt(100, 1079))],
    ['not JSON', '{'],
    ['another shape', '{"bounds":{"x":1}}'],
    ['huge', JSON.stringify({ bounds: { x: 0, y: 30, width: 1e9, height: 10 }, maximized: false })],
    ['empty', ''],
  ])('forgets a window that is %s', async (_title, text) => {
    expect(await readWindowState(holding(text), [display])).toBeUndefined();
  });

  it('forgets a window of a display that is gone', async () => {
    expect(await readWindowState(holding(JSON.stringify(stateAt(-1280, 0))), [display])).toBeUndefined();
  });
});
