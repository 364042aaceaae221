import { Check, Info, X } from 'lucide-react';
import { certificateRules, type CertificateRuleName, type RuleResult } from '../../shared/model/certificate.ts';
import { useText } from '../locales/use-text.tsx';
import styles from './certificate.module.css';
import { Section } from './page.tsx';
import { Untrusted } from './untrusted.tsx';

const icons = { holds: Check, broken: X, note: Info };

function isRuleName(rule: string): rule is CertificateRuleName {
  return certificateRules.some((known) => known === rule);
}

/** What a certificate or chain must be like, in plain words, each with a tick or a cross. */
export function CertificateRules({ title, rules }: { readonly title: string; readonly rules: readonly RuleResult[] }) {
  const t = useText();
  if (rules.length === 0) return null;
  const judged = rules.filter(({ status }) => status !== 'note');
  const holding = judged.filter(({ status }) => status === 'holds').length;
  return (
    <Section title={title} note={t('certificates.rulesHold', { count: holding, total: judged.length })}>
      <ul className={styles.rules}>
        {rules.map((result) => (
          <Rule key={result.rule} result={result} />
        ))}
      </ul>
    </Section>
  );
}

function Rule({ result: { rule, status, evidence, message } }: { readonly result: RuleResult }) {
  const t = useText();
  const Icon = icons[status];
  return (
    <li data-status={status}>
      <Icon role="img" aria-label={t(`certificates.status_${status}`)} aria-hidden={false} />
      <span>{isRuleName(rule) ? t(`certificates.rule_${rule}`) : rule}</span>
      {evidence && rule !== 'validNow' && (
        <em>
          <Untrusted text={evidence} />
        </em>
      )}
      {status === 'broken' && isRuleName(rule) && (
        <small className={styles.fix}>{t(`certificates.must_${rule}`)}</small>
      )}
      {status === 'broken' && message && (
        <small>
          <Untrusted text={message} />
        </small>
      )}
    </li>
  );
}
