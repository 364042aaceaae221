import { ShieldCheck, ShieldMinus } from 'lucide-react';
import type { PolicyChange, PolicyComparison } from '../../../shared/model/policy-change.ts';
import { checkNames } from '../../../shared/model/trust-policy.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './history.module.css';

interface Group {
  /** Undefined for the document itself. */
  readonly statement: string | undefined;
  readonly changes: readonly PolicyChange[];
}

/** Differences of one statement stand together, in the order in which they were told. */
function toGroups(changes: readonly PolicyChange[]): readonly Group[] {
  const groups = new Map<string, PolicyChange[]>();
  for (const change of changes) {
    const key = change.statement === undefined ? '' : `=${change.statement}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, own]) => ({ statement: key === '' ? undefined : key.slice(1), changes: own }));
}

function changeText({ code, details }: PolicyChange, t: Translate): string {
  const check = checkNames.find((name) => name === details['check']);
  const none = (value: string | undefined) => (value === '' ? t('policyHistory.none') : (value ?? ''));
  const { value } = details;
  return t(`policyHistory.change_${code}`, {
    ...details,
    ...(value !== undefined && { value: value === '*' ? t('policyHistory.anybody') : value }),
    ...(code === 'global' ? {} : { from: none(details['from']), to: none(details['to']) }),
    ...(check && { check: t(`policies.check_${check}`) }),
  });
}

/** What two versions of a policy say differently, statement by statement. */
export function ChangeList({ comparison }: { readonly comparison: PolicyComparison }) {
  const t = useText();
  return (
    <ul className={styles.changes}>
      {toGroups(comparison.changes).map((group) => (
        <ChangeGroup key={group.statement ?? ''} group={group} />
      ))}
      {comparison.more > 0 && <li className="sub">{t('policyHistory.more', { count: comparison.more })}</li>}
    </ul>
  );
}

function ChangeGroup({ group: { statement, changes } }: { readonly group: Group }) {
  const t = useText();
  const name = statement === '' ? t('policyHistory.unnamed') : statement;
  const texts = changes.map((change) => changeText(change, t)).join(t('policies.semicolon'));
  return (
    <li>
      {name !== undefined && (
        <>
          <b>{t('policyHistory.ofStatement', { statement: name })}</b>{' '}
        </>
      )}
      <Untrusted text={texts} />
      <Effect changes={changes} />
    </li>
  );
}

/** Whether more or fewer signatures pass; said once for a statement, the looser first. */
function Effect({ changes }: { readonly changes: readonly PolicyChange[] }) {
  const t = useText();
  const effects = changes.map(({ effect }) => effect);
  const effect = (['looser', 'stricter'] as const).find((one) => effects.includes(one));
  if (!effect) return null;
  const Icon = effect === 'looser' ? ShieldMinus : ShieldCheck;
  return (
    <span className={styles.effect} data-effect={effect}>
      <Icon aria-hidden />
      {t(`policyHistory.${effect}`)}
    </span>
  );
}
