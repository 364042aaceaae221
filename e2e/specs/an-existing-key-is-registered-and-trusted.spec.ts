import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { createTestChain, issueCertificate, leafShape } from '../../electron/testing/chain-factory.ts';
import { toPem } from '../../electron/domain/x509/pem.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { openTag } from './places.ts';
import { acceptProposal, closeSheet, goTo, signWithChosenKey } from './steps.ts';

const chain = createTestChain({ length: 2 });
const rootDer = chain.ders.at(-1) ?? new Uint8Array();
const rootPem = toPem('CERTIFICATE', rootDer);
/** A certificate of the same form whose key is another one. */
const strangerPem = toPem('CERTIFICATE', issueCertificate(leafShape, undefined, 'somebody else').der);

async function chooseFiles(page: Page, button: string, files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('dialog').getByText(button, { exact: true }).click();
  await (await chooser).setFiles([...files]);
}

function readJson(file: string): Promise<unknown> {
  return readFile(file, 'utf8').then((text) => JSON.parse(text) as unknown);
}

test('a key with its chain is registered, trusted by its fingerprint, and signs what then verifies', async ({
  page,
  dirs,
  configDir,
}) => {
  const keyFile = path.join(dirs.scratch, 'release.key');
  const wrongFile = path.join(dirs.scratch, 'wrong.crt');
  await writeFile(keyFile, chain.keyPem);
  await writeFile(wrongFile, strangerPem);
  const localKeys = path.join(configDir, 'localkeys');
  const keyList = path.join(configDir, 'signingkeys.json');
  const table = page.getByRole('grid', { name: 'Keys and certificates' });

  await test.step('a pair that does not match is refused in plain words, and nothing is written', async () => {
    await goTo(page, 'Keys and certificates');
    await page.getByRole('button', { name: 'Add key files…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add key files' });
    await chooseFiles(page, 'Choose files…', [keyFile, wrongFile]);
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('release');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Key and certificate do not belong together.');
    await expect(dialog.getByRole('alert')).toContainText('Give the certificate of this key, leaf first.');
    expect(await readdir(localKeys).catch(() => [])).toEqual([]);
  });

  await test.step('with the right chain pasted it is on the list', async () => {
    const dialog = page.getByRole('dialog', { name: 'Add key files' });
    await dialog.getByRole('textbox', { name: 'Certificates (PEM)' }).fill(chain.chainPem);
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await expect(dialog).toBeHidden();
    await expect(table.getByRole('row', { name: /release/ })).toBeVisible();
    expect((await readdir(localKeys)).toSorted()).toEqual(['release.crt', 'release.key']);
  });

  await test.step('it becomes the default key', async () => {
    await table.getByRole('button', { name: 'Make release the default key' }).click();
    await expect(table.getByRole('img', { name: 'Default key' })).toBeVisible();
    expect(await readJson(keyList)).toMatchObject({ default: 'release', keys: [{ name: 'release' }] });
  });

  await test.step('its root is trusted once the whole fingerprint is confirmed', async () => {
    await goTo(page, 'Trust stores');
    await page.getByRole('button', { name: 'Add certificates…' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add certificates to a trust store' });
    await dialog.getByRole('textbox', { name: 'Or paste PEM' }).fill(rootPem);
    const shown = dialog.getByRole('list', { name: '1 certificate found' });
    const fingerprint = createHash('sha256').update(rootDer).digest('hex');
    await expect
      .poll(async () => (await shown.textContent())?.toLowerCase().replace(/[^0-9a-f]/g, ''))
      .toContain(fingerprint);
    const trust = dialog.getByRole('button', { name: 'Trust this certificate' });
    await expect(trust).toBeDisabled();
    await dialog.getByRole('checkbox', { name: 'The fingerprint above is the one that I expect' }).click();
    await dialog.getByRole('textbox', { name: 'Store name' }).fill('acme');
    await trust.click();
    await expect(dialog).toBeHidden();
    const files = await readdir(path.join(configDir, 'truststore', 'x509', 'ca', 'acme'));
    expect(files).toEqual(['root.crt']);
  });

  await test.step('what it signs is verified under a policy for it', async () => {
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await signWithChosenKey(page);
    await closeSheet(page);
    const main = page.getByRole('main');
    await expect(main.getByText('Not trusted: there is no trust policy.').first()).toBeVisible();
    await acceptProposal(page, /Make a policy for this signer/);
    expect(await readJson(path.join(configDir, 'trustpolicy.oci.json'))).toMatchObject({
      trustPolicies: [{ trustStores: ['ca:acme'] }],
    });
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
  });

  await test.step('taken off the list, its files stay', async () => {
    await goTo(page, 'Keys and certificates');
    await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Remove from list…' }).click();
    const confirm = page.getByRole('alertdialog', { name: 'Remove release from the list?' });
    await expect(confirm.getByText(/Its files stay where they are/)).toBeVisible();
    await confirm.getByRole('button', { name: 'Remove from list' }).click();
    await expect(page.getByText('No signing keys yet')).toBeVisible();
    expect(await readJson(keyList)).toMatchObject({ keys: [] });
    expect((await readdir(localKeys)).toSorted()).toEqual(['release.crt', 'release.key']);
    expect(await readFile(path.join(localKeys, 'release.key'), 'utf8')).toContain('PRIVATE KEY');
  });
});
