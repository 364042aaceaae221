import { useEffect } from 'react';
import { useKnownSettings } from '../client/use-settings.ts';
import type { LocaleChoice } from '../locales/use-text.tsx';
import { useMedia } from '../ui/use-media.ts';

const keys = { theme: 'inkan.theme', language: 'inkan.language' } as const;

/** What counted last time, until the host has answered, so that nothing flashes. `system` is kept as nothing. */
function recall<V extends string>(key: string, known: readonly V[]): V | undefined {
  const kept = localStorage.getItem(key);
  return known.find((value) => value === kept);
}

function remember(key: string, value: string): void {
  if (value === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, value);
}

const recallTheme = () => recall(keys.theme, ['light', 'dark']) ?? 'system';
const recallLanguage = () => recall(keys.language, ['en', 'ja']) ?? 'system';

/** The theme of last time, before anything is drawn. */
export function applyLastTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const last = recallTheme();
  document.documentElement.dataset['theme'] = last === 'system' ? (dark ? 'dark' : 'light') : last;
}

/** Follows the settings: sets the theme on the page, gives the language and time zone. */
export function usePreferences(): LocaleChoice {
  const settings = useKnownSettings();
  const { theme, language } = settings ?? { theme: recallTheme(), language: recallLanguage() };
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const shown = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown;
  }, [shown]);
  useEffect(() => {
    if (!settings) return;
    remember(keys.theme, settings.theme);
    remember(keys.language, settings.language);
  }, [settings]);
  const ofSystem = navigator.language.startsWith('ja') ? 'ja' : 'en';
  return { language: language === 'system' ? ofSystem : language, timeZone: settings?.timeZone ?? 'local' };
}
