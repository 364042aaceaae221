import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../locales/use-text.tsx';
import { Facts, Section } from '../../ui/page.tsx';

/** Versions, for those who report a fault. */
export function About({ host }: { readonly host: OutputOf<'app.describeHost'> }) {
  const t = useText();
  return (
    <Section level="h2" title={t('settings.about')}>
      <Facts
        items={[
          [t('settings.version'), host.version],
          [t('settings.host'), t(`settings.host_${host.host}`)],
          [t('settings.platform'), host.platform],
          ...Object.entries(host.runtime).map(([name, version]) => [name, version] as const),
          [t('settings.licence'), 'Apache-2.0'],
        ]}
      />
    </Section>
  );
}
