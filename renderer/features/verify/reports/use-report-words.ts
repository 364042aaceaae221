import type { VerificationReport } from '../../../../shared/model/verification.ts';
import { useText } from '../../../locales/use-text.tsx';
import { usePlain } from '../../../ui/rich.tsx';
import { verdictLooks } from '../../../ui/verdict-chip.tsx';
import { actionWord, checkWords, resultWords } from '../check-words.ts';
import { useReasonValues } from '../use-reason-values.ts';
import { reportLabels, type ReportLabel, type ReportWords } from './report-words.ts';

/** The words of a report in the language in use. */
export function useReportWords(): (report: VerificationReport) => ReportWords {
  const t = useText();
  const plain = usePlain();
  const values = useReasonValues();
  return (report) => {
    const verdictOf = (verdict: VerificationReport['verdict']) => t(verdictLooks[verdict].word);
    const verdict = verdictOf(report.verdict);
    const policy = report.policy.kind === 'applied' ? report.policy.name : '';
    const signers = report.signatures
      .filter((outcome) => outcome.verdict === report.verdict)
      .flatMap(({ signer }) => (signer === undefined ? [] : [signer]));
    const parts = [
      policy !== '' && t('verifyReport.under', { policy }),
      signers[0] !== undefined && t('verifyReport.by', { signer: signers[0] }),
    ];
    return {
      verdict,
      headline: [verdict, ...parts.filter((part) => part !== false)].join(t('verify.joint')),
      labels: Object.fromEntries(reportLabels.map((name) => [name, t(`verifyReport.${name}`)])) as Record<
        ReportLabel,
        string
      >,
      checkOf: ({ check }) => t(checkWords[check]),
      resultOf: ({ result }) => t(resultWords[result]),
      actionOf: (check) => t(actionWord(check)),
      sentenceOf: (reason) => plain(`reasons.${reason.code}`, values(reason)),
      verdictOf,
    };
  };
}
