import { readFile } from 'node:fs/promises';
import { expect } from '../hosts/fixtures.ts';
import type { RunningElectron } from '../hosts/electron-host.ts';
import type { RunningApp } from '../hosts/host.ts';

/** Saves what a step offers, as a browser's download or through the desktop's own dialog, and gives the file's text. */
export async function saveFile(app: RunningApp, file: string, offer: () => Promise<void>): Promise<string> {
  if ('electron' in app) {
    await (app as RunningElectron).electron.evaluate(({ session }, target) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(target));
    }, file);
    await offer();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).not.toBe('');
  } else {
    const download = app.page.waitForEvent('download');
    await offer();
    await (await download).saveAs(file);
  }
  return readFile(file, 'utf8');
}
