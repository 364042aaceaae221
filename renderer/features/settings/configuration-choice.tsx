import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './settings.module.css';

type Configuration = OutputOf<'app.describeHost'>['configuration'];

/** Whose keys, stores and policies are worked on. */
export function ConfigurationChoice({ configuration }: { readonly configuration: Configuration }) {
  const t = useText();
  const choose = useCommand('app.chooseConfiguration');
  const { choice, path, notationPath, scratchPath, fixedByEnvironment } = configuration;
  if (fixedByEnvironment) {
    return (
      <Section level="h2" title={t('settings.configuration')}>
        <Callout tone="plain" title={t('settings.fixed')}>
          <p>{t('settings.fixedText', { path })}</p>
        </Callout>
      </Section>
    );
  }
  const text = (words: string, where: string) => (
    <>
      {words}
      <br />
      <Untrusted text={where} mono />
    </>
  );
  return (
    <Section level="h2" title={t('settings.configuration')}>
      <div className={styles.stack}>
        {choice === 'unset' && <Callout tone="plain">{t('settings.unset')}</Callout>}
        <RadioCards
          label={t('settings.configurationChoice')}
          value={choice === 'unset' ? null : choice}
          onChange={(next) => choose.mutate({ choice: next })}
          choices={[
            { id: 'notation', label: t('settings.notation'), text: text(t('settings.notationText'), notationPath) },
            { id: 'scratch', label: t('settings.scratch'), text: text(t('settings.scratchText'), scratchPath) },
          ]}
        />
        <p className={styles.note}>{t('settings.configurationNote')}</p>
        {choose.isError && <ErrorCard error={choose.error} />}
      </div>
    </Section>
  );
}
