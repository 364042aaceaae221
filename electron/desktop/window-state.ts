import type { BrowserWindow, Rectangle } from 'electron';
import type { Directory } from '../domain/ports.ts';

/** Where the window was. */
export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

const farthest = 100_000;
const file = 'window.json';
const maxBytes = 4096;
const saveAfterMs = 500;
const leastVisible = { width: 120, height: 40 };

/** Where the window was last time; undefined when that is not known, or is nowhere on these displays. */
export async function readWindowState(
  directory: Directory,
  displays: readonly Rectangle[],
): Promise<WindowState | undefined> {
  try {
    const found = await directory.read(file, { maxBytes });
    const state = toWindowState(JSON.parse(new TextDecoder().decode(found?.bytes)));
    return state && displays.some((display) => isReachable(state.bounds, display)) ? state : undefined;
  } catch {
    // A place on the screen is not worth a word to the user.
    return undefined;
  }
}

/** By hand: loading a library of schemas for five values would keep the window waiting. */
function toWindowState(read: unknown): WindowState | undefined {
  if (!isRecord(read) || !isRecord(read['bounds']) || typeof read['maximized'] !== 'boolean') return undefined;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => toExtent(read['bounds'], name));
  if (x === undefined || y === undefined || !width || !height || width < 1 || height < 1) return undefined;
  return { bounds: { x, y, width, height }, maximized: read['maximized'] };
}

function toExtent(bounds: unknown, name: string): number | undefined {
  const value = isRecord(bounds) && Object.hasOwn(bounds, name) ? bounds[name] : undefined;
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= farthest ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether enough of the window's upper edge is on a display to take hold of it. */
function isReachable({ x, y, width }: Rectangle, display: Rectangle): boolean {
  const visible = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return visible >= leastVisible.width && y >= display.y && y <= display.y + display.height - leastVisible.height;
}

/** Remembers where the window is, a moment after it came to rest and when it closes. Gives what waits for the last save. */
export function rememberWindowState(window: BrowserWindow, directory: Directory): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let saving = Promise.resolve();
  const save = () => {
    clearTimeout(timer);
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    const bytes = new TextEncoder().encode(JSON.stringify(state));
    // Not being able to remember it is not worth a word either.
    saving = saving
      .then(() => directory.write(file, bytes))
      .then(
        () => {},
        () => {},
      );
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', saveSoon);
  window.on('close', save);
  return () => saving;
}
