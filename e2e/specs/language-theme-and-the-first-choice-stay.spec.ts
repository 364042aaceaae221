import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { goTo } from './steps.ts';

/** What is in a folder, with the time of every change. */
async function stateOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const states = names.toSorted().map(async (name) => {
    const { mtimeMs, mode } = await stat(path.join(folder, name));
    const bytes = await readFile(path.join(folder, name)).catch(() => '');
    return `${name} ${String(mtimeMs)} ${String(mode)} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
  return Promise.all(states);
}

async function expectJapaneseAndDark(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible();
  const brightest = () =>
    page.evaluate(() =>
      Math.max(...[...getComputedStyle(document.body).backgroundColor.matchAll(/\d+/g)].slice(0, 3).map(Number)),
    );
  await expect.poll(brightest).toBeLessThan(80);
}

test('Japanese and the dark theme stay after a restart', async ({ startApp }) => {
  const first = await startApp();
  await goTo(first.page, 'Settings');
  await first.page.getByRole('radio', { name: '日本語' }).click();
  await first.page.getByRole('radiogroup', { name: 'テーマ' }).getByRole('radio').nth(2).click();
  await expectJapaneseAndDark(first.page);
  await first.stop();

  const { page } = await startApp();
  await page.getByRole('navigation').getByRole('link', { name: '設定' }).click();
  await expectJapaneseAndDark(page);
});

test('the scratch configuration, chosen on the first run, leaves the user’s own untouched', async ({
  startApp,
  dirs,
}) => {
  const own = path.join(dirs.home, '.config', 'notation');
  await mkdir(path.join(own, 'truststore', 'x509', 'ca', 'acme'), { recursive: true });
  await writeFile(path.join(own, 'signingkeys.json'), '{"keys":[]}');
  const before = await stateOf(own);
  const env = { NOTATION_CONFIG: '' };

  const first = await startApp({ env });
  const choice = first.page.getByRole('note').filter({ hasText: 'Which Notation configuration should Inkan use?' });
  await expect(choice).toContainText('.config/notation');
  await choice.getByRole('button', { name: 'Try in a scratch configuration' }).click();
  await expect(choice).toBeHidden();
  await expect(first.page.getByRole('contentinfo', { name: 'Status' })).toContainText('scratch configuration');
  await goTo(first.page, 'Keys and certificates');
  await first.page.getByRole('button', { name: 'Make test certificate' }).click();
  await expect(first.page.getByRole('grid', { name: 'Keys and certificates' })).toBeVisible();
  await first.stop();

  const { page } = await startApp({ env });
  await goTo(page, 'Keys and certificates');
  await expect(page.getByRole('grid', { name: 'Keys and certificates' })).toBeVisible();
  await expect(page.getByText('Which Notation configuration should Inkan use?')).toBeHidden();
  await goTo(page, 'Settings');
  await expect(page.getByRole('radio', { name: /^Scratch directory/ })).toBeChecked();

  const made = await readdir(dirs.inkanHome, { recursive: true });
  expect(made.filter((name) => name.endsWith('signingkeys.json'))).toHaveLength(1);
  expect(await stateOf(own)).toEqual(before);
  expect(await readdir(dirs.configDir)).toEqual([]);
});
