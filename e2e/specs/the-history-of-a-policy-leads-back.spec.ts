import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { goTo } from './steps.ts';

const statement = {
  name: 'prod',
  registryScopes: ['localhost:5000/net-monitor'],
  signatureVerification: { level: 'strict' },
  trustStores: ['ca:acme'],
  trustedIdentities: ['*'],
};
const toText = (change: object = {}) =>
  JSON.stringify({ version: '1.0', trustPolicies: [{ ...statement, ...change }] }, undefined, 2);

async function openHistory(page: Page) {
  await page.getByRole('button', { name: 'History' }).click();
  const sheet = page.getByRole('dialog', { name: 'History of this policy' });
  await expect(sheet.getByRole('list', { name: 'Versions' })).toBeVisible();
  return sheet;
}

test('each version of a policy says what it changed, whoever wrote it, and an older one is restored after a review', async ({
  page,
  configDir,
}) => {
  const file = path.join(configDir, 'trustpolicy.oci.json');
  await writeFile(file, toText());
  await goTo(page, 'Trust policies');
  const level = page.getByRole('radiogroup', { name: 'Level' });
  await expect(level.getByRole('radio', { name: 'strict' })).toBeChecked();

  await test.step('a change saved here and one of another program stand in the history by their meaning', async () => {
    await level.getByRole('radio', { name: 'permissive' }).click();
    await page.getByRole('button', { name: /^Review changes/ }).click();
    const review = page.getByRole('dialog', { name: 'Review changes' });
    await expect(review.getByText('level strict → permissive')).toBeVisible();
    await review.getByRole('button', { name: 'Save' }).click();
    await expect(review).toBeHidden();
    await writeFile(
      file,
      toText({ signatureVerification: { level: 'permissive' }, trustStores: ['ca:acme', 'tsa:corp'] }),
    );
    await expect(page.getByText('tsa:corp', { exact: true })).toBeVisible();
    const sheet = await openHistory(page);
    await expect(sheet.getByText('prod: store tsa:corp added')).toBeVisible();
    await expect(sheet.getByText('prod: level strict → permissive')).toBeVisible();
    await expect(sheet.getByText('Saved with Inkan')).toHaveCount(1);
    await expect(sheet.getByText('Changed by another program')).toHaveCount(2);
    await expectNoViolations(page, 'the history of a policy');
  });

  await test.step('the first version is compared with the draft and restored', async () => {
    const sheet = page.getByRole('dialog', { name: 'History of this policy' });
    await sheet.getByRole('button', { name: /^Version 1/ }).click();
    await expect(sheet.getByRole('region', { name: 'Version 1 → Draft' })).toBeVisible();
    await sheet.getByRole('button', { name: 'Restore this version…' }).click();
    const review = page.getByRole('dialog', { name: 'Review changes' });
    await expect(review.getByText('level permissive → strict; store tsa:corp removed')).toBeVisible();
    await review.getByRole('button', { name: 'Save' }).click();
    await expect(review).toBeHidden();
    expect(await readFile(file, 'utf8')).toBe(toText());
    const again = await openHistory(page);
    await expect(again.getByText('The same as version 1.')).toBeVisible();
  });
});
