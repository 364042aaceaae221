import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import type { RunningApp } from '../hosts/host.ts';
import { prepareAuthority } from './places.ts';
import { acceptProposal, goTo, makeTestCertificate } from './steps.ts';

async function addFiles(page: Page, ...files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files…' }).click();
  await (await chooser).setFiles([...files]);
}

/** A global policy for files under which every signature needs a timestamp. */
async function wantTimestampsOfFiles(configDir: string): Promise<void> {
  const keys = JSON.parse(await readFile(path.join(configDir, 'signingkeys.json'), 'utf8')) as { default: string };
  const statement = {
    name: 'files',
    globalPolicy: true,
    signatureVerification: { level: 'strict', verifyTimestamp: 'always' },
    trustStores: [`ca:${keys.default}`, 'tsa:clock'],
    trustedIdentities: ['*'],
  };
  const document = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
  await writeFile(path.join(configDir, 'trustpolicy.blob.json'), document);
}

/** Where the signature is to be saved: told by a download in a browser, answered for the system's dialog in the desktop. */
async function saveSignature(app: RunningApp, target: string): Promise<void> {
  const save = app.page.getByRole('button', { name: 'Save the signature…' });
  if ('electron' in app) {
    await (app.electron as ElectronApplication).evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await save.click();
    await expect(save).toBeHidden();
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    return;
  }
  const download = app.page.waitForEvent('download');
  await save.click();
  await (await download).saveAs(target);
}

