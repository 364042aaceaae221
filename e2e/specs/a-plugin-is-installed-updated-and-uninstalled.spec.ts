import AxeBuilder from '@axe-core/playwright';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { RunningElectron } from '../hosts/electron-host.ts';
import { expect, test } from '../hosts/fixtures.ts';
import type { TestDirs } from '../hosts/host.ts';
import { pathOf } from '../interop/peers.ts';

const run = promisify(execFile);

/** A plugin package, made by Go's own archive packages. */
async function packageOf(dirs: TestDirs, version: string, form: 'tar.gz' | 'zip'): Promise<string> {
  const folder = path.join(dirs.scratch, `plugin-${version}`);
  const metadata = {
    name: 'sealer',
    description: 'Seals what it is given',
    version,
    url: 'https://sealer.example',
    supportedContractVersions: ['1.0'],
    capabilities: ['SIGNATURE_GENERATOR.RAW'],
  };
  await mkdir(folder);
  const program = `#!/bin/sh\ncat > /dev/null\necho '${JSON.stringify(metadata)}'\n`;
  await writeFile(path.join(folder, 'notation-sealer'), program, { mode: 0o755 });
  const archive = path.join(dirs.scratch, `sealer-${version}.${form}`);
  await run(pathOf('pack'), ['-folder', folder, '-out', archive]);
  return archive;
}

async function chooseInDialog(app: RunningElectron, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-live-announcer]').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.length}`),
    where,
  ).toEqual([]);
}

async function openFromPalette(page: Page, entry: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await palette.getByRole('textbox').fill(entry);
  await palette.getByRole('menuitem', { name: entry }).first().click();
}

test(
  'a plugin is checked, asked, installed, updated and uninstalled',
  { tag: '@electron' },
  async ({ startApp, dirs }) => {
    const [first, second] = [await packageOf(dirs, '1.0.0', 'tar.gz'), await packageOf(dirs, '1.1.0', 'zip')];
    const app = (await startApp()) as RunningElectron;
    const { page } = app;
    const dialog = page.getByRole('dialog', { name: 'Install a plugin' });
    const plugins = path.join(dirs.configDir, 'plugins');

    await chooseInDialog(app, first);
    await openFromPalette(page, 'Install a plugin…');
    const checksum = dialog.getByRole('textbox', { name: 'SHA-256 checksum' });
    await expectAccessible(page, 'where a plugin comes from');
    await checksum.fill('a'.repeat(64));
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog.getByRole('alert')).toContainText('The checksum does not match.');
    await checksum.fill(
      createHash('sha256')
        .update(await readFile(first))
        .digest('hex'),
    );
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog.getByText('The checksum matches.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Run it and ask what it is' }).click();
    await expect(dialog.getByText('Seals what it is given')).toBeVisible();
    await expectAccessible(page, 'what a plugin says of itself');
    expect(await readdir(plugins).catch(() => [])).toEqual([]);
    await dialog.getByRole('button', { name: 'Install version 1.0.0' }).click();
    await expect(dialog.getByText('“sealer” version 1.0.0 is installed.')).toBeVisible();
    expect(await readdir(plugins)).toEqual(['sealer']);
    await dialog.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();

    await chooseInDialog(app, second);
    await openFromPalette(page, 'Install a plugin…');
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(dialog.getByText('No checksum was compared.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Run it and ask what it is' }).click();
    await expect(dialog.getByText('Version 1.0.0 is installed and will be replaced by 1.1.0.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Update to 1.1.0' }).click();
    await expect(dialog.getByText('“sealer” was updated from 1.0.0 to 1.1.0.')).toBeVisible();
    await dialog.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();

    await openFromPalette(page, 'Uninstall sealer…');
    const removal = page.getByRole('alertdialog', { name: 'Uninstall the plugin “sealer”?' });
    await expect(removal.getByText('notation-sealer')).toBeVisible();
    await expectAccessible(page, 'uninstalling a plugin');
    await removal.getByRole('button', { name: 'Uninstall', exact: true }).click();
    await expect(removal).toBeHidden();
    expect(await readdir(plugins)).toEqual([]);
  },
);

test('plugins are not installed where a page in a browser would ask for it', { tag: '@loopback' }, async ({ page }) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await palette.getByRole('textbox').fill('Install');
  await expect(palette.getByRole('menuitem')).toHaveCount(0);
});
