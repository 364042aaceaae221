import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { closeSheet, makeTestCertificate, signWithChosenKey } from './steps.ts';

const screens = [
  '/',
  '/keys',
  '/plugins',
  '/files',
  '/queues',
  '/lab',
  '/policies?document=blob',
  '/trust-stores',
  '/policies',
  '/activity',
  '/settings',
];

async function signTheSample(page: Page): Promise<void> {
  await makeTestCertificate(page);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await signWithChosenKey(page);
  await closeSheet(page);
  await expect(page.getByText('Not trusted: there is no trust policy.')).toBeVisible();
}

async function expectInspectionWithoutViolations(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Inspect as notation does…' }).click();
  const dialog = page.getByRole('dialog', { name: 'All signatures, inspected' });
  await expect(dialog.getByText('"signatures": [')).toBeVisible();
  await expectNoViolations(page, 'an inspection');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

async function expectOptionsWithoutViolations(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify with options…' }).click();
  const form = page.getByRole('dialog', { name: /with options$/ });
  await form.getByRole('button', { name: 'Add a pair' }).click();
  await form.getByRole('textbox', { name: 'Name' }).fill('build');
  await expectNoViolations(page, 'the options of verifying');
  await form.getByRole('textbox', { name: 'Value' }).fill('42');
  await form.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByText('Options of this verdict')).toBeVisible();
  await expectNoViolations(page, 'a verdict with options');
}

const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'high contrast': { forcedColors: 'active' },
} as const;

for (const [look, media] of Object.entries(looks)) {
  test(`no screen breaks a rule of accessibility, ${look}, English and Japanese @loopback`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await signTheSample(page);
    await expectNoViolations(page, 'a failing verdict');
    await page.getByRole('button', { name: 'Add registry or layout' }).click();
    await page.getByRole('dialog', { name: 'Add a registry or layout' }).waitFor();
    await expectNoViolations(page, 'adding a source');
    await page.keyboard.press('Escape');
    await expectInspectionWithoutViolations(page);
    await expectOptionsWithoutViolations(page);
    for (const language of ['English', '日本語']) {
      await page.evaluate(() => (location.hash = '#/settings'));
      await page.getByRole('radio', { name: language }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'English' ? 'en' : 'ja');
      for (const screen of screens) {
        await page.evaluate((path) => (location.hash = `#${path}`), screen);
        await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
        await expectNoViolations(page, `${screen} in ${language}`);
      }
    }
  });
}
