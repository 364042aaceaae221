import { expect, test } from '../hosts/fixtures.ts';
import { openTag } from './places.ts';
import { acceptProposal, closeSheet, makeTestCertificate, signWithChosenKey } from './steps.ts';

test('metadata is signed along, and asked for when verifying', async ({ page }) => {
  await makeTestCertificate(page);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  const signing = page.getByRole('dialog', { name: /^Sign / });
  await signing.getByRole('button', { name: 'Add a pair' }).click();
  await signing.getByRole('textbox', { name: 'Name' }).fill('build');
  await signing.getByRole('textbox', { name: 'Value' }).fill('42');
  await signWithChosenKey(page);
  await closeSheet(page);
  await acceptProposal(page, /Make a policy for this signer/);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  const main = page.getByRole('main');
  await expect(main.getByText(/^Verified under policy/)).toBeVisible();

  const form = page.getByRole('dialog', { name: 'Verify 1.0 with options' });
  const verify = form.getByRole('button', { name: 'Verify', exact: true });
  await test.step('a pair without a value, and a limit that is none, verify nothing', async () => {
    await page.getByRole('button', { name: 'Verify with options…' }).click();
    await form.getByRole('button', { name: 'Add a pair' }).click();
    await form.getByRole('textbox', { name: 'Name' }).fill('build');
    await expect(form.getByText('Each pair needs a name and a value.')).toBeVisible();
    await expect(verify).toBeDisabled();
    await form.getByRole('textbox', { name: 'Value' }).fill('43');
    await form.getByRole('textbox', { name: 'Signatures at most' }).fill('0');
    await expect(form.getByText('A whole number from 1 to 10,000.')).toBeVisible();
    await expect(verify).toBeDisabled();
  });

  await test.step('metadata that was not signed refuses the signature, and the command line asks for it', async () => {
    await form.getByRole('textbox', { name: 'Signatures at most' }).fill('7');
    await verify.click();
    await expect(main.getByText('Options of this verdict', { exact: true })).toBeVisible();
    await expect(main.getByTestId('verdict')).toContainText('Not trusted: metadata that you require was not signed.');
    await expect(main.getByText(/^NOTATION_EXPERIMENTAL.* --max-signatures 7 -m build=43 /)).toBeVisible();
  });

  await test.step('the options are changed, and left again', async () => {
    await main.getByRole('button', { name: 'Change…' }).click();
    await expect(form.getByRole('textbox', { name: 'Signatures at most' })).toHaveValue('7');
    await form.getByRole('textbox', { name: 'Value' }).fill('42');
    await verify.click();
    await expect(main.getByText(/^Verified under policy/)).toBeVisible();
    await main.getByRole('button', { name: 'Verify without' }).click();
    await expect(main.getByText('Options of this verdict', { exact: true })).toBeHidden();
    await expect(main.getByText(/^Verified under policy/)).toBeVisible();
  });
});
