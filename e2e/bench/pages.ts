import { chromium, type Browser, type Page } from '@playwright/test';
import type { TestDirs } from '../hosts/host.ts';
import { startLoopbackServer } from '../hosts/loopback-host.ts';
import { withFreshUser } from './folders.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Runs the loopback host for a user of its own, and a browser for its pages. A registry is added if one is named. */
export async function withApp<T>(
  host: string | undefined,
  work: (browser: Browser, url: string) => Promise<T>,
  prepare: (dirs: TestDirs) => Promise<void> = async () => undefined,
): Promise<T> {
  const browser = await chromium.launch({ executablePath });
  try {
    return await withFreshUser(async (dirs) => {
      await prepare(dirs);
      const server = await startLoopbackServer(dirs);
      try {
        if (host !== undefined) await addRegistry(server.url, host);
        return await work(browser, server.url);
      } finally {
        await server.stop();
      }
    });
  } finally {
    await browser.close();
  }
}

async function addRegistry(address: string, host: string): Promise<void> {
  const url = new URL(address);
  const response = await fetch(new URL('/rpc/registries.addRegistry', url), {
    method: 'POST',
    headers: {
      // Node's fetch adds what only browsers send, so the guard wants to know the origin.
      origin: url.origin,
      authorization: `Bearer ${url.hash.slice('#token='.length)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ host, plainHttp: 'always' }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** A window of its own, so that neither page is in the background. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  return context.newPage();
}
