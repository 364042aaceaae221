import { Link } from '@tanstack/react-router';
import { LockOpen, Monitor, Moon, Sun, TriangleAlert } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Settings } from '../../shared/model/settings.ts';
import { useCall } from '../client/use-call.ts';
import { isScratch } from '../client/use-is-scratch.ts';
import { useSettings, useUpdateSettings } from '../client/use-settings.ts';
import { useLocale, useText } from '../locales/use-text.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useTellError } from '../ui/toast.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './shell.module.css';

export function StatusBar() {
  const t = useText();
  const host = useCall('app.describeHost', {}).data;
  const sources = useCall('registries.listSources', {}).data;
  const plain = sources?.sources.filter((source) => source.kind === 'registry' && source.insecure).length ?? 0;
  return (
    <footer className={styles.statusbar} aria-label={t('app.status')}>
      {host && (
        <Link to="/settings" className="cut">
          <Untrusted text={host.configuration.path} />
          {isScratch(host.configuration) && ` · ${t('app.statusScratch')}`}
        </Link>
      )}
      <PolicyState />
      {plain > 0 && (
        <span className={styles.statusWarn}>
          <LockOpen aria-hidden />
          {t('app.statusHttp', { count: plain })}
        </span>
      )}
      {host?.outdatedRuntime && (
        <span className={styles.statusWarn}>
          <TriangleAlert aria-hidden />
          {t('app.outdated')}
        </span>
      )}
      <span className={styles.statusEnd}>
        <ThemeMenu />
        <LanguageMenu />
      </span>
    </footer>
  );
}

function PolicyState() {
  const t = useText();
  const { data } = useCall('policies.readPolicy', {});
  if (!data) return null;
  if (data.text === null) return <Link to="/policies">{t('app.statusPolicyMissing')}</Link>;
  if (data.statements) return <Link to="/policies">{t('app.statusPolicies', { count: data.statements.length })}</Link>;
  return (
    <Link to="/policies" className={styles.statusWarn}>
      <TriangleAlert aria-hidden />
      {t('app.statusPolicyInvalid')}
    </Link>
  );
}

function useChange() {
  const update = useUpdateSettings();
  const tellError = useTellError();
  return (changes: Partial<Pick<Settings, 'theme' | 'language'>>) => update(changes, tellError);
}

function ThemeMenu() {
  const t = useText();
  const { theme } = useSettings();
  const change = useChange();
  const Icon = { system: Monitor, light: Sun, dark: Moon }[theme];
  const labels = { system: t('app.themeSystem'), light: t('app.themeLight'), dark: t('app.themeDark') };
  const entries = (['system', 'light', 'dark'] as const).map((id) => ({
    id,
    label: labels[id],
    onAction: () => change({ theme: id }),
  }));
  return (
    <MenuButton label={t('app.theme')} entries={entries}>
      <Button className={styles.statusButton ?? ''} aria-label={`${t('app.theme')}: ${labels[theme]}`}>
        <Icon aria-hidden />
      </Button>
    </MenuButton>
  );
}

function LanguageMenu() {
  const t = useText();
  const { language } = useLocale();
  const change = useChange();
  const labels = { system: t('app.systemLanguage'), en: 'English', ja: '日本語' };
  const entries = (['system', 'en', 'ja'] as const).map((id) => ({
    id,
    label: labels[id],
    onAction: () => change({ language: id }),
  }));
  return (
    <MenuButton label={t('app.language')} entries={entries}>
      <Button className={styles.statusButton ?? ''} aria-label={`${t('app.language')}: ${labels[language]}`}>
        {labels[language]}
      </Button>
    </MenuButton>
  );
}
