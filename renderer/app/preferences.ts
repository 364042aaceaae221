import { useEffect } from 'react';
import { useSettings } from '../client/use-settings.ts';
import type { LocaleChoice } from '../locales/use-text.tsx';
import { useMedia } from '../ui/use-media.ts';

const themeKey = 'inkan.theme';

/** The theme of last time, before the host has answered, so that nothing flashes. */
export function applyLastTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset['theme'] = localStorage.getItem(themeKey) ?? (dark ? 'dark' : 'light');
}

/** Follows the settings: sets the theme on the page, gives the language and time zone. */
export function usePreferences(): LocaleChoice {
  const { language, theme, timeZone } = useSettings();
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const shown = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown;
    if (theme === 'system') localStorage.removeItem(themeKey);
    else localStorage.setItem(themeKey, theme);
  }, [shown, theme]);
  const ofSystem = navigator.language.startsWith('ja') ? 'ja' : 'en';
  return { language: language === 'system' ? ofSystem : language, timeZone };
}
