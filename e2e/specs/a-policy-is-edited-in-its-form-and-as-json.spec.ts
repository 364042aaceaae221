import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { goTo } from './steps.ts';

/** Members that no specification knows, in an order and a spacing that no program would write. */
const original = `{
    "x-owner": { "team": "platform",  "since": 2021.50 },
    "trustPolicies": [
        { "trustedIdentities": ["*"],
          "signatureVerification": { "x-note":"keep" , "level" : "permissive" },
          "x-ticket": 1042,
          "trustStores": ["ca:acme"],   "registryScopes": [ "localhost:5000/acme/app" ],
          "name": "acme" }
    ],

    "version": "1.0"
}
`;

function levelOf(page: Page, level: string) {
  return page.getByRole('radiogroup', { name: 'Level' }).getByRole('radio', { name: level, exact: true });
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Review changes/ }).click();
  const review = page.getByRole('dialog', { name: 'Review changes' });
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(review).toBeHidden();
}

test.describe('a policy in its form and as JSON', () => {
  let file: string;
  test.beforeEach(async ({ configDir }) => {
    file = path.join(configDir, 'trustpolicy.oci.json');
    await writeFile(file, original);
  });
  const readPolicy = (): Promise<string> => readFile(file, 'utf8');

  test('a change in the form changes exactly that in the file', async ({ page }) => {
    await goTo(page, 'Trust policies');
    const json = page.getByRole('textbox', { name: 'Trust policy as JSON' });
    await expect(levelOf(page, 'permissive')).toBeChecked();

    await test.step('the JSON beside the form follows, and the file waits for the review', async () => {
      await levelOf(page, 'strict').click();
      await expect(json).toContainText('"level" : "strict"');
      await expect(page.getByText('Unsaved draft')).toBeVisible();
      expect(await readPolicy()).toBe(original);
      await save(page);
      expect(await readPolicy()).toBe(original.replace('"permissive"', '"strict"'));
    });

    await test.step('a scope that is none shows its fault, keeps the draft from being saved, and is repaired by one click', async () => {
      await page.getByRole('combobox', { name: 'Add a scope' }).fill('localhost:5000/acme/web:1.0');
      await page.keyboard.press('Enter');
      const fault = page.getByRole('note').filter({ hasText: 'localhost:5000/acme/web:1.0' });
      await expect(fault.first()).toBeVisible();
      await page.getByRole('button', { name: /^Review changes/ }).click();
      const review = page.getByRole('dialog', { name: 'Review changes' });
      await expect(review.getByText('One fault keeps it from being saved.')).toBeVisible();
      await expect(review.getByRole('button', { name: 'Save' })).toBeDisabled();
      await review.getByRole('button', { name: 'Cancel' }).click();
      await fault.getByRole('button', { name: 'Use localhost:5000/acme/web' }).first().click();
      await expect(fault).toHaveCount(0);
      await expect(json).toContainText('"localhost:5000/acme/web"');
    });

    await test.step('undo takes back one change after the other', async () => {
      const undo = page.getByRole('button', { name: 'Undo' });
      await undo.click();
      await expect(json).toContainText('"localhost:5000/acme/web:1.0"');
      await undo.click();
      await expect(json).not.toContainText('acme/web');
      await expect(page.getByText('Unsaved draft')).toBeHidden();
      await undo.click();
      await expect(levelOf(page, 'permissive')).toBeChecked();
      await page.getByRole('button', { name: 'Redo' }).click();
      await expect(levelOf(page, 'strict')).toBeChecked();
      expect(await readPolicy()).toBe(original.replace('"permissive"', '"strict"'));
    });
  });

  test('when another program changes the file, both versions can be kept', async ({ page }) => {
    const conflict = page.getByRole('alert').filter({ hasText: 'Another program changed the policy file.' });
    await goTo(page, 'Trust policies');
    const json = page.getByRole('textbox', { name: 'Trust policy as JSON' });
    await expect(levelOf(page, 'permissive')).toBeChecked();

    const theirs = original.replace('1042', '1043');
    await test.step('their version stays in the file until the choice is made', async () => {
      await levelOf(page, 'strict').click();
      await writeFile(file, theirs);
      await expect(conflict).toBeVisible();
      await expect(levelOf(page, 'strict')).toBeChecked();
      await expect(json).toContainText('1042');
      expect(await readPolicy()).toBe(theirs);
    });

    await test.step('keeping mine puts it over theirs, after a review of the difference', async () => {
      await conflict.getByRole('button', { name: 'Keep mine' }).click();
      await expect(conflict).toBeHidden();
      expect(await readPolicy()).toBe(theirs);
      await page.getByRole('button', { name: /^Review changes/ }).click();
      await expect(page.getByRole('dialog', { name: 'Review changes' }).getByText('1043')).toBeVisible();
      await page.keyboard.press('Escape');
      await save(page);
      expect(await readPolicy()).toBe(original.replace('"permissive"', '"strict"'));
    });

    await test.step('loading theirs leaves mine one undo away', async () => {
      await levelOf(page, 'audit').click();
      await writeFile(file, theirs.replace('1043', '1044'));
      await expect(conflict).toBeVisible();
      await conflict.getByRole('button', { name: 'Load theirs' }).click();
      await expect(conflict).toBeHidden();
      await expect(json).toContainText('1044');
      await expect(levelOf(page, 'permissive')).toBeChecked();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(levelOf(page, 'audit')).toBeChecked();
      await expect(json).toContainText('1042');
      expect(await readPolicy()).toBe(theirs.replace('1043', '1044'));
    });
  });

  test('a policy is exported as it is and another one imported as a draft', async ({ page, dirs, host }) => {
    await goTo(page, 'Trust policies');
    await expect(levelOf(page, 'permissive')).toBeChecked();
    // The desktop asks where to save by a dialog of the system.
    if (host === 'loopback') {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export' }).click();
      const exported = await download;
      expect(exported.suggestedFilename()).toBe('trustpolicy.oci.json');
      expect(await readFile(await exported.path(), 'utf8')).toBe(original);
    }
    const other = original.replace('"acme"', '"imported"');
    const source = path.join(dirs.scratch, 'other.json');
    await writeFile(source, other);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import…' }).click();
    await (await chooser).setFiles(source);
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('imported');
    await expect(page.getByText('Unsaved draft')).toBeVisible();
    expect(await readPolicy()).toBe(original);
    await save(page);
    expect(await readPolicy()).toBe(other);
  });
});
