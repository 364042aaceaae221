import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { jumpTo, press, tabTo } from './keyboard-steps.ts';

interface Statement {
  readonly name: string;
  readonly registryScopes: readonly string[];
  readonly signatureVerification: { readonly level: string };
}

const statement = {
  name: 'prod',
  registryScopes: ['localhost:5000/web'],
  signatureVerification: { level: 'strict' },
  trustStores: ['ca:acme'],
  trustedIdentities: ['*'],
};

test('with the keyboard alone: a level, a scope, undo and redo, a second statement, the review and the file', async ({
  startApp,
  configDir,
}) => {
  const file = path.join(configDir, 'trustpolicy.oci.json');
  await writeFile(file, JSON.stringify({ version: '1.0', trustPolicies: [statement] }, undefined, 2));
  const readStatements = async (): Promise<readonly Statement[]> =>
    (JSON.parse(await readFile(file, 'utf8')) as { trustPolicies: readonly Statement[] }).trustPolicies;
  const { page } = await startApp();
  const main = page.getByRole('main');
  const json = main.getByRole('textbox', { name: 'Trust policy as JSON' });
  await jumpTo(page, 'Trust policies');

  await test.step('the level next to it is taken', async () => {
    const level = main.getByRole('radiogroup', { name: 'Level' });
    await tabTo(page, level.getByRole('radio', { name: 'strict', exact: true }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(level.getByRole('radio', { name: 'permissive', exact: true })).toBeChecked();
    await expect(json).toContainText('"permissive"');
  });

  await test.step('a scope is typed and entered, taken back and brought again', async () => {
    await tabTo(page, main.getByRole('combobox', { name: 'Add a scope' }));
    await page.keyboard.type('localhost:5000/api');
    await page.keyboard.press('Enter');
    await expect(json).toContainText('localhost:5000/api');
    await press(page, main.getByRole('button', { name: 'Undo' }));
    await expect(json).not.toContainText('localhost:5000/api');
    await press(page, main.getByRole('button', { name: 'Redo' }));
    await expect(json).toContainText('localhost:5000/api');
  });

  await test.step('a copy of the statement is made, and reads as one', async () => {
    await press(page, main.getByRole('button', { name: /Duplicate/ }));
    await expect(main.getByRole('textbox', { name: 'Name', exact: true })).not.toHaveValue('prod');
    await tabTo(page, main.getByRole('combobox', { name: 'Add a scope' }));
    await page.keyboard.type('localhost:5000/other');
    await page.keyboard.press('Enter');
  });

  await test.step('the change is reviewed and saved', async () => {
    await press(page, main.getByRole('button', { name: /^Review changes/ }));
    const review = page.getByRole('dialog', { name: 'Review changes' });
    await press(page, review.getByRole('button', { name: 'Save' }));
    await expect(review).toBeHidden();
    const [first, second] = await readStatements();
    expect(first).toMatchObject({
      signatureVerification: { level: 'permissive' },
      registryScopes: ['localhost:5000/web', 'localhost:5000/api'],
    });
    expect(second).toMatchObject({ registryScopes: ['localhost:5000/other'] });
    expect(second?.name).not.toBe(first?.name);
  });
});
