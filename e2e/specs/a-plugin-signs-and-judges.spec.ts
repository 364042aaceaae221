import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { installPlugin, writeKey } from '../interop/plugin-peers.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo } from './steps.ts';

const authority = 'com.amazonaws.signer.notation.plugin';
const profile = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/Release';

test('a key of a plugin is listed and signs, and the plugin judges the signature once it is enabled', async ({
  startApp,
  dirs,
  configDir,
}) => {
  const chain = createTestChain({ length: 2 });
  const keyFolder = path.join(dirs.scratch, 'profiles');
  await writeKey(keyFolder, 'Release', chain);
  await installPlugin(configDir, 'envelope-plugin', authority);
  const store = path.join(configDir, 'truststore', 'x509', 'signingAuthority', 'aws-signer-ts');
  await mkdir(store, { recursive: true });
  await writeFile(path.join(store, 'root.crt'), chain.ders.at(-1) ?? '');
  const statement = {
    name: 'signer',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict' },
    trustStores: ['signingAuthority:aws-signer-ts'],
    trustedIdentities: [profile],
  };
  await writeFile(
    path.join(configDir, 'trustpolicy.oci.json'),
    JSON.stringify({ version: '1.0', trustPolicies: [statement] }),
    { mode: 0o600 },
  );
  const { page } = await startApp();

  await test.step('the plugin is listed with what it can do, and a wrong key id is refused in the form', async () => {
    await goTo(page, 'Plugins');
    await expect(page.getByRole('button', { name: new RegExp(authority) })).toContainText('Makes envelopes');
    await page.getByRole('main').getByRole('button', { name: 'Add key of a plugin' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a key of a plugin' });
    await dialog.getByRole('textbox', { name: 'Name in the list' }).fill('release');
    await dialog.getByRole('textbox', { name: 'Key id' }).fill('Release');
    await expect(dialog.getByText('The ARN of a signing profile')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Key id' }).fill(profile);
    await dialog.getByRole('button', { name: 'Add a setting' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('key-folder');
    await dialog.getByRole('textbox', { name: 'Value', exact: true }).fill(keyFolder);
    await dialog.getByRole('checkbox', { name: 'Make it the default key' }).click();
    await expect(dialog.getByText(/notation key add --plugin/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(
      page.getByRole('grid', { name: 'Keys and certificates' }).getByText('release', { exact: true }),
    ).toBeVisible();
  });

  await test.step('it signs', async () => {
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await page.getByRole('button', { name: 'Sign…', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: /^Sign / });
    await expect(sheet.getByText(/It is started when you sign/)).toBeVisible();
    await sheet.getByRole('button', { name: 'Sign this digest' }).click();
    await expect(sheet.getByText('Signed and pushed.')).toBeVisible();
    await closeSheet(page);
    await expect(page.getByText(/installed but not enabled for verification/).first()).toBeVisible();
  });

  await test.step('enabled, it judges the signature, and the console shows what it was asked', async () => {
    await goTo(page, 'Plugins');
    await page.getByRole('checkbox', { name: 'Signatures may ask for this plugin' }).click();
    await expect(page.getByText(/It is started when a signature names it/)).toBeVisible();
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await expect(page.getByText(/accepts the signer/).first()).toBeVisible();
    await goTo(page, 'Plugins');
    await page.getByRole('tab', { name: 'Console' }).click();
    await expect(page.getByText('verify-signature').first()).toBeVisible();
    await page.getByText('generate-envelope').first().click();
    await expect(page.getByText(/signatureEnvelopeType/).first()).toBeVisible();
  });
});
