import { Check, CircleHelp, Minus, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import type { CertificateRevocation, RevocationQuestion } from '../../../shared/model/revocation.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { classes } from '../../ui/classes.ts';
import { Subject } from '../../ui/subject.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './revocation-details.module.css';

type Result = CertificateRevocation['result'];
const looks: Readonly<Record<Result, { readonly icon: LucideIcon; readonly colour: string | undefined }>> = {
  good: { icon: Check, colour: styles.good },
  revoked: { icon: X, colour: styles.revoked },
  unknown: { icon: CircleHelp, colour: styles.unknown },
  notRevocable: { icon: TriangleAlert, colour: styles.unasked },
};

/** Per certificate, leaf first: which server was asked, what it answered, and how old that answer is. */
export function RevocationDetails({ certificates }: { readonly certificates: readonly CertificateRevocation[] }) {
  return (
    <ul className={styles.list}>
      {certificates.map((certificate, position) => (
        <Certificate key={certificate.sha256} certificate={certificate} isRoot={position === certificates.length - 1} />
      ))}
    </ul>
  );
}

function Certificate({
  certificate: { subject, result, questions },
  isRoot,
}: {
  readonly certificate: CertificateRevocation;
  readonly isRoot: boolean;
}) {
  const t = useText();
  const { icon, colour } = looks[result];
  const Icon = isRoot ? Minus : icon;
  const word = isRoot ? t('verify.rootNotAsked') : t(`verify.revocation_${result}`);
  return (
    <li className={styles.certificate}>
      <Icon className={classes(isRoot ? styles.root : colour)} aria-hidden />
      <div>
        <Subject text={subject} />
        <span className={styles.word}>{word}</span>
        {questions.map((question, index) => (
          <Question key={index} question={question} />
        ))}
      </div>
    </li>
  );
}

function Question({ question }: { readonly question: RevocationQuestion }) {
  const t = useText();
  const { method, url, outcome, fault } = question;
  const isAnswer = outcome === 'good' || outcome === 'revoked' || outcome === 'unknown';
  return (
    <div className={styles.question}>
      <div>
        <b>{method === 'ocsp' ? 'OCSP' : 'CRL'}</b> <Untrusted text={url} mono limit={512} />
      </div>
      <div>{t(`verify.answer_${outcome}`)}</div>
      <Age question={question} />
      {!isAnswer && fault !== undefined && (
        <details>
          <summary>{t('verify.referenceSays')}</summary>
          <div className={styles.fault}>
            <Untrusted text={fault} limit={512} />
          </div>
        </details>
      )}
    </div>
  );
}

/** When it was asked and how long that took; how old the answer is and until when it counts. */
function Age({ question }: { readonly question: RevocationQuestion }) {
  const t = useText();
  const format = useFormat();
  const nowMs = useNow(60_000);
  const { askedAt, tookMs, fromCache, producedAt, thisUpdate, nextUpdate, revokedAt, outcome } = question;
  const made = producedAt ?? thisUpdate;
  const wasAsked = outcome !== 'offline' && outcome !== 'notHttp' && outcome !== 'addressRefused';
  const parts = [
    revokedAt !== undefined && t('verify.revokedOn', { time: format.dateTime(revokedAt) }),
    made !== undefined && t('verify.answerMade', { time: format.relative(made, nowMs) }),
    nextUpdate !== undefined && t('verify.answerCounts', { time: format.dateTime(nextUpdate) }),
    wasAsked && fromCache && t('verify.answerCached'),
    wasAsked && !fromCache && t('verify.answerAsked', { time: format.moment(askedAt, nowMs), ms: tookMs }),
  ].filter((part) => part !== false);
  const isFromFuture = made !== undefined && Date.parse(made) > Date.parse(askedAt) + 60_000;
  return (
    <>
      {parts.length > 0 && <div className={styles.age}>{parts.join(t('verify.answerJoint'))}</div>}
      {isFromFuture && <div className={styles.clock}>{t('verify.answerFromFuture')}</div>}
    </>
  );
}
