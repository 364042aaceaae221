import { Link } from '@tanstack/react-router';
import {
  Ban,
  Check,
  Clock3,
  Hourglass,
  Minus,
  PenLine,
  ShieldQuestionMark,
  Tag,
  UserX,
  X,
  type LucideIcon,
} from 'lucide-react';
import { labSourceId, type LabDrill, type LabDrillState } from '../../../shared/model/lab.ts';
import type { CheckName } from '../../../shared/model/trust-policy.ts';
import type { CheckResult, VerificationReport } from '../../../shared/model/verification.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './lab.module.css';
import { useLabVerdict } from './use-lab-verdict.ts';

export const drillIcons: Readonly<Record<LabDrill, LucideIcon>> = {
  wrongStore: ShieldQuestionMark,
  wrongIdentity: UserX,
  expired: Hourglass,
  tampered: PenLine,
  movedTag: Tag,
  revoked: Ban,
  missingTimestamp: Clock3,
};
const checkWords: Readonly<Record<CheckName, MessageKey>> = {
  integrity: 'verify.checkIntegrity',
  authenticity: 'verify.checkAuthenticity',
  authenticTimestamp: 'verify.checkAuthenticTimestamp',
  expiry: 'verify.checkExpiry',
  revocation: 'verify.checkRevocation',
};

interface DrillCardProps {
  readonly drill: LabDrill;
  /** Absent: not made yet. */
  readonly state: LabDrillState | undefined;
  readonly isRunning: boolean;
  readonly isDisabled: boolean;
  readonly onRun: () => void;
}

/** One drill: what it does; once it was run, what should be seen and what is, and what to learn from it. */
export function DrillCard({ drill, state, isRunning, isDisabled, onRun }: DrillCardProps) {
  const t = useText();
  const Icon = drillIcons[drill];
  const title = t(`lab.${drill}_title`);
  return (
    <li className={styles.drill} aria-label={title}>
      <header>
        <Icon aria-hidden />
        <h3>{title}</h3>
        {state && <TestMark />}
        <Button
          size="small"
          aria-label={t(state ? 'lab.againOf' : 'lab.runOf', { title })}
          isPending={isRunning}
          isDisabled={isDisabled}
          onPress={onRun}
        >
          {t(state ? 'lab.again' : 'lab.run')}
        </Button>
      </header>
      <p>{t(`lab.${drill}_story`)}</p>
      {state && <Outcome state={state} />}
    </li>
  );
}

function Outcome({ state }: { readonly state: LabDrillState }) {
  const t = useText();
  const { drill, tag, expected } = state;
  const verdict = useLabVerdict(tag);
  const report = verdict.data;
  return (
    <div className={styles.result}>
      <div className={styles.column}>
        <dl className={styles.outcome}>
          <dt>{t('lab.expected')}</dt>
          <dd>
            <VerdictChip verdict={expected.verdict} />
            {expected.check && (
              <span className="sub">{t('lab.failsAt', { check: t(checkWords[expected.check]) })}</span>
            )}
          </dd>
          <dt>{t('lab.seen')}</dt>
          <dd>
            <VerdictChip verdict={report?.verdict ?? (verdict.isError ? 'couldNotCheck' : 'checking')} />
            {report && <Checks report={report} />}
          </dd>
        </dl>
        {verdict.isError && <ErrorCard error={verdict.error} onRetry={() => void verdict.refetch()} />}
        {report && <Match state={state} report={report} />}
      </div>
      <div className={styles.column}>
        <dl className={styles.lesson}>
          <dt>{t('lab.lesson')}</dt>
          <dd>{t(`lab.${drill}_lesson`)}</dd>
          <dt>{t('lab.fix')}</dt>
          <dd>{t(`lab.${drill}_fix`)}</dd>
        </dl>
        <Ways drill={drill} tag={tag} />
        {report && <CommandLine command={report.cli.command} />}
      </div>
    </div>
  );
}

/** The five checks as they ended, in their order. */
function Checks({ report: { signatures } }: { readonly report: VerificationReport }) {
  const [signature] = signatures;
  if (!signature) return null;
  return (
    <ul className={styles.checks}>
      {signature.checks.map((check) => (
        <CheckMark key={check.check} check={check} />
      ))}
    </ul>
  );
}

function CheckMark({ check: { check, result } }: { readonly check: CheckResult }) {
  const t = useText();
  const Icon = result === 'passed' ? Check : result === 'failed' ? X : Minus;
  const word = result === 'passed' || result === 'failed' ? result : 'other';
  const name = t(checkWords[check]);
  return (
    <li data-result={word}>
      <Icon aria-hidden />
      <span aria-hidden>{name}</span>
      <span className="visually-hidden">{t(`lab.check_${word}`, { check: name })}</span>
    </li>
  );
}

function failedOf({ signatures }: VerificationReport): readonly CheckResult[] {
  return signatures.flatMap(({ checks }) => checks.filter(({ result }) => result === 'failed'));
}

function isAsExpected({ expected }: LabDrillState, report: VerificationReport): boolean {
  const { verdict } = report;
  const reasons = failedOf(report).map(({ reason }) => reason.code as string);
  return verdict === expected.verdict && (expected.reason === undefined || reasons.includes(expected.reason));
}

function Match({ state, report }: { readonly state: LabDrillState; readonly report: VerificationReport }) {
  const t = useText();
  const matches = isAsExpected(state, report);
  const Icon = matches ? Check : X;
  const said = failedOf(report)[0]?.reason.message ?? (report.cli.succeeds ? undefined : report.cli.message);
  return (
    <div className={styles.match} data-matches={matches}>
      <p>
        <Icon aria-hidden />
        {t(matches ? 'lab.asExpected' : 'lab.notAsExpected')}
      </p>
      {said !== undefined && (
        <p className={styles.cli}>
          <span>{t('lab.notationSays')}</span> <Untrusted text={said} mono />
        </p>
      )}
    </div>
  );
}

/** Where to look at it, and where to put it right. */
function Ways({ drill, tag }: { readonly drill: LabDrill; readonly tag: string }) {
  const t = useText();
  return (
    <p className={styles.ways}>
      <Link
        to="/sources/$sourceId/artifact"
        params={{ sourceId: labSourceId }}
        search={{ repository: '', reference: tag }}
        aria-label={t('lab.lookAt', { tag })}
      >
        {t('lab.look')}
      </Link>
      {drill === 'wrongStore' && <Link to="/trust-stores">{t('lab.openStores')}</Link>}
      {drill === 'wrongIdentity' && <Link to="/policies">{t('lab.openPolicy')}</Link>}
    </p>
  );
}
