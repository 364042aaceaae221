import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { RunningElectron } from '../hosts/electron-host.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { Oracle, pathOf, seed } from '../interop/peers.ts';
import { goTo, makeTestCertificate } from './steps.ts';

const run = promisify(execFile);

/** What the native dialogs answer, where no test can click. */
async function answerDialogs(app: RunningElectron, open: string, save: string): Promise<void> {
  await app.electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save });
    },
    { open, save },
  );
}

async function openTag(page: Page, tag: string): Promise<void> {
  await page.getByRole('grid', { name: 'Tags' }).getByText(tag, { exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `:${tag}` }).waitFor();
}

test('a layout in a tar archive is read, signed in memory, and saved as a copy that the reference reads', async ({
  startApp,
  dirs,
  host,
}) => {
  const layouts = path.join(dirs.scratch, 'layouts');
  const samples = await seed({ layout: layouts });
  const sample = samples.find(({ repository }) => repository === 'library/busybox');
  const { tag = '', digest = '' } = sample ?? {};
  const archive = path.join(dirs.scratch, 'busybox.tar.gz');
  await run(pathOf('pack'), ['-folder', path.join(layouts, 'library-busybox'), '-out', archive]);
  const copy = path.join(dirs.scratch, 'copy.tar');

  const app = await startApp();
  const { page } = app;
  await makeTestCertificate(page);
  await page.getByRole('button', { name: 'Add registry or layout' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a registry or layout' });
  if (host === 'electron') {
    await answerDialogs(app as RunningElectron, archive, copy);
    await dialog.getByRole('button', { name: 'Choose a layout…' }).click();
    await page.getByRole('menuitem', { name: /^A tar archive/ }).click();
  } else {
    const choosing = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a tar archive…' }).click();
    await (await choosing).setFiles(archive);
  }
  await expect(page.getByRole('heading', { level: 1, name: 'busybox.tar.gz' })).toBeVisible();
  await expect(page.getByText('OCI layout, tar.gz')).toBeVisible();

  await openTag(page, tag);
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  await expect(sheet.getByText(/tar -xf/).first()).toBeVisible();
  await sheet.getByRole('button', { name: 'Sign this digest' }).click();
  await expect(sheet.getByText('A signature is not saved yet.')).toBeVisible();
  if (host === 'electron') {
    await sheet.getByRole('button', { name: 'Save as an archive…' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'copy.tar' })).toBeVisible();
  } else {
    const downloading = page.waitForEvent('download');
    await sheet.getByRole('button', { name: 'Download a signed copy' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('busybox-signed.tar');
    await download.saveAs(copy);
    await expect(sheet.getByText('A signature is not saved yet.')).toBeHidden();
  }

  const unpacked = path.join(dirs.scratch, 'unpacked');
  await run('mkdir', [unpacked]);
  await run('tar', ['-xf', copy, '-C', unpacked]);
  expect((await readdir(unpacked)).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  const oracle = new Oracle();
  try {
    const { signatures } = await oracle.ask<{ signatures: unknown[] }>('listSignatures', {
      layout: unpacked,
      ref: digest,
    });
    expect(signatures).toHaveLength(1);
  } finally {
    await oracle.stop();
  }
  await page.keyboard.press('Escape');
  await goTo(page, 'Activity');
  await expect(
    page
      .getByRole('main')
      .getByText(/busybox/)
      .first(),
  ).toBeVisible();
});

test('an archive of docker save is refused with what to do instead', async ({ startApp, dirs, host }) => {
  const folder = path.join(dirs.scratch, 'saved');
  await run('mkdir', [folder]);
  await run('sh', ['-c', `echo '[]' > ${folder}/manifest.json`]);
  const archive = path.join(dirs.scratch, 'saved.tar');
  await run('tar', ['-cf', archive, '-C', folder, 'manifest.json']);
  const app = await startApp();
  const { page } = app;
  await page.getByRole('button', { name: 'Add registry or layout' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a registry or layout' });
  if (host === 'electron') {
    await answerDialogs(app as RunningElectron, archive, archive);
    await dialog.getByRole('button', { name: 'Choose a layout…' }).click();
    await page.getByRole('menuitem', { name: /^A tar archive/ }).click();
  } else {
    const choosing = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a tar archive…' }).click();
    await (await choosing).setFiles(archive);
  }
  await expect(dialog.getByRole('alert')).toContainText('an archive of docker save, not an OCI image layout');
  await expect(dialog.getByRole('alert')).toContainText('layout.dockerArchive');
});
