import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader, Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { ConfigurationChoice } from './configuration-choice.tsx';
import { RevocationSettings } from './revocation-settings.tsx';
import { SignatureLimit } from './signature-limit.tsx';
import { SigningDefaults } from './signing-defaults.tsx';
import styles from './settings.module.css';
import { TimestampAuthorities } from './timestamp-authorities.tsx';

/** Everything that can be set, and what this Inkan is. */
export function SettingsPage() {
  const t = useText();
  const settings = useCall('app.readSettings', {});
  const host = useCall('app.describeHost', {});
  return (
    <Page header={<PageHeader title={t('settings.title')} text={t('settings.lead')} />}>
      <div className={styles.body}>
        {host.data && host.data.warnings.length > 0 && (
          <Section level="h2" title={t('settings.warnings')} note={host.data.warnings.length}>
            <div className={styles.stack}>
              {host.data.warnings.map((warning, index) => (
                <ErrorCard key={`${warning.code} ${index}`} error={warning} />
              ))}
            </div>
          </Section>
        )}
        {host.data?.outdatedRuntime && <Callout tone="warn">{t('settings.outdated')}</Callout>}
        <Loaded query={settings} rows={3}>
          {(data) => (
            <>
              <Appearance settings={data} />
              <SigningDefaults />
              <SignatureLimit maxSignatures={data.maxSignatures} />
              <RevocationSettings settings={data} />
              <TimestampAuthorities authorities={data.timestampAuthorities} />
            </>
          )}
        </Loaded>
        <Loaded query={host} rows={3}>
          {(data) => (
            <>
              <ConfigurationChoice configuration={data.configuration} />
              <About host={data} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  );
}
