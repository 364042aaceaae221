import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { openTag, prepareAuthority } from './places.ts';
import { closeSheet, goTo, makeTestCertificate, signWithChosenKey } from './steps.ts';

/** A policy under which every signature of the playground needs a timestamp. */
async function wantTimestamps(configDir: string): Promise<void> {
  const keys = JSON.parse(await readFile(path.join(configDir, 'signingkeys.json'), 'utf8')) as { default: string };
  const statement = {
    name: 'stamped',
    registryScopes: ['local/playground'],
    signatureVerification: { level: 'strict', verifyTimestamp: 'always' },
    trustStores: [`ca:${keys.default}`, 'tsa:clock'],
    trustedIdentities: ['*'],
  };
  const document = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
  await writeFile(path.join(configDir, 'trustpolicy.oci.json'), document);
}

test('a timestamp is asked for, refused when it is wrong, shown, and remembered', async ({ startApp, configDir }) => {
  const authority = await prepareAuthority(configDir);
  try {
    const { page } = await startApp();
    await makeTestCertificate(page);
    await wantTimestamps(configDir);
    await openTag(page, undefined, { tag: '1.0', scope: '' });

    await page.getByRole('button', { name: 'Sign…', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: /^Sign / });
    const verb = sheet.getByRole('button', { name: 'Sign this digest' });
    const address = sheet.getByRole('textbox', { name: 'Address of the authority' });
    await test.step('without an address and a root there is nothing to sign with', async () => {
      await sheet.getByRole('radio', { name: 'From an authority' }).click();
      await expect(sheet.getByText('give the address of the authority and its root certificate')).toBeVisible();
      await expect(verb).toBeDisabled();
      await address.fill('ftp://127.0.0.1/');
      await expect(sheet.getByText('Begin with http:// or https://.')).toBeVisible();
    });

    await test.step('an answer that does not count signs nothing', async () => {
      await address.fill(`http://${authority.address}/status/201`);
      await sheet.getByRole('button', { name: /Root certificate of the authority/ }).click();
      await page.getByRole('option', { name: /tsa:clock · root\.pem/ }).click();
      // The authority is good to a second, so a certificate must be older than that to have been valid for certain.
      await page.waitForTimeout(2100);
      await verb.click();
      await expect(sheet.getByRole('alert')).toContainText('gave no timestamp, so nothing was signed');
      await expect(sheet.getByRole('alert')).toContainText('HTTP status 201');
      await expect(page.getByText('No signature').first()).toBeAttached();
    });

    await test.step('the right address stamps, and the policy is content', async () => {
      await address.fill(`http://${authority.address}/`);
      await expect(sheet.getByText(`--timestamp-url http://${authority.address}/`).first()).toBeVisible();
      await signWithChosenKey(page);
      await closeSheet(page);
      await expect(page.getByRole('main').getByText('Verified under policy “stamped”.').first()).toBeVisible();
    });

    await test.step('the signature tells when, by whom and through which store', async () => {
      await page.getByRole('treegrid', { name: 'Attached to this artifact' }).getByRole('row').first().click();
      const inspector = page.getByRole('complementary', { name: 'Inspector' });
      await expect(inspector.getByText(/saw the signature on/).first()).toContainText('tsa:clock');
      await inspector.getByText('What the timestamp says').click();
      await expect(inspector.getByText('CN=tsa,O=Clock,C=JP').first()).toBeVisible();
      await inspector.getByRole('tab', { name: 'Envelope' }).click();
      await expect(inspector.getByText('± 1,000 ms')).toBeVisible();
      await inspector.getByText('Certificates of the authority (2)').click();
      await expect(
        inspector
          .getByText('For timestamps only', { exact: false })
          .or(inspector.getByText('timestamping and nothing else'))
          .first(),
      ).toBeVisible();
    });

    await test.step('the authority is offered the next time, until it is forgotten', async () => {
      await page.getByRole('button', { name: 'Sign…', exact: true }).click();
      await sheet.getByRole('radio', { name: 'From an authority' }).click();
      await expect(address).toHaveValue(`http://${authority.address}/`);
      await page.keyboard.press('Escape');
      await goTo(page, 'Settings');
      await page.getByRole('button', { name: `Forget http://${authority.address}/` }).click();
      await expect(page.getByText('An authority that stamped a signature for you')).toBeVisible();
    });
  } finally {
    await authority.stop();
  }
});
