import { chromium, type Browser, type Page } from '@playwright/test';
import { startLoopbackServer } from '../hosts/loopback-host.ts';
import { withFreshUser } from './folders.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Runs the loopback host for a user of its own, with one registry added, and a browser for its pages. */
export async function withApp<T>(host: string, work: (browser: Browser, url: string) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath });
  try {
    return await withFreshUser(async (dirs) => {
      const server = await startLoopbackServer(dirs);
      try {
        await addRegistry(server.url, host);
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
