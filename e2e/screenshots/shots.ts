import path from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../hosts/fixtures.ts';
import type { TestDirs } from '../hosts/host.ts';

const target = path.resolve(import.meta.dirname, '..', '..', 'dist', 'screenshots');
const themes = ['light', 'dark'] as const;
const languages = { en: 'en-US', ja: 'ja-JP' } as const;

/** One screen to be drawn. */
export interface Shot {
  /** File name without theme, language and extension. */
  readonly name: string;
  /** Puts files in place before the app starts. */
  readonly prepare?: (dirs: TestDirs) => Promise<void>;
  /** Goes to the screen, by roles and routes rather than by words, because it runs in every language. */
  readonly open: (page: Page) => Promise<void>;
}

/** Draws a screen in every theme and language, as `<name>.<theme>.<language>.png`. */
export function takeShots({ name, prepare, open }: Shot): void {
  for (const colorScheme of themes) {
    for (const [language, locale] of Object.entries(languages)) {
      test.describe(`${colorScheme} ${language}`, () => {
        test.use({ colorScheme, locale });
        test(name, async ({ dirs, startApp }) => {
          await prepare?.(dirs);
          const { page } = await startApp();
          await open(page);
          await page.screenshot({
            path: path.join(target, `${name}.${colorScheme}.${language}.png`),
            animations: 'disabled',
          });
        });
      });
    }
  }
}
