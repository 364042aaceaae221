import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import type { Directory } from '../domain/ports.ts';

const extent = z.number().int().min(-100_000).max(100_000);
const windowStateSchema = z.object({
  bounds: z.object({ x: extent, y: extent, width: extent.min(1), height: extent.min(1) }),
  maximized: z.boolean(),
});
/** Where the window was. */
export type WindowState = z.infer<typeof windowStateSchema>;

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
    const state = windowStateSchema.parse(JSON.parse(new TextDecoder().decode(found?.bytes)));
    return displays.some((display) => isReachable(state.bounds, display)) ? state : undefined;
  } catch {
    // A place on the screen is not worth a word to the user.
    return undefined;
  }
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
