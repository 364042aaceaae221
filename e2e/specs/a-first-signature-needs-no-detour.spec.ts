import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { acceptProposal, closeSheet, signWithChosenKey } from './steps.ts';

test('with no key yet, signing makes one on the way, and one more click trusts it', async ({ page, configDir }) => {
  const main = page.getByRole('main');
  await page.getByRole('grid', { name: 'Tags' }).getByText('1.0', { exact: true }).click();
  await main.getByRole('button', { name: 'Sign…', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: /^Sign / });

  await test.step('the files of a test key are named before it is made', async () => {
    await expect(sheet.getByText('There is no key to sign with yet.')).toBeVisible();
    await expect(sheet.getByText('signingkeys.json')).toBeVisible();
    await expect(sheet.getByRole('button', { name: 'Sign this digest' })).toBeDisabled();
    await expectNoViolations(page, 'signing without a key');
    await expect(readFile(path.join(configDir, 'signingkeys.json'))).rejects.toThrow('ENOENT');
  });

  await test.step('one click, and the sheet signs with it', async () => {
    await sheet.getByRole('button', { name: 'Make a test key' }).click();
    await expect(sheet.getByRole('button', { name: /test-key \(default\).*Key$/ })).toBeVisible();
    const list = await readFile(path.join(configDir, 'signingkeys.json'), 'utf8');
    expect(JSON.parse(list)).toMatchObject({ default: 'test-key', keys: [{ name: 'test-key' }] });
    await signWithChosenKey(page);
    await closeSheet(page);
  });

  await test.step('the verdict offers what is missing', async () => {
    await acceptProposal(page, /Make a policy for this signer/);
    await page.goBack();
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
  });
});
