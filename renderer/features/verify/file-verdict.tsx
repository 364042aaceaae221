import type { Certificate } from '../../../shared/model/certificate.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import { ReportMenu } from './reports/report-menu.tsx';
import { Frame, Sentence } from './verdict-card.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import styles from './verify.module.css';

interface FileVerdictProps {
  readonly report: VerificationReport;
  /** Of the signature, leaf first. */
  readonly chain: readonly Certificate[];
}

/** The verdict on a file: the sentence, then the checks of its one signature. */
export function FileVerdict({ report, chain }: FileVerdictProps) {
  const { tone, icon: Icon } = verdictLooks[report.verdict];
  const [outcome] = report.signatures;
  return (
    <>
      <Frame tone={tone} icon={<Icon aria-hidden />}>
        <Sentence place={{ kind: 'file', chain }} report={report} questions={undefined} />
        <div className={styles.reports}>
          <ReportMenu report={report} />
        </div>
      </Frame>
      {outcome && <VerdictPanel report={report} digest={outcome.manifestDigest} />}
    </>
  );
}
