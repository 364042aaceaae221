import type { Page } from '@playwright/test';
import { expect } from '../hosts/fixtures.ts';

/** How a registry is to be spoken to, by the words of the dialog. */
type Connection = 'As notation decides' | 'Always HTTPS' | 'Always plain HTTP';

/** Adds a registry through the dialog; it is on the screen then, reached or not. */
export async function addRegistry(page: Page, host: string, connection?: Connection): Promise<void> {
  await page.getByRole('button', { name: 'Add registry or layout' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a registry or layout' });
  await dialog.getByRole('textbox', { name: 'Registry host' }).fill(host);
  if (connection) await dialog.getByRole('radio', { name: connection }).click();
  await dialog.getByRole('button', { name: 'Add registry' }).click();
  await expect(page.getByRole('heading', { level: 1, name: host })).toBeVisible();
}

/** Opens an entry of the menu of the source on the screen. */
export async function chooseOfSource(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'More about this source' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Goes to one of the screens at the left. */
export async function goTo(page: Page, screen: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Sources and tools' });
  await rail.getByRole('link', { name: new RegExp(`^${screen}`) }).click();
  await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
}

/** One click on the keys screen. */
export async function makeTestCertificate(page: Page): Promise<void> {
  await goTo(page, 'Keys and certificates');
  await page.getByRole('button', { name: 'Make test certificate' }).click();
  await expect(page.getByRole('grid', { name: 'Keys and certificates' })).toBeVisible();
}

/** Signs what is on the screen with the key that the sheet shows; leaves the sheet open at its result. */
export async function signWithChosenKey(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  if (!(await sheet.isVisible())) await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  await sheet.getByRole('button', { name: 'Sign this digest' }).click();
  await expect(sheet.getByText('Signed and pushed.')).toBeVisible();
}

/** Closes the sheet with the result of signing. */
export async function closeSheet(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  await sheet.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toBeHidden();
}

/** From a verdict's offer to the saved policy. */
export async function acceptProposal(page: Page, offer: RegExp): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: offer }).first().click();
  const review = page.getByRole('dialog', { name: 'Review the proposed change' });
  await review.getByRole('button', { name: /^Save/ }).click();
  await expect(review).toBeHidden();
}

/** Pastes a reference or a digest into the palette and takes its first offer. */
export async function paste(page: Page, reference: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await palette.getByRole('textbox').fill(reference);
  await palette
    .getByRole('menuitem', { name: /^(?:Open|Add) / })
    .first()
    .click();
}
