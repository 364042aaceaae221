import { Check, CircleHelp, Minus, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckResult, SignatureOutcome } from '../../../shared/model/verification.ts';
import { useText } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { actionWord, checkWords, resultWords, wasDone } from './check-words.ts';
import { ReasonText } from './reason-text.tsx';
import { RevocationDetails } from './revocation-details.tsx';
import { TimestampFacts } from './timestamp-facts.tsx';
import styles from './verify.module.css';

function lookOf(check: CheckResult): { readonly icon: LucideIcon; readonly colour: string | undefined } {
  const { result, action } = check;
  if (!wasDone(check)) return { icon: Minus, colour: styles.resultMute };
  if (result === 'passed') return { icon: Check, colour: styles.resultOk };
  if (result === 'inconclusive') return { icon: CircleHelp, colour: styles.resultErr };
  if (result !== 'failed') return { icon: Minus, colour: styles.resultMute };
  return action === 'log' ? { icon: TriangleAlert, colour: styles.resultWarn } : { icon: X, colour: styles.resultBad };
}

/** The five checks in the order they always stand in. */
export function CheckList({ outcome: { checks, revocation, timestamp } }: { readonly outcome: SignatureOutcome }) {
  const t = useText();
  return (
    <>
      {checks.map((check) => (
        <CheckItem key={check.check} check={check}>
          {check.check === 'authenticTimestamp' && timestamp && (
            <details open={check.result !== 'passed'}>
              <summary>{t('verify.stampDetails')}</summary>
              <TimestampFacts timestamp={timestamp} />
            </details>
          )}
          {check.check === 'revocation' && revocation?.some(({ questions }) => questions.length > 0) && (
            <details open={check.result !== 'passed'}>
              <summary>{t('verify.revocationDetails')}</summary>
              <RevocationDetails certificates={revocation} />
            </details>
          )}
        </CheckItem>
      ))}
    </>
  );
}

function CheckItem({ check, children }: { readonly check: CheckResult; readonly children: ReactNode }) {
  const t = useText();
  const { icon: Icon, colour } = lookOf(check);
  const { message } = check.reason;
  return (
    <div className={styles.check}>
      <Icon className={colour ?? ''} role="img" aria-label={t(resultWords[check.result])} />
      <b>{t(checkWords[check.check])}</b>
      <span className={styles.action}>{t(actionWord(check))}</span>
      <p>
        <ReasonText reason={check.reason} />
      </p>
      {message && check.result !== 'passed' && (
        <details>
          <summary>{t('verify.referenceSays')}</summary>
          <div className={styles.quote}>
            <Untrusted text={message} />
          </div>
        </details>
      )}
      {children}
    </div>
  );
}
