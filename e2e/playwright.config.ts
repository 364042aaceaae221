import path from 'node:path';
import { defineConfig } from '@playwright/test';
import type { HostName } from './hosts/host.ts';

const cache = path.resolve(import.meta.dirname, '..', '.cache');
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export default defineConfig<{ host: HostName }>({
  testDir: 'specs',
  outputDir: path.join(cache, 'test-results'),
  snapshotDir: path.join(cache, 'snapshots'),
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath },
  },
  projects: [
    // A journey that makes sense on one host only carries that host's tag.
    { name: 'chromium-loopback', use: { host: 'loopback' }, grepInvert: /@electron/ },
    { name: 'electron-packaged', use: { host: 'electron' }, grepInvert: /@loopback/ },
    { name: 'screenshots', testDir: 'screenshots', testMatch: '*.shots.ts', use: { host: 'loopback' } },
  ],
});
