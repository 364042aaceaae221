import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { acceptProposal, closeSheet, goTo, makeTestCertificate, signWithChosenKey } from './steps.ts';

test('a signature is judged as of another day and under a draft of the policy, and neither is taken for today’s verdict', async ({
  page,
}) => {
  const main = page.getByRole('main');
  const options = page.getByRole('dialog', { name: /with options$/ });
  const open = (): Promise<void> => openTag(page, undefined, { tag: '1.0', scope: '' });
  await makeTestCertificate(page);
  await open();
  await signWithChosenKey(page);
  await closeSheet(page);
  await acceptProposal(page, /Make a policy for this signer/);
  await open();
  await expect(main.getByText(/Verified under policy/).first()).toBeVisible();

  await test.step('on a day after the certificate has ended', async () => {
    await main.getByRole('button', { name: 'Verify with options…' }).click();
    const asOf = options.getByRole('textbox', { name: 'As of' });
    await asOf.fill('2100-02-30');
    await expect(options.getByText('Like 2027-01-31 or 2027-01-31 12:00.')).toBeVisible();
    await expect(options.getByRole('button', { name: 'Verify', exact: true })).toBeDisabled();
    await asOf.fill('2100-01-31');
    await expectNoViolations(page, 'verifying as of a day');
    await options.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(main.getByText('What would be, not the verdict of today')).toBeVisible();
    await expect(main.getByText('Not trusted: Authentic timestamp failed.')).toBeVisible();
    await expect(main.getByText(/^notation verify/)).toBeHidden();
  });

  await test.step('and today again', async () => {
    await main.getByRole('button', { name: 'Verify without' }).click();
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
    await expect(main.getByText('What would be, not the verdict of today')).toBeHidden();
  });

  await test.step('under the policy as it is being edited', async () => {
    await goTo(page, 'Trust policies');
    await page.getByRole('radiogroup', { name: 'Level' }).getByRole('radio', { name: 'skip', exact: true }).click();
    await expect(page.getByText('Unsaved draft')).toBeVisible();
    await open();
    await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
    await main.getByRole('button', { name: 'Verify with options…' }).click();
    await options
      .getByRole('checkbox', { name: /as it is being edited/ })
      .locator('..')
      .click();
    await options.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(main.getByText('under the unsaved policy')).toBeVisible();
    await expect(main.getByText(/Verified under policy/)).toBeHidden();
  });

  await test.step('nothing of it stands under Activity', async () => {
    await goTo(page, 'Activity');
    await expect(main.getByText('Verified', { exact: true }).first()).toBeVisible();
    await expect(main.getByText('Not trusted', { exact: true })).toHaveCount(0);
  });
});
