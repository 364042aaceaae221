import type { Settings } from '../../../shared/model/settings.ts';
import { useUpdateSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Section } from '../../ui/page.tsx';
import { useTellError } from '../../ui/toast.tsx';
import styles from './settings.module.css';

/** Language, theme and time zone; each counts as soon as it is chosen. */
export function Appearance({ settings }: { readonly settings: Settings }) {
  const t = useText();
  const update = useUpdateSettings();
  const tellError = useTellError();
  return (
    <Section level="h2" title={t('settings.appearance')}>
      <div className={styles.row}>
        <span aria-hidden>{t('settings.language')}</span>
        <Segments
          label={t('settings.language')}
          value={settings.language}
          onChange={(language) => update({ language }, tellError)}
          choices={[
            { id: 'system', label: t('settings.languageSystem') },
            { id: 'en', label: 'English' },
            { id: 'ja', label: '日本語' },
          ]}
        />
      </div>
      <div className={styles.row}>
        <span aria-hidden>{t('settings.theme')}</span>
        <Segments
          label={t('settings.theme')}
          value={settings.theme}
          onChange={(theme) => update({ theme }, tellError)}
          choices={[
            { id: 'system', label: t('settings.themeSystem') },
            { id: 'light', label: t('settings.themeLight') },
            { id: 'dark', label: t('settings.themeDark') },
          ]}
        />
      </div>
      <div className={styles.row}>
        <span aria-hidden>{t('settings.timeZone')}</span>
        <Segments
          label={t('settings.timeZone')}
          value={settings.timeZone}
          onChange={(timeZone) => update({ timeZone }, tellError)}
          choices={[
            { id: 'local', label: t('settings.timeZoneLocal') },
            { id: 'utc', label: t('settings.timeZoneUtc') },
          ]}
        />
      </div>
    </Section>
  );
}
