import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Digest } from '../../../shared/model/digest.ts';
import type { ReferrersReport } from '../../../shared/model/artifact.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import type { VerifyOptions } from '../../client/verify-options.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import type { Tone } from '../../ui/chip.tsx';
import { classes } from '../../ui/classes.ts';
import { Rich } from '../../ui/rich.tsx';
import { Sentences } from '../../ui/sentences.tsx';
import { Callout } from '../../ui/states.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import { CompareCommand } from './compare-command.tsx';
import { NotTrusted, type SignaturePlace } from './not-trusted.tsx';
import { ReportMenu } from './reports/report-menu.tsx';
import styles from './verify.module.css';

export interface VerdictCardProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly report: VerificationReport | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly questions: ReferrersReport['questions'] | undefined;
  readonly options: VerifyOptions;
  readonly onRetry: () => void;
  readonly onOpen: (digest: Digest) => void;
}

/** The verdict as a sentence: bold first clause with the policy, then who signed and why, then what the CLI would say. */
export function VerdictCard(props: VerdictCardProps) {
  const { report, error, isFetching, onOpen } = props;
  const t = useText();
  const isTest = useIsTest();
  if (error) return <CouldNot {...props} error={error} />;
  if (!report) {
    return (
      <Frame tone="plain" icon={<LoaderCircle aria-hidden />}>
        <b role="status">{t('verify.checking')}</b>
      </Frame>
    );
  }
  const { tone, icon: Icon } = verdictLooks[report.verdict];
  return (
    <div aria-busy={isFetching}>
      {report.signatureOf && <IsSignature digest={report.signatureOf.digest} onOpen={onOpen} />}
      <Frame tone={tone} icon={<Icon aria-hidden />}>
        <Sentence
          place={{ kind: 'artifact', sourceId: props.sourceId, repository: props.repository }}
          report={report}
          questions={props.questions}
        />
        {report.signatures.some(({ signer: subject = '', anchor }) =>
          isTest({ subject, sha256: anchor?.sha256 ?? '' }),
        ) && <TestMark />}
        {report.limitReached && (
          <p>{t('verify.limitReached', { seen: report.signatures.length + report.unreadable.length })}</p>
        )}
        <div className={styles.reports}>
          {Object.keys(props.options).length === 0 && report.verdict !== 'noSignature' && (
            <CompareCommand sourceId={props.sourceId} repository={props.repository} report={report} />
          )}
          <ReportMenu report={report} />
        </div>
      </Frame>
    </div>
  );
}

/** The card that a verdict stands in. */
export function Frame({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes(styles.card, styles[tone])} data-testid="verdict">
      {icon}
      <div>{children}</div>
    </section>
  );
}

interface SentenceProps {
  readonly place: SignaturePlace;
  readonly report: VerificationReport;
  readonly questions: ReferrersReport['questions'] | undefined;
}

/** What the verdict is, and why. */
export function Sentence({ place, report, questions }: SentenceProps) {
  const t = useText();
  const policy = report.policy.kind === 'applied' ? report.policy.name : '';
  switch (report.verdict) {
    case 'verified':
      return <Verified report={report} title={t('verify.verifiedTitle', { policy })} />;
    case 'verifiedWithWarnings':
      return <Verified report={report} title={t('verify.warningsTitle', { policy })} />;
    case 'notTrusted':
      return <NotTrusted place={place} report={report} />;
    case 'skipped':
      return (
        <Plain title={t('verify.skippedTitle', { policy })}>
          {t(place.kind === 'file' ? 'verify.skippedFileText' : 'verify.skippedText')}
        </Plain>
      );
    case 'noSignature':
      return <NoSignature questions={questions} />;
    default:
      return report.policy.kind === 'invalid' ? (
        <NotTrusted place={place} report={report} />
      ) : (
        <Plain title={t('verify.couldNotTitle')}>{t('verify.couldNotText')}</Plain>
      );
  }
}

function Plain({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <b>{title}</b>
      <p>{children}</p>
    </>
  );
}

function Verified({ report, title }: { readonly report: VerificationReport; readonly title: string }) {
  const t = useText();
  const best = report.signatures.find(({ verdict }) => verdict === report.verdict);
  const accepted = report.signatures.filter(
    ({ verdict }) => verdict === 'verified' || verdict === 'verifiedWithWarnings',
  );
  const failed = best?.checks.filter(({ result }) => result === 'failed' || result === 'inconclusive') ?? [];
  const signer = best?.signer ?? '';
  const checks = failed.map(({ check }) => t(`verify.check${capital(check)}`)).join(', ');
  return (
    <Plain title={title}>
      <Sentences>
        {report.verdict === 'verified' ? (
          <Rich id="verify.verifiedBy" values={{ signer, store: best?.anchor?.store ?? '' }} />
        ) : (
          <Rich id="verify.warningsBy" values={{ signer, checks }} />
        )}
        <>
          {t('verify.passCount', {
            passed: accepted.length,
            total: report.signatures.length + report.unreadable.length,
          })}
          {!report.simulated && (
            <>
              {t('verify.joint')}
              <CliSays report={report} />
            </>
          )}
        </>
      </Sentences>
    </Plain>
  );
}

function capital<K extends string>(name: K): Capitalize<K> {
  return (name.charAt(0).toUpperCase() + name.slice(1)) as Capitalize<K>;
}

function CliSays({ report }: { readonly report: VerificationReport }) {
  const t = useText();
  const { succeeds, dependsOn } = report.cli;
  const same = succeeds === (report.verdict === 'verified' || report.verdict === 'verifiedWithWarnings');
  if (same) return t('verify.cliSame');
  const what = dependsOn.map((name) => t(`verify.depends${capital(name)}`)).join(', ');
  return dependsOn.length > 0
    ? t('verify.cliDepends', { what })
    : t('verify.cliDiffers', { succeeds: String(succeeds) });
}

function NoSignature({ questions = [] }: { readonly questions: ReferrersReport['questions'] | undefined }) {
  const t = useText();
  const asked = questions.map(({ asked: where, what, status, items }) => {
    const values = { what, items, status: status ?? t('verify.noAnswer') };
    return t(`verify.asked${capital(where)}`, values);
  });
  return (
    <Plain title={t('verify.noneTitle')}>
      <Sentences>
        {t('verify.noneText')}
        {asked.length > 0 && t('verify.noneAsked', { questions: asked.join(', ') })}
      </Sentences>
    </Plain>
  );
}

function IsSignature({ digest, onOpen }: { readonly digest: Digest; readonly onOpen: (digest: Digest) => void }) {
  const t = useText();
  const open = (
    <Button size="small" variant="primary" onPress={() => onOpen(digest)}>
      {t('verify.verifySubject')}
    </Button>
  );
  return (
    <div className={styles.notice}>
      <Callout tone="warn" title={t('verify.signatureTitle')} actions={open}>
        <p>
          <Rich id="verify.signatureText" values={{ digest }} />
        </p>
      </Callout>
    </div>
  );
}

function CouldNot({ error, onRetry }: VerdictCardProps & { readonly error: Error }) {
  const t = useText();
  const { title, cause, next } = useErrorText()(error);
  const { icon: Icon } = verdictLooks.couldNotCheck;
  return (
    <Frame tone="err" icon={<Icon aria-hidden />}>
      <b>{t('verify.errorTitle', { title })}</b>
      <p>
        <Sentences>
          {cause}
          {next}
        </Sentences>
      </p>
      <div className={styles.actions}>
        <Button size="small" onPress={onRetry}>
          {t('ui.retry')}
        </Button>
      </div>
    </Frame>
  );
}
