import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { startElectron } from './electron-host.ts';
import type { HostName, RunningApp, StartOptions, TestDirs } from './host.ts';
import { startInBrowser } from './loopback-host.ts';

export { expect };

interface Options {
  /** Which host this project runs on. */
  readonly host: HostName;
}

interface Fixtures {
  readonly dirs: TestDirs;
  /** The test's own Notation configuration directory; write to it before the app starts, or while it runs. */
  readonly configDir: string;
  /** Starts the app. Tests that prepare files first, or start it twice, use this in place of `page`. */
  readonly startApp: (options?: StartOptions) => Promise<RunningApp>;
}

interface WorkerFixtures {
  /** Launched on first use, so that Electron journeys need no browser. */
  readonly sharedBrowser: () => Promise<Browser>;
}

async function createDirs(): Promise<TestDirs> {
  const home = await mkdtemp(path.join(tmpdir(), 'inkan-e2e-'));
  const dirs = {
    home,
    inkanHome: path.join(home, 'inkan'),
    configDir: path.join(home, 'notation'),
    scratch: path.join(home, 'scratch'),
  };
  await Promise.all([dirs.inkanHome, dirs.configDir, dirs.scratch].map((dir) => mkdir(dir)));
  return dirs;
}

/** Collects what no journey may cause: uncaught errors and refusals by the content security policy. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted(?:HTML|Script)/.test(message.text())) faults.push(message.text());
  });
}

/** Playwright's test with the app in it. `page` is the app's first window. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  host: ['loopback', { option: true }],

  sharedBrowser: [
    async ({ playwright, launchOptions }, use) => {
      let launched: Promise<Browser> | undefined;
      await use(() => (launched ??= playwright.chromium.launch(launchOptions)));
      await (await launched)?.close();
    },
    { scope: 'worker' },
  ],

  dirs: async ({}, use) => {
    const dirs = await createDirs();
    await use(dirs);
    await rm(dirs.home, { recursive: true, force: true, maxRetries: 5 });
  },

  configDir: ({ dirs }, use) => use(dirs.configDir),

  startApp: async ({ dirs, host, sharedBrowser }, use) => {
    const running: RunningApp[] = [];
    const faults: string[] = [];
    await use(async (options) => {
      const app =
        host === 'electron'
          ? await startElectron(dirs, options)
          : await startInBrowser(await sharedBrowser(), dirs, options);
      watch(app.page, faults);
      running.push(app);
      // The start screen goes on to the first source by itself; a journey begins there.
      await app.page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
      return app;
    });
    await Promise.all(running.map((app) => app.stop()));
    expect(faults, 'uncaught errors and policy violations in the page').toEqual([]);
  },

  page: async ({ startApp }, use) => {
    const { page } = await startApp();
    await use(page);
  },
});
