import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';

test('a sheet tells all keys, and a question mark that is typed stays one', async ({ page }) => {
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await expect(sheet.getByText('Search, or paste a reference or certificate')).toBeVisible();
  await expectNoViolations(page, 'the keyboard shortcuts');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const filter = page.getByRole('main').getByRole('searchbox').first();
  await filter.focus();
  await page.keyboard.type('what?');
  await expect(filter).toHaveValue('what?');
  await expect(sheet).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('shortcuts');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});
