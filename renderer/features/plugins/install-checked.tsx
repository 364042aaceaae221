import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { WholeDigest } from '../../ui/copy.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './install.module.css';

export type OpenedPackage = NonNullable<OutputOf<'pluginPackages.openPackage'>['package']>;

/** What was found in a package before anything of it was run. */
export function InstallChecked({ opened, isAsked }: { readonly opened: OpenedPackage; readonly isAsked: boolean }) {
  const t = useText();
  const format = useFormat();
  const digest = `sha256:${opened.sha256}` as Digest;
  return (
    <>
      <Callout
        tone={opened.checksumGiven ? 'ok' : 'warn'}
        title={t(opened.checksumGiven ? 'pluginPackages.checksumRight' : 'pluginPackages.checksumNone')}
      >
        {!opened.checksumGiven && <p>{t('pluginPackages.checksumNoneText')}</p>}
      </Callout>
      <Facts
        items={[
          [t('pluginPackages.plugin'), <Untrusted key="plugin" text={opened.plugin} />],
          [t('pluginPackages.source'), <Untrusted key="from" text={opened.from} />],
          ['SHA-256', <WholeDigest key="digest" digest={digest} />],
        ]}
      />
      <Section title={t('pluginPackages.files', { count: opened.files.length })}>
        <ul className={styles.files}>
          {opened.files.map(({ name, size }) => (
            <li key={name}>
              <Untrusted text={name} mono />
              <span className="dim">
                {name === opened.program && `${t('pluginPackages.program')} · `}
                {format.bytes(size)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      {!isAsked && (
        <Callout tone="warn" title={t('pluginPackages.runs')}>
          <p>{t('pluginPackages.runsText')}</p>
        </Callout>
      )}
    </>
  );
}
