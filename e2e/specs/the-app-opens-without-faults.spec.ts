import { expect, test } from '../hosts/fixtures.ts';

test('the app opens, names itself, and shows a main area', async ({ page }) => {
  await expect(page).toHaveTitle(/Inkan/);
  await expect(page.getByRole('main')).toBeVisible();
});

test('the token of the run does not stay in the address', { tag: '@loopback' }, async ({ page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  expect(page.url()).not.toContain('token');
});
