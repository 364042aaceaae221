import { FileOutput } from 'lucide-react';
import type { VerificationReport } from '../../../../shared/model/verification.ts';
import { useCall } from '../../../client/use-call.ts';
import { useText } from '../../../locales/use-text.tsx';
import { Button } from '../../../ui/button.tsx';
import { downloadText } from '../../../ui/download.ts';
import { MenuButton } from '../../../ui/menu.tsx';
import { tellDone } from '../../../ui/toast.tsx';
import { toJsonReport } from './json-report.ts';
import { toJunitReport } from './junit-report.ts';
import { toMarkdownReport } from './markdown-report.ts';
import { toSarifReport } from './sarif-report.ts';
import { useReportWords } from './use-report-words.ts';

/** Takes the verdict along: for people, for programs, for build servers and for code scanning. */
export function ReportMenu({ report }: { readonly report: VerificationReport }) {
  const t = useText();
  const wordsOf = useReportWords();
  const version = useCall('app.describeHost', {}).data?.version ?? '';
  const name = `verification-${report.subject.digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
  const copy = () =>
    void navigator.clipboard.writeText(toMarkdownReport(report, wordsOf(report))).then(() => tellDone(t('ui.copied')));
  const entries = [
    { id: 'copy', label: t('verifyReport.copy'), text: t('verifyReport.copyText'), onAction: copy },
    {
      ...{ id: 'markdown', label: t('verifyReport.saveMarkdown'), text: t('verifyReport.markdownText') },
      onAction: () => downloadText(`${name}.md`, toMarkdownReport(report, wordsOf(report)), 'text/markdown'),
    },
    {
      ...{ id: 'json', label: t('verifyReport.saveJson'), text: t('verifyReport.jsonText') },
      onAction: () => downloadText(`${name}.json`, toJsonReport(report, version), 'application/json'),
    },
    {
      ...{ id: 'junit', label: t('verifyReport.saveJunit'), text: t('verifyReport.junitText') },
      onAction: () => downloadText(`${name}.junit.xml`, toJunitReport(report, wordsOf(report)), 'application/xml'),
    },
    {
      ...{ id: 'sarif', label: t('verifyReport.saveSarif'), text: t('verifyReport.sarifText') },
      onAction: () =>
        downloadText(`${name}.sarif`, toSarifReport(report, wordsOf(report), version), 'application/json'),
    },
  ];
  return (
    <MenuButton label={t('verifyReport.menu')} entries={entries}>
      <Button size="small" variant="quiet">
        <FileOutput aria-hidden />
        {t('verifyReport.menu')}
      </Button>
    </MenuButton>
  );
}
