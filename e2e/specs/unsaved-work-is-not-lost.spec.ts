import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { RunningElectron } from '../hosts/electron-host.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { goTo, makeTestCertificate } from './steps.ts';

/** Signs a file; its signature is in no file yet. */
async function signFile(page: Page, folder: string): Promise<void> {
  const file = path.join(folder, 'app.bin');
  await writeFile(file, 'hello');
  await makeTestCertificate(page);
  await goTo(page, 'Files');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files…' }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign app.bin' });
  await sheet.getByRole('button', { name: 'Sign this file' }).click();
  await expect(sheet.getByText('Signed.', { exact: true })).toBeVisible();
  await sheet.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
}

/** Tries to close the window; gives what was asked. */
function closeWindow(electron: ElectronApplication, answer: 'Go back' | 'Close without saving'): Promise<string[]> {
  return electron.evaluate(async ({ dialog, BrowserWindow }, wanted) => {
    const asked: string[] = [];
    const answerBox = (_window: unknown, { message, buttons = [] }: { message: string; buttons?: string[] }) => {
      asked.push(message);
      return buttons.indexOf(wanted);
    };
    dialog.showMessageBoxSync = answerBox as typeof dialog.showMessageBoxSync;
    const [window] = BrowserWindow.getAllWindows();
    const prevented = new Promise<void>((resolve) =>
      window?.webContents.once('will-prevent-unload', () => setImmediate(resolve)),
    );
    window?.close();
    await prevented;
    return asked;
  }, answer);
}

test('an unsaved signature is not taken off the list without a question', async ({ page, dirs }) => {
  await signFile(page, dirs.scratch);
  const files = page.getByRole('grid', { name: 'Files' });
  await page.getByRole('button', { name: 'Take app.bin off the list' }).click();
  const question = page.getByRole('alertdialog', { name: 'Take app.bin off the list?' });
  await expect(question.getByText('app.bin.jws.sig is not saved yet', { exact: false })).toBeVisible();
  await expectNoViolations(page, 'the question about an unsaved signature');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(files.getByText('app.bin.jws.sig')).toBeVisible();
  await page.getByRole('button', { name: 'Take app.bin off the list' }).click();
  await question.getByRole('button', { name: 'Take it off without saving' }).click();
  await expect(page.getByText('No files yet.')).toBeVisible();
});

test('the window asks before it closes over an unsaved signature', { tag: '@electron' }, async ({ startApp, dirs }) => {
  const { page, electron } = (await startApp()) as RunningElectron;
  await signFile(page, dirs.scratch);
  expect(await closeWindow(electron, 'Go back')).toEqual(['Something is not saved yet.']);
  await expect(page.getByRole('grid', { name: 'Files' }).getByText('app.bin.jws.sig')).toBeVisible();
  const closed = page.waitForEvent('close');
  await closeWindow(electron, 'Close without saving').catch(() => []);
  await closed;
});

test('a draft of a policy is asked about too', { tag: '@loopback' }, async ({ startApp, configDir }) => {
  const statement = {
    name: 'all',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:acme'],
    trustedIdentities: ['*'],
  };
  const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
  await writeFile(path.join(configDir, 'trustpolicy.oci.json'), text);
  const { page } = await startApp();
  const asks = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await goTo(page, 'Trust policies');
  const level = page.getByRole('radiogroup', { name: 'Level' });
  await expect(level.getByRole('radio', { name: 'strict', exact: true })).toBeChecked();
  expect(await asks()).toBe(false);
  await level.getByRole('radio', { name: 'permissive', exact: true }).click();
  await expect(page.getByText('Unsaved draft')).toBeVisible();
  expect(await asks()).toBe(true);
});
