import { Scale } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { CodeBlock, Facts, Section } from '../../ui/page.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { isAccepted } from './reports/report-words.ts';

interface CompareCommandProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly report: VerificationReport;
}

/** Lets the installed `notation` command judge the same digest, when asked to, and puts both verdicts side by side. */
export function CompareCommand(props: CompareCommandProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="quiet" onPress={() => setOpen(true)}>
        <Scale aria-hidden />
        {t('compare.open')}
      </Button>
      {isOpen && (
        <Sheet title={t('compare.title')} isOpen onClose={() => setOpen(false)}>
          <Comparison {...props} />
        </Sheet>
      )}
    </>
  );
}

function Comparison({ sourceId, repository, report }: CompareCommandProps) {
  const t = useText();
  const place = { sourceId, repository, digest: report.subject.digest };
  const answer = useCall('verify.askCommand', place);
  return (
    <>
      <Section title={t('compare.command')}>
        <CommandLine command={report.cli.command} />
      </Section>
      {answer.isFetching && (
        <>
          <p role="status" className="sub">
            {t('compare.asking')}
          </p>
          <SkeletonRows count={3} />
        </>
      )}
      {!answer.isFetching && answer.error && <ErrorCard error={answer.error} onRetry={() => void answer.refetch()} />}
      {!answer.isFetching && !answer.error && answer.data && <Both report={report} answer={answer.data} />}
    </>
  );
}

interface BothProps {
  readonly report: VerificationReport;
  readonly answer: OutputOf<'verify.askCommand'>;
}

function Both({ report, answer }: BothProps) {
  const t = useText();
  const inkan = isAccepted(report);
  const isSame = inkan === answer.succeeds;
  const wasExpected = report.cli.succeeds === answer.succeeds;
  const words = { inkan: String(inkan), command: String(answer.succeeds) };
  return (
    <>
      <Callout
        tone={isSame ? (inkan ? 'ok' : 'plain') : 'warn'}
        role="status"
        title={t(isSame ? 'compare.same' : 'compare.differs', words)}
      >
        {!isSame && <p>{t(wasExpected ? 'compare.expected' : 'compare.unexpected')}</p>}
      </Callout>
      <Facts
        items={[
          [t('compare.program'), <Untrusted key="program" text={answer.program} mono />],
          [t('compare.version'), <Untrusted key="version" text={answer.version ?? '—'} mono />],
          [t('compare.took'), t('compare.milliseconds', { count: answer.durationMs })],
        ]}
      />
      <Section title={t('compare.says')}>
        <CodeBlock text={answer.output === '' ? t('compare.silent') : answer.output} label={t('compare.copy')} />
      </Section>
      {!wasExpected && report.cli.message !== '' && (
        <Section title={t('compare.foretold')}>
          <CodeBlock text={report.cli.message} label={t('compare.copy')} />
        </Section>
      )}
    </>
  );
}
