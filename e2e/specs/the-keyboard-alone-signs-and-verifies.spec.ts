import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { jumpTo, press, tabTo } from './keyboard-steps.ts';

async function openTheSample(page: Page): Promise<void> {
  await jumpTo(page, 'Playground');
  const tags = page.getByRole('grid', { name: 'Tags' });
  const row = tags.getByRole('row').filter({ has: page.getByRole('gridcell', { name: '1.0', exact: true }) });
  await tabTo(page, tags);
  const isThere = async () => (await row.getAttribute('id')) === (await tags.getAttribute('aria-activedescendant'));
  for (let step = 0; step < 10 && !(await isThere()); step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: ':1.0' })).toBeVisible();
}

test('with the keyboard alone: a key, the playground’s tag, a signature, a policy and the verdict @loopback', async ({
  page,
}) => {
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible();

  await jumpTo(page, 'Keys and certificates');
  await press(page, page.getByRole('button', { name: 'Make test certificate' }));
  await expect(page.getByRole('grid', { name: 'Keys and certificates' })).toBeVisible();

  await openTheSample(page);
  await press(page, page.getByRole('button', { name: 'Sign…', exact: true }));
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  await press(page, sheet.getByRole('button', { name: 'Sign this digest' }));
  await expect(sheet.getByText('Signed and pushed.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await expect(main.getByText('Not trusted: there is no trust policy.').first()).toBeVisible();
  await press(page, main.getByRole('link', { name: /Make a policy for this signer/ }));
  const review = page.getByRole('dialog', { name: 'Review the proposed change' });
  await press(page, review.getByRole('button', { name: 'Save' }));
  await expect(review).toBeHidden();

  await openTheSample(page);
  await expect(main.getByText(/Verified under policy/).first()).toBeVisible();
});
