import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../locales/use-text.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

export type AskedPackage = OutputOf<'pluginPackages.askPackage'>;

const tones = { new: 'plain', newer: 'plain', same: 'warn', older: 'warn', broken: 'warn' } as const;

/** What the plugin says of itself, and how it stands to the one that is installed. */
export function InstallMetadata({
  asked: { metadata, change, installedVersion = '' },
}: {
  readonly asked: AskedPackage;
}) {
  const t = useText();
  const { version, description, url, capabilities } = metadata;
  return (
    <>
      <Section title={t('pluginPackages.says')}>
        <Facts
          items={[
            [t('pluginPackages.version'), <Untrusted key="version" text={version} mono />],
            [t('pluginPackages.description'), <Untrusted key="description" text={description} />],
            [t('pluginPackages.url'), <Untrusted key="url" text={url} />],
            [t('pluginPackages.capabilities'), <Untrusted key="capabilities" text={capabilities.join(', ')} mono />],
          ]}
        />
      </Section>
      {change !== 'new' && (
        <Callout
          tone={tones[change]}
          title={t(`pluginPackages.change_${change}`, { version, installed: installedVersion })}
        />
      )}
    </>
  );
}
