import type { AppliedPolicy, Reason, SignatureOutcome } from '../../../shared/model/verification.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Rich } from '../../ui/rich.tsx';
import { toX509Identity } from './fixes.ts';
import styles from './verify.module.css';

interface NextChangesProps {
  readonly outcome: SignatureOutcome;
  readonly policy: AppliedPolicy;
  readonly nowMs: number;
}

/** In how many milliseconds the first of the revocation lists must be renewed; answers of OCSP servers are asked for each time. */
function findNextList({ revocation = [] }: SignatureOutcome, nowMs: number): number | undefined {
  const ends = revocation
    .flatMap(({ questions }) => questions)
    .filter(({ method, outcome }) => method === 'crl' && outcome === 'good')
    .flatMap(({ nextUpdate }) => (nextUpdate === undefined ? [] : [Date.parse(nextUpdate) - nowMs]));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** What the end of the certificate will mean: a policy may ask for the timestamp only from then on. */
function endWords(isStamped: boolean, stamp: Reason | undefined, enforced: boolean): MessageKey {
  if (isStamped) return 'verify.nextCertificateEndsStamped';
  if (stamp?.details['because'] === 'notExpired') return 'verify.nextTimestampAsked';
  return enforced ? 'verify.nextCertificateEnds' : 'verify.nextCertificateWarns';
}

/** What would turn the verdict around next: time, or what somebody may do. */
export function NextChanges({ outcome, policy, nowMs }: NextChangesProps) {
  const t = useText();
  const format = useFormat();
  const { notAfter, expiry, anchor, signer, timestamp } = outcome;
  const endsIn = notAfter === undefined ? undefined : Date.parse(notAfter) - nowMs;
  const expiresIn = expiry === undefined ? undefined : Date.parse(expiry) - nowMs;
  const listEnds = findNextList(outcome, nowMs);
  const accepted = outcome.verdict === 'verified' || outcome.verdict === 'verifiedWithWarnings';
  const enforced = outcome.checks.some(({ check, action }) => check === 'authenticTimestamp' && action === 'enforce');
  const authenticity = outcome.checks.find(({ check }) => check === 'authenticity')?.reason.code;
  const stamp = outcome.checks.find(({ check }) => check === 'authenticTimestamp')?.reason;
  const isStamped = stamp?.code === 'timestamp.within';
  const name = policy.kind === 'applied' ? policy.name : '';
  const items = [
    accepted && endsIn !== undefined && endsIn > 0 && (
      <Rich id={endWords(isStamped, stamp, enforced)} values={{ span: format.span(endsIn) }} />
    ),
    isStamped && timestamp?.store !== undefined && (
      <Rich id="verify.nextTsaDeletion" values={{ store: timestamp.store, policy: name }} />
    ),
    stamp?.code === 'timestamp.missing' && <Rich id="verify.nextStampMissing" values={{}} />,
    stamp?.code === 'timestamp.chainNotTrusted' && timestamp && (
      <Rich id="verify.nextTsaStore" values={{ tsa: timestamp.signer, policy: name }} />
    ),
    !isStamped && endsIn !== undefined && endsIn <= 0 && (
      <Rich id="verify.nextCertificateEnded" values={{ span: format.span(endsIn) }} />
    ),
    accepted && expiresIn !== undefined && expiresIn > 0 && (
      <Rich id="verify.nextExpires" values={{ span: format.span(expiresIn) }} />
    ),
    accepted && listEnds !== undefined && <Rich id="verify.nextList" values={{ span: format.span(listEnds) }} />,
    accepted && anchor && <Rich id="verify.nextDeletion" values={{ store: anchor.store, policy: name }} />,
    policy.kind === 'notApplicable' && <Rich id="verify.nextPolicy" values={{ path: policy.selection.path }} />,
    authenticity === 'authenticity.chainNotTrusted' && <Rich id="verify.nextStore" values={{ policy: name }} />,
    authenticity === 'authenticity.identityMismatch' && signer !== undefined && (
      <Rich id="verify.nextIdentity" values={{ identity: toX509Identity(signer), policy: name }} />
    ),
  ].filter(Boolean);
  if (items.length === 0) return null;
  return (
    <section className={styles.sunken}>
      <h3>{t('verify.next')}</h3>
      <ul>
        {items.map((item, index) => (
          <li key={index}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
