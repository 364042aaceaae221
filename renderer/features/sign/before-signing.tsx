import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useText } from '../../locales/use-text.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Findings } from './findings.tsx';
import type { Missing } from './sign-draft.ts';

const words: Readonly<Record<Missing, MessageKey>> = {
  pluginKey: 'sign.pluginKeyMissing',
  timestamp: 'sign.timestampMissing',
  pair: 'verifyForm.half',
};

interface BeforeSigningProps {
  /** What the form still needs. */
  readonly missing: Missing | undefined;
  readonly findings: OutputOf<'sign.planSign'>['findings'] | undefined;
  readonly error: Error | null;
}

/** What the form lacks, and what is worth knowing of what it has. */
export function BeforeSigning({ missing, findings, error }: BeforeSigningProps) {
  const t = useText();
  return (
    <Section title={t('sign.before')}>
      {error && <ErrorCard error={error} />}
      {missing && (
        <Callout compact tone="warn">
          {t(words[missing])}
        </Callout>
      )}
      {findings && <Findings findings={findings} />}
      {!findings && !error && !missing && <p className="sub">{t('sign.planning')}</p>}
    </Section>
  );
}
