import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { closeSheet, goTo, signWithChosenKey } from './steps.ts';

interface Statement {
  readonly trustStores: readonly string[];
  readonly trustedIdentities: readonly string[];
}

/** A default key whose certificate no store holds, as a stranger's is. */
async function makeStrangersKey(page: Page, name: string): Promise<void> {
  await goTo(page, 'Keys and certificates');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  const trust = page.getByRole('checkbox', { name: /^Trust it/ });
  if (await trust.isChecked()) await trust.locator('..').click();
  const makeDefault = page.getByRole('checkbox', { name: /Make it the default key/ });
  if (!(await makeDefault.isChecked())) await makeDefault.locator('..').click();
  await page.getByRole('button', { name: 'Make test certificate' }).click();
  await expect(page.getByRole('grid', { name: 'Keys and certificates' }).getByText(name).first()).toBeVisible();
}

async function openTag(page: Page, tag: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sources and tools' })
    .getByRole('link', { name: /^Playground/ })
    .click();
  await page.getByRole('grid', { name: 'Tags' }).getByText(tag, { exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `:${tag}` }).waitFor();
}

/** From the verdict's offer over the certificate's fingerprint to the saved policy. */
async function trustAndSave(page: Page, offer: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: offer }).click();
  const adding = page.getByRole('dialog', { name: 'Add certificates to a trust store' });
  await adding
    .getByRole('checkbox', { name: /fingerprint above is the one/ })
    .locator('..')
    .click();
  await adding.getByRole('button', { name: 'Trust this certificate' }).click();
  const review = page.getByRole('dialog', { name: 'Review the proposed change' });
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(review).toBeHidden();
}

test('a signer whom no store knows is trusted from the verdict, and then one more', async ({ page, configDir }) => {
  const main = page.getByRole('main');
  const readStatements = async (): Promise<readonly Statement[]> => {
    const text = await readFile(path.join(configDir, 'trustpolicy.oci.json'), 'utf8');
    return (JSON.parse(text) as { trustPolicies: readonly Statement[] }).trustPolicies;
  };

  await test.step('without a policy: the certificate first, then the statement that names its store', async () => {
    await makeStrangersKey(page, 'first');
    await openTag(page, '1.0');
    await signWithChosenKey(page);
    await closeSheet(page);
    await trustAndSave(page, 'Make a policy for this signer…');
    expect(await readStatements()).toMatchObject([
      { trustStores: ['ca:first'], trustedIdentities: [expect.stringContaining('CN=first')] },
    ]);
    await openTag(page, '1.0');
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
  });

  await test.step('under a policy: one change adds both the store and the signer', async () => {
    await makeStrangersKey(page, 'second');
    await openTag(page, '1.1');
    await signWithChosenKey(page);
    await closeSheet(page);
    await expect(main.getByText('Not trusted: no trusted certificate matches.')).toBeVisible();
    await trustAndSave(page, 'Trust this certificate…');
    const [statement, ...others] = await readStatements();
    expect(others).toEqual([]);
    expect(statement?.trustStores).toContain('ca:first');
    expect(statement?.trustedIdentities).toEqual([
      expect.stringContaining('CN=first'),
      expect.stringContaining('CN=second'),
    ]);
    await openTag(page, '1.1');
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
    await openTag(page, '1.0');
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
  });
});
