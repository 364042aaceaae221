import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { installEndlessPlugin, installPlugin, writeKey } from '../interop/plugin-peers.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo, signWithChosenKey } from './steps.ts';

const authority = 'com.amazonaws.signer.notation.plugin';
const profile = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/Release';

const verifier = ['SIGNATURE_VERIFIER.TRUSTED_IDENTITY', 'SIGNATURE_VERIFIER.REVOCATION_CHECK'];

/** The process whose id is in a file is no more. */
async function expectEnded(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8'));
  const isThere = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isThere).toBe(false);
}

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

  await test.step('one that does not answer is stopped on request, with whatever it started', async () => {
    const pidFile = await installEndlessPlugin(configDir, authority, verifier);
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await page.getByRole('button', { name: 'Verify again' }).click();
    await expect.poll(() => existsSync(pidFile)).toBe(true);
    const cancel = page.getByRole('button', { name: 'Cancel verifying' });
    await cancel.click();
    await expect(page.getByText('Could not check: Cancelled.')).toBeVisible();
    await expect(page.getByRole('treegrid').getByText('Could not check')).toBeVisible();
    await expect(page.getByText('the verification did not come to an end')).toBeVisible();
    await expectEnded(pidFile);
    await expect(cancel).toBeHidden();
  });
});

test('a key is named to a plugin without being listed, and signing is cancelled', async ({
  startApp,
  dirs,
  configDir,
}) => {
  const id = await writeKey(path.join(dirs.scratch, 'keys'), 'release', createTestChain({ length: 2 }));
  await installPlugin(configDir, 'raw-plugin', 'com.example.files');
  const pidFile = await installEndlessPlugin(configDir, 'endless', ['SIGNATURE_GENERATOR.RAW']);
  const { page } = await startApp();
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  const verb = sheet.getByRole('button', { name: 'Sign this digest' });
  const choosePlugin = async (name: RegExp) => {
    await sheet.getByRole('button', { name: /Plugin$/ }).click();
    await page.getByRole('option', { name }).click();
  };

  await test.step('without a plugin and a key there is nothing to sign with', async () => {
    await sheet.getByRole('button', { name: 'A plugin’s key, without registering it…' }).click();
    await expect(sheet.getByText('choose the plugin and give the id of the key')).toBeVisible();
    await expect(verb).toBeDisabled();
  });

  await test.step('a plugin that does not answer is stopped, and nothing is pushed', async () => {
    await choosePlugin(/^endless/);
    await sheet.getByRole('textbox', { name: 'Key id' }).fill(id);
    await verb.click();
    await expect.poll(() => existsSync(pidFile)).toBe(true);
    await sheet.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(sheet.getByText('Nothing was signed and nothing was pushed.')).toBeVisible();
    await expectEnded(pidFile);
    await expect(page.getByText('No signature').first()).toBeAttached();
  });

  await test.step('the other one signs, and the command line names plugin and key', async () => {
    await choosePlugin(/^com\.example\.files/);
    await expect(sheet.getByText(`--plugin com.example.files --id ${id}`).first()).toBeVisible();
    await signWithChosenKey(page);
    await closeSheet(page);
    await goTo(page, 'Keys and certificates');
    await expect(page.getByText('release', { exact: true })).toBeHidden();
  });
});
