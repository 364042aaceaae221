import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '../hosts/fixtures.ts';
import { toEnvironment } from '../hosts/host.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const packaged = path.join(root, 'release', 'linux-unpacked');
const configFile = path.join(root, 'build', 'electron-builder.json');

/** What users get, by the names that @electron/fuses has for it. */
const shipped: ReadonlyMap<string, boolean> = new Map([
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
]);

/** How the wire spells a fuse that is on; the package does not export its own name for it. */
const on: number = '1'.charCodeAt(0);

async function readFuses(executable: string): Promise<Map<string, boolean>> {
  const wire = await getCurrentFuseWire(executable);
  const names = [...shipped.keys()] as (keyof typeof FuseV1Options)[];
  return new Map(names.map((name) => [name, wire[FuseV1Options[name]] === on]));
}

test('case I-07: the configuration ships the hardened fuses', { tag: '@electron' }, () => {
  const { electronFuses } = JSON.parse(readFileSync(configFile, 'utf8')) as { electronFuses: Record<string, boolean> };
  const names = Object.entries(electronFuses).map(([name, state]) => [
    name.replace(/^./, (c) => c.toUpperCase()),
    state,
  ]);
  expect(Object.fromEntries(names)).toEqual(Object.fromEntries(shipped));
});

test('case I-07: the app runs with the fuses that are shipped', { tag: '@electron' }, async ({ dirs, playwright }) => {
  const copy = path.join(root, 'release', 'shipped-fuses');
  const executable = path.join(copy, 'inkan');
  await rm(copy, { recursive: true, force: true });
  await promisify(execFile)('cp', ['-al', packaged, copy]);
  await rm(executable);
  await copyFile(path.join(packaged, 'inkan'), executable);
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: false });
  expect(await readFuses(executable)).toEqual(shipped);

  // Without the debugger of the main process only the pages can be reached, through the port of Chromium.
  const profile = `--user-data-dir=${path.join(dirs.home, 'profile')}`;
  const child = spawn(executable, [profile, '--no-sandbox', '--remote-debugging-port=0'], { env: toEnvironment(dirs) });
  try {
    const endpoint = await new Promise<string>((resolve) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const found = /DevTools listening on (ws:\S+)/.exec(line);
        if (found?.[1]) resolve(found[1]);
      });
    });
    const browser = await playwright.chromium.connectOverCDP(endpoint);
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]!.waitForEvent('page'));
    await expect(page).toHaveTitle(/Inkan/);
    await expect(page.getByRole('main')).toBeVisible();
    await browser.close();
  } finally {
    child.kill('SIGKILL');
    await rm(copy, { recursive: true, force: true });
  }
});
