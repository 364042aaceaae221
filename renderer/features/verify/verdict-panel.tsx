import { Check, Minus } from 'lucide-react';
import type { Digest } from '../../../shared/model/digest.ts';
import type { AppliedPolicy, SignatureOutcome, VerificationReport } from '../../../shared/model/verification.ts';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { Facts } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CheckList } from './check-list.tsx';
import { checkWords } from './check-words.ts';
import { NextChanges } from './next-changes.tsx';
import { ReasonText } from './reason-text.tsx';
import { TimeBar } from './time-bar.tsx';
import styles from './verify.module.css';

interface VerdictPanelProps {
  readonly report: VerificationReport | undefined;
  readonly digest: Digest;
  /** Whether there is no report because the verification was stopped or could not be done. */
  readonly hasFailed?: boolean;
}

/** Why one signature is trusted or not: a sentence, the five checks with their evidence, time, and what would change it. */
export function VerdictPanel({ report, digest, hasFailed = false }: VerdictPanelProps) {
  const t = useText();
  if (!report) return <p className="sub">{t(hasFailed ? 'verify.sayNotChecked' : 'verify.checking')}</p>;
  const outcome = report.signatures.find(({ manifestDigest }) => manifestDigest === digest);
  const unreadable = report.unreadable.find(({ manifestDigest }) => manifestDigest === digest);
  if (unreadable) {
    return (
      <>
        <p className={styles.say}>{t('verify.sayUnreadable')}</p>
        <p className="sub">
          <ReasonText reason={unreadable.reason} />
        </p>
      </>
    );
  }
  if (!outcome) return <p className={styles.say}>{t('verify.sayNotJudged')}</p>;
  return <Judged report={report} outcome={outcome} />;
}

function Judged({ report, outcome }: { readonly report: VerificationReport; readonly outcome: SignatureOutcome }) {
  const t = useText();
  const currentMs = useNow(60_000);
  const asOf = report.simulated?.asOf;
  const nowMs = asOf === undefined ? currentMs : Date.parse(asOf);
  const metadata = Object.entries(outcome.userMetadata);
  return (
    <>
      <p className={styles.say}>
        <Say outcome={outcome} policy={report.policy} />
      </p>
      {outcome.fatal.length > 0 && (
        <ul className={styles.sunken}>
          {outcome.fatal.map((reason, index) => (
            <li key={index}>
              <ReasonText reason={reason} />
            </li>
          ))}
        </ul>
      )}
      <CheckList outcome={outcome} />
      <Identities outcome={outcome} />
      {metadata.length > 0 && (
        <section className={styles.block}>
          <h3>{t('verify.metadata')}</h3>
          <Facts
            items={metadata.map(([key, value]) => [
              <Untrusted key={key} text={key} />,
              <Untrusted key={key} text={value} />,
            ])}
          />
        </section>
      )}
      {outcome.notBefore !== undefined && (
        <section className={styles.block}>
          <h3>{t('verify.time')}</h3>
          <TimeBar outcome={outcome} nowMs={nowMs} />
        </section>
      )}
      <NextChanges outcome={outcome} policy={report.policy} nowMs={nowMs} />
      {!report.cli.succeeds && !report.simulated && (
        <section className={styles.sunken}>
          <h3>{t('verify.cliTitle')}</h3>
          <p className={styles.command}>{toVisibleText(report.cli.message)}</p>
        </section>
      )}
    </>
  );
}

/** The sentence above the checks. */
function Say({ outcome, policy }: { readonly outcome: SignatureOutcome; readonly policy: AppliedPolicy }) {
  const t = useText();
  const passed = (name: string) => outcome.checks.some(({ check, result }) => check === name && result === 'passed');
  const failed = outcome.checks.filter(({ result }) => result === 'failed' || result === 'inconclusive');
  const words = failed.map(({ check }) => t(checkWords[check]));
  if (outcome.fatal.length > 0) return t('verify.sayFatal');
  if (policy.kind === 'invalid') return t('verify.sayInvalidPolicy');
  if (policy.kind !== 'applied')
    return <Rich id="verify.sayNoPolicy" values={{ intact: String(passed('integrity')) }} />;
  const common = { policy: policy.name, level: policy.level };
  if (outcome.verdict === 'verified') {
    const evidence = { identity: outcome.matchedIdentity ?? '', store: outcome.anchor?.store ?? '' };
    return <Rich id="verify.sayVerified" values={{ ...common, ...evidence }} />;
  }
  if (outcome.verdict === 'verifiedWithWarnings')
    return <Rich id="verify.sayWarnings" values={{ ...common, checks: words.join(', ') }} />;
  return <Rich id="verify.sayNotTrusted" values={{ ...common, check: words[0] ?? '' }} />;
}

/** Each identity of the policy, and by which part of the name the signer misses it. */
function Identities({ outcome }: { readonly outcome: SignatureOutcome }) {
  const t = useText();
  if (!outcome.identityTrials || outcome.identityTrials.length === 0) return null;
  return (
    <section className={styles.block}>
      <h3>{t('verify.identities')}</h3>
      <div className={styles.identities}>
        {outcome.identityTrials.map(({ identity, matched, differences }) => (
          <div key={identity} className={styles.identity}>
            {matched ? (
              <Check className={styles.resultOk ?? ''} role="img" aria-label={t('verify.identityMatches')} />
            ) : (
              <Minus className={styles.resultMute ?? ''} aria-hidden />
            )}
            <span>
              <Untrusted text={identity} mono />
            </span>
            {differences.map(({ attribute, wanted, found }) => (
              <div key={attribute}>
                {found === undefined
                  ? t('verify.identityLacks', { attribute, wanted })
                  : t('verify.identityDiffers', { attribute, wanted, found })}
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
