import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import type { RunningElectron } from '../hosts/electron-host.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { seed } from '../interop/peers.ts';
import { goTo } from './steps.ts';

/** What the dialogs of the system answer, one after the other; without an answer they are cancelled. */
async function answerDialogs({ electron }: RunningElectron, ...paths: readonly string[]): Promise<void> {
  await electron.evaluate(({ dialog }, answers) => {
    const left = [...answers];
    dialog.showOpenDialog = () => {
      const chosen = left.shift();
      return Promise.resolve({ canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] });
    };
  }, paths);
}

/** Where the next save dialog of the system puts what the page saves. */
async function answerSaveDialog({ electron }: RunningElectron, file: string): Promise<void> {
  await electron.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path));
  }, file);
}

test(
  'a layout is chosen in the dialog of the system and opened; cancelling adds nothing',
  { tag: '@electron' },
  async ({ startApp, dirs }) => {
    await seed({ layout: dirs.scratch });
    const app = (await startApp()) as RunningElectron;
    const { page } = app;
    await page.getByRole('button', { name: 'Add registry or layout' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a registry or layout' });
    const chooseFolder = async (): Promise<void> => {
      await dialog.getByRole('button', { name: 'Choose a layout…' }).click();
      await page.getByRole('menuitem', { name: 'A folder…' }).click();
    };

    await answerDialogs(app);
    await chooseFolder();
    await expect(dialog.getByRole('button', { name: 'Choose a layout…' })).toBeEnabled();
    await expect(page.getByRole('alert')).toHaveCount(0);

    await mkdir(path.join(dirs.scratch, 'empty'));
    await answerDialogs(app, path.join(dirs.scratch, 'empty'));
    await chooseFolder();
    await expect(dialog.getByRole('alert')).toContainText('is not an OCI image layout.');

    await answerDialogs(app, path.join(dirs.scratch, 'library-busybox'));
    await chooseFolder();
    await expect(page.getByRole('heading', { level: 1, name: 'library-busybox' })).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Tags' }).getByText('1.36', { exact: true })).toBeVisible();
  },
);

test(
  'key files chosen in the dialog of the system are listed where they are',
  { tag: '@electron' },
  async ({ startApp, dirs, configDir }) => {
    const chain = createTestChain({ length: 2 });
    const [keyPath, certPath] = ['release.key', 'release.crt'].map((name) => path.join(dirs.scratch, name)) as [
      string,
      string,
    ];
    await writeFile(keyPath, chain.keyPem, { mode: 0o600 });
    await writeFile(certPath, chain.chainPem);
    const app = (await startApp()) as RunningElectron;
    const { page } = app;
    await goTo(page, 'Keys and certificates');
    await page.getByRole('button', { name: 'Add key files…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add key files' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('release');
    // The first dialog is answered, the second cancelled: nothing is listed.
    await answerDialogs(app, keyPath);
    await dialog.getByRole('button', { name: 'Use files in place…' }).click();
    await expect(dialog.getByRole('button', { name: 'Use files in place…' })).toBeEnabled();
    await expect(dialog).toBeVisible();

    await answerDialogs(app, keyPath, certPath);
    await dialog.getByRole('button', { name: 'Use files in place…' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('grid', { name: 'Keys and certificates' }).getByText('release').first()).toBeVisible();
    const list = JSON.parse(await readFile(path.join(configDir, 'signingkeys.json'), 'utf8')) as unknown;
    expect(list).toMatchObject({ keys: [{ name: 'release', keyPath, certPath }] });
  },
);

test(
  'a folder chosen in the dialog of the system has the files of all keys that were moved there; two files those of one',
  { tag: '@electron' },
  async ({ startApp, dirs, configDir }) => {
    const chain = createTestChain({ length: 2 });
    const at = (name: string): string => path.join(dirs.scratch, name);
    await mkdir(at('moved'));
    for (const name of ['moved/release', 'other']) {
      await writeFile(at(`${name}.key`), chain.keyPem, { mode: 0o600 });
      await writeFile(at(`${name}.crt`), chain.chainPem);
    }
    const keys = ['release', 'spare'].map((name) => ({
      name,
      keyPath: `/old/${name}.key`,
      certPath: `/old/${name}.crt`,
    }));
    await writeFile(path.join(configDir, 'signingkeys.json'), JSON.stringify({ keys }));
    const app = (await startApp()) as RunningElectron;
    const { page } = app;
    await goTo(page, 'Keys and certificates');
    await page.getByRole('button', { name: 'Find the files…' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Find the files of keys again' });
    await answerDialogs(app, at('moved'));
    await dialog.getByRole('button', { name: 'Look in another folder…' }).click();
    await dialog.getByRole('button', { name: 'Change 1 entry' }).click();
    await answerDialogs(app, at('other.key'), at('other.crt'));
    await dialog.getByRole('button', { name: 'Choose the files of spare…' }).click();
    await dialog.getByRole('button', { name: 'Change 1 entry' }).click();
    await expect(dialog).toBeHidden();
    expect(JSON.parse(await readFile(path.join(configDir, 'signingkeys.json'), 'utf8'))).toEqual({
      keys: [
        { name: 'release', keyPath: at('moved/release.key'), certPath: at('moved/release.crt') },
        { name: 'spare', keyPath: at('other.key'), certPath: at('other.crt') },
      ],
    });
  },
);

test(
  'a policy is saved where the dialog of the system says',
  { tag: '@electron' },
  async ({ startApp, dirs, configDir }) => {
    const statement = { name: 'acme', registryScopes: ['*'], signatureVerification: { level: 'skip' } };
    const text = `${JSON.stringify({ version: '1.0', trustPolicies: [statement] })}\n`;
    await writeFile(path.join(configDir, 'trustpolicy.oci.json'), text);
    const app = (await startApp()) as RunningElectron;
    const { page } = app;
    await goTo(page, 'Trust policies');
    const saved = path.join(dirs.scratch, 'exported.json');
    await answerSaveDialog(app, saved);
    await page.getByRole('button', { name: 'Export' }).click();
    await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toBe(text);
  },
);
