import { File as FileIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useText } from '../../locales/use-text.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Inspector, Section } from '../../ui/page.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { FileInspection } from './file-inspection.tsx';
import { judgeFile } from './judge-file.ts';
import { nameOf, type FileEntry } from './pairing.ts';
import { VerifyOptionsForm } from './verify-options.tsx';

/** What other slices draw of a file. */
export interface FileParts {
  readonly renderVerdict: (report: VerificationReport, signature: SignatureDetails | undefined) => ReactNode;
  readonly renderSignature: (tab: 'envelope' | 'certificates' | 'raw', signature: SignatureDetails) => ReactNode;
}

const tabs = ['verdict', 'envelope', 'certificates', 'raw'] as const;
type Tab = (typeof tabs)[number];
const words = {
  verdict: 'files.tabVerdict',
  envelope: 'files.tabEnvelope',
  certificates: 'files.tabCertificates',
  raw: 'files.tabRaw',
} as const;

/** The right pane: the verdict on the chosen file, and what is in its signature. */
export function FileInspector({ entry, ...parts }: FileParts & { readonly entry: FileEntry }) {
  const t = useText();
  const [tab, setTab] = useState<Tab>('verdict');
  const content = (id: Tab) =>
    id === 'verdict' ? <Verdict {...parts} entry={entry} /> : <Part {...parts} entry={entry} tab={id} />;
  return (
    <Inspector
      label={t('files.inspector')}
      title={
        <>
          <FileIcon aria-hidden />
          <Untrusted text={nameOf(entry)} />
        </>
      }
      tab={tab}
      onTab={setTab}
      tabs={tabs.map((id) => ({ id, label: t(words[id]), content: () => content(id) }))}
    />
  );
}

function Verdict({ entry, renderVerdict }: FileParts & { readonly entry: FileEntry }) {
  const t = useText();
  const { blob, signature, report, fault, inspected, busy } = entry;
  return (
    <>
      {fault !== undefined && <ErrorCard error={fault} onRetry={() => void judgeFile(entry.key)} />}
      {!signature && (
        <Callout tone="plain" title={t('files.noSignatureTitle')}>
          {t('files.noSignatureText')}
        </Callout>
      )}
      {!blob && (
        <Callout tone="plain" title={t('files.noBlobTitle')}>
          {t('files.noBlobText')}
        </Callout>
      )}
      {report && renderVerdict(report, inspected?.signature)}
      {!report && busy && fault === undefined && <p className="sub">{t('files.looking')}</p>}
      {blob && signature && (
        <Section title={t('files.under')}>
          <VerifyOptionsForm entry={entry} />
        </Section>
      )}
      {report && (
        <Section title={t('files.command')}>
          <CommandLine command={report.cli.command} />
        </Section>
      )}
    </>
  );
}

function Part({
  entry,
  tab,
  renderSignature,
}: FileParts & { readonly entry: FileEntry; readonly tab: Exclude<Tab, 'verdict'> }) {
  const t = useText();
  const { inspected, signature, fault } = entry;
  if (!signature) return <p className="sub">{t('files.noSignatureTitle')}</p>;
  if (fault !== undefined && !inspected) return <ErrorCard error={fault} onRetry={() => void judgeFile(entry.key)} />;
  if (!inspected) return <SkeletonRows />;
  return (
    <>
      {tab === 'raw' && (
        <p>
          <FileInspection inspected={inspected} />
        </p>
      )}
      {renderSignature(tab, inspected.signature)}
      <Section title={t('files.command')}>
        <CommandLine command={inspected.command} />
      </Section>
    </>
  );
}