/** Whether a browser would ask before it leaves the page. */
function asksBeforeLeaving(page: Page): Promise<boolean> {
  return page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

const row = (page: Page, name: string) => page.getByRole('grid', { name: 'Files' }).getByRole('row', { name });

test('a file is signed, its policy made from the verdict, and the signature found beside it again', async ({
  dirs,
  configDir,
  startApp,
}) => {
  const [file, other] = ['app.tar.gz', 'notes.txt'].map((name) => path.join(dirs.scratch, name)) as [string, string];
  const signature = `${file}.jws.sig`;
  await writeFile(file, Buffer.alloc(1_300_000, 'inkan'));
  await writeFile(other, 'never signed');
  const app = await startApp();
  const { page } = app;
  await makeTestCertificate(page);
  await goTo(page, 'Files');
  await expect(page.getByText('No files yet.')).toBeVisible();

  await test.step('two files are added, and the chosen one is signed', async () => {
    await addFiles(page, file);
    await expect(row(page, 'app.tar.gz')).toContainText('No signature');
    await page.getByRole('button', { name: 'Sign…', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Sign app.tar.gz' });
    await expect(sheet.getByText(/^notation blob sign --key \S+ app\.tar\.gz$/)).toBeVisible();
    await sheet.getByRole('button', { name: 'Sign this file' }).click();
    await expect(sheet.getByText('Signed.', { exact: true })).toBeVisible();
    await sheet.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
    await expect(row(page, 'app.tar.gz')).toContainText('Not trusted');
    await expect(row(page, 'app.tar.gz')).toContainText('not saved');
    if (!('electron' in app)) expect(await asksBeforeLeaving(page)).toBe(true);
  });

  await test.step('nobody is trusted yet: the policy is proposed, reviewed and saved', async () => {
    await expect(page.getByText('Not trusted: there is no trust policy.')).toBeVisible();
    await acceptProposal(page, /Make a policy for this signer/);
    const policy = JSON.parse(await readFile(path.join(configDir, 'trustpolicy.blob.json'), 'utf8')) as {
      trustPolicies: readonly object[];
    };
    expect(policy.trustPolicies).toMatchObject([{ name: 'files', globalPolicy: true }]);
    expect(policy.trustPolicies[0]).not.toHaveProperty('registryScopes');
    await goTo(page, 'Files');
    await expect(row(page, 'app.tar.gz')).toContainText('Verified');
    await expect(page.getByText('Verified under policy “files”.')).toBeVisible();
  });

  await test.step('the signature is saved, and file and signature find each other again', async () => {
    await saveSignature(app, signature);
    expect(await asksBeforeLeaving(page)).toBe(false);
    await page.getByRole('button', { name: 'Take app.tar.gz off the list' }).click();
    await addFiles(page, signature, other, file);
    await expect(row(page, 'app.tar.gz')).toContainText('app.tar.gz.jws.sig');
    await expect(row(page, 'app.tar.gz')).toContainText('Verified');
    await expect(row(page, 'notes.txt')).toContainText('No signature');
  });

  await test.step('a file that was changed is not the one that was signed', async () => {
    await writeFile(file, Buffer.alloc(1_300_000, 'inkam'));
    await addFiles(page, file);
    await expect(row(page, 'app.tar.gz')).toContainText('Not trusted');
    await row(page, 'app.tar.gz').click();
    await expect(page.getByText('This is not the file that was signed', { exact: false }).first()).toBeVisible();
    await expect(
      page.getByText('notation blob verify --signature app.tar.gz.jws.sig app.tar.gz', { exact: false }).first(),
    ).toBeVisible();
  });

  await test.step('what is in the signature can be looked at', async () => {
    await page.getByRole('tab', { name: 'Envelope' }).click();
    await expect(page.getByText('RSASSA-PSS-SHA-256')).toBeVisible();
    await page.getByRole('tab', { name: 'Certificates' }).click();
    await expect(page.getByText('CN=', { exact: false }).first()).toBeVisible();
    await page.getByRole('tab', { name: 'Raw' }).click();
    await page.getByRole('button', { name: 'Inspect as notation does…' }).click();
    const dialog = page.getByRole('dialog', { name: 'The signature, inspected' });
    await expect(dialog.getByText('"signatureAlgorithm": "RSASSA-PSS-SHA-256",')).toBeVisible();
    await expect(dialog.getByText('notation blob inspect -o json app.tar.gz.jws.sig')).toBeVisible();
    await dialog.getByRole('radio', { name: 'Tree' }).click();
    await expect(dialog.getByText('├── signature algorithm: RSASSA-PSS-SHA-256')).toBeVisible();
  });
});

test('a file is signed with metadata and a timestamp, and verified with options', async ({
  dirs,
  configDir,
  startApp,
}) => {
  const authority = await prepareAuthority(configDir);
  try {
    const file = path.join(dirs.scratch, 'app.bin');
    await writeFile(file, 'hello');
    const { page } = await startApp();
    await makeTestCertificate(page);
    await wantTimestampsOfFiles(configDir);
    await goTo(page, 'Files');
    await addFiles(page, file);

    await test.step('it is signed once everything for a timestamp is there', async () => {
      await page.getByRole('button', { name: 'Sign…', exact: true }).click();
      const sheet = page.getByRole('dialog', { name: 'Sign app.bin' });
      const verb = sheet.getByRole('button', { name: 'Sign this file' });
      await sheet.getByRole('button', { name: 'Add a pair' }).click();
      await sheet.getByRole('textbox', { name: 'Name' }).fill('build');
      await sheet.getByRole('textbox', { name: 'Value' }).fill('42');
      await expect(sheet.getByText(/^notation blob sign --key \S+ -m build=42 app\.bin$/)).toBeVisible();
      await sheet.getByRole('radio', { name: 'From an authority' }).click();
      await sheet.getByRole('textbox', { name: 'Address of the authority' }).fill(`http://${authority.address}/`);
      await expect(verb).toBeDisabled();
      await sheet.getByRole('button', { name: /Root certificate of the authority/ }).click();
      await page.getByRole('option', { name: /tsa:clock · root\.pem/ }).click();
      await expect(sheet.getByText(`--timestamp-url http://${authority.address}/`).first()).toBeVisible();
      // The authority is good to a second, so a certificate must be older than that to have been valid for certain.
      await page.waitForTimeout(2100);
      await verb.click();
      await sheet.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
      await expect(row(page, 'app.bin')).toContainText('Verified');
      await expect(page.getByText(/saw the signature on/).first()).toContainText('tsa:clock');
    });

    await test.step('metadata that was not signed is missed', async () => {
      await page.getByRole('button', { name: 'Add a pair' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('build');
      await page.getByRole('textbox', { name: 'Value' }).fill('43');
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await expect(row(page, 'app.bin')).toContainText('Not trusted');
      await expect(
        page.getByText('notation blob verify --signature app.bin.jws.sig -m build=43 app.bin'),
      ).toBeVisible();
      await page.getByRole('textbox', { name: 'Value' }).fill('42');
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await expect(row(page, 'app.bin')).toContainText('Verified');
    });
  } finally {
    await authority.stop();
  }
});

test('files that are dropped anywhere on the window come to the files screen', async ({ page }) => {
  await goTo(page, 'Activity');
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['hello'], 'dropped.bin'));
    transfer.items.add(new File(['{}'], 'dropped.bin.jws.sig'));
    const target = document.querySelector('main') ?? document.body;
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible();
  await expect(row(page, 'dropped.bin')).toContainText('dropped.bin.jws.sig');
  await expect(row(page, 'dropped.bin')).toContainText('Not trusted');
});

test('a blob policy is edited in its form, apart from the policy of artifacts', async ({ page, configDir }) => {
  const file = path.join(configDir, 'trustpolicy.blob.json');
  const before = `{ "version": "1.0", "trustPolicies": [
    { "name": "releases", "signatureVerification": { "level": "strict" }, "trustStores": ["ca:acme"], "trustedIdentities": ["*"], "x-note": 1 }
] }
`;
  await writeFile(file, before);
  await goTo(page, 'Trust policies');
  await expect(page.getByText('No policy yet')).toBeVisible();
  await page.getByRole('radio', { name: 'Files' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('releases');
  await expect(page.getByRole('region', { name: 'Scopes' })).toBeHidden();
  await page.getByRole('checkbox', { name: 'Global: applies where no policy is named' }).click();
  await page.getByRole('button', { name: /^Review changes/ }).click();
  const review = page.getByRole('dialog', { name: 'Review changes' });
  await expect(review.getByText('notation blob policy import trustpolicy.blob.json')).toBeVisible();
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(review).toBeHidden();
  const after = await readFile(file, 'utf8');
  expect(JSON.parse(after)).toMatchObject({ trustPolicies: [{ name: 'releases', globalPolicy: true, 'x-note': 1 }] });
  expect(after.startsWith(before.slice(0, 40))).toBe(true);
});

test('an old trustpolicy.json is read, and written under the new name by one click', async ({ page, configDir }) => {
  const old = path.join(configDir, 'trustpolicy.json');
  const text = `{"version":"1.0","trustPolicies":[{"name":"old","registryScopes":["*"],"signatureVerification":{"level":"strict"},"trustStores":["ca:acme"],"trustedIdentities":["*"]}]}`;
  await writeFile(old, text);
  await goTo(page, 'Trust policies');
  await expect(page.getByText('Read from trustpolicy.json, the old name.')).toBeVisible();
  await page.getByRole('button', { name: 'Write it under the new name' }).click();
  await expect(page.getByText('Read from trustpolicy.json, the old name.')).toBeHidden();
  expect(await readFile(path.join(configDir, 'trustpolicy.oci.json'), 'utf8')).toBe(text);
  await expect(readFile(old, 'utf8')).rejects.toThrow('ENOENT');
});
