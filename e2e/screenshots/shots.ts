import path from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../hosts/fixtures.ts';
import type { TestDirs } from '../hosts/host.ts';

const target = path.resolve(import.meta.dirname, '..', '..', 'dist', 'screenshots');
const themes = ['light', 'dark'] as const;
const languages = { en: 'en-US', ja: 'ja-JP' } as const;

/** A state of the world that screens are drawn in. */
export interface Scene<T> {
  /** Puts everything in place before the app starts; gives what the screens need to know of it. */
  prepare(dirs: TestDirs): Promise<T>;
  /** Ends what `prepare` started. */
  tidy(prepared: T): Promise<void>;
}

/** Goes to a screen, by routes and roles rather than by words, because it runs in every language. */
export type OpenScreen<T> = (page: Page, prepared: T) => Promise<void>;

interface ShotOptions {
  /** Every theme unless given. */
  readonly themes?: readonly (typeof themes)[number][];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Draws the screens of a scene in every theme and language, as `<name>.<theme>.<language>.png`. */
export function takeShots<T>(
  { prepare, tidy }: Scene<T>,
  screens: Readonly<Record<string, OpenScreen<T>>>,
  { themes: chosen = themes, viewport = { width: 1440, height: 900 } }: ShotOptions = {},
): void {
  for (const colorScheme of chosen) {
    for (const [language, locale] of Object.entries(languages)) {
      test.describe(`${colorScheme} ${language}`, () => {
        test.use({ colorScheme, locale, viewport });
        test(Object.keys(screens).join(', '), async ({ dirs, startApp }) => {
          test.setTimeout(180_000);
          const prepared = await prepare(dirs);
          try {
            const { page } = await startApp();
            for (const [name, open] of Object.entries(screens)) {
              await open(page, prepared);
              await settle(page);
              const file = path.join(target, `${name}.${colorScheme}.${language}.png`);
              await page.screenshot({ path: file, animations: 'disabled' });
            }
          } finally {
            await tidy(prepared);
          }
        });
      });
    }
  }
}

/** Goes to a route of the app. */
export async function go(page: Page, route: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate((hash) => (location.hash = hash), `#${route}`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
}

/** Waits until nothing is busy and no toast covers the screen. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.waitForTimeout(700);
}
