import { Award } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { Inspector } from '../../ui/page.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import styles from './artifact-page.module.css';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import { CertificatesTab } from './certificates-tab.tsx';
import { ContentInspector } from './content-inspector.tsx';
import { EnvelopeTab } from './envelope-tab.tsx';
import { inspectorTabs, type InspectorTab } from './inspector-tab.ts';
import { ManifestInspector } from './manifest-inspector.tsx';
import { PayloadTab } from './payload-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import { RowNotes } from './row-notes.tsx';
import type { RowVerdicts } from './use-row-verdicts.ts';

/** Draws what a report says of one signature; without a report, whether it is still to come. */
export type RenderSignatureVerdict = (
  report: VerificationReport | undefined,
  digest: Digest,
  hasFailed: boolean,
) => ReactNode;

interface SelectionInspectorProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly artifact: Artifact;
  readonly tree: AttachmentsTree;
  readonly verdicts: RowVerdicts;
  readonly shown: string | undefined;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
  readonly onOpen: (reference: string) => void;
  readonly renderSignatureVerdict: RenderSignatureVerdict;
}

/** The right pane: the row that is selected in the tree, the graph or the table. */
export function SelectionInspector(props: SelectionInspectorProps) {
  const t = useText();
  const { tree } = props;
  const row = tree.byKey.get(props.shown ?? '');
  if (!row) return <div className={styles.centered}>{t('artifacts.nothingSelected')}</div>;
  if (row.kind === 'notationSignature') return <SignatureInspector key={row.key} {...props} row={row} />;
  if (row === tree.root || row.edge === 'manifest') return <ManifestInspector {...props} row={row} />;
  return <ContentInspector key={row.key} {...props} row={row} />;
}

const tabWords = {
  verdict: 'artifacts.tabVerdict',
  envelope: 'artifacts.tabEnvelope',
  certificates: 'artifacts.tabCertificates',
  payload: 'artifacts.tabPayload',
  raw: 'artifacts.tabRaw',
} as const;

function SignatureInspector(props: SelectionInspectorProps & { readonly row: TreeRow }) {
  const t = useText();
  const { sourceId, repository, row, tree, verdicts, tab, onTab, renderSignatureVerdict, artifact } = props;
  const { digest } = row;
  const subject = (tree.byKey.get(row.parentKey ?? '') ?? tree.root).digest;
  const { data, error, refetch } = useCall(
    'artifacts.readSignature',
    { sourceId, repository, digest },
    { staleTimeMs: Infinity },
  );
  const details = (show: (signature: NonNullable<typeof data>) => ReactNode) => {
    if (data) return show(data);
    return error ? <ErrorCard error={error} onRetry={() => void refetch()} /> : <SkeletonRows />;
  };
  const contents: Record<InspectorTab, () => ReactNode> = {
    verdict: () => (
      <>
        <RowNotes row={row} />
        {renderSignatureVerdict(verdicts.reportOf(subject), digest, verdicts.hasFailed(subject))}
      </>
    ),
    envelope: () => details((signature) => <EnvelopeTab signature={signature} />),
    certificates: () => details((signature) => <CertificatesTab signature={signature} />),
    payload: () => details((signature) => <PayloadTab signature={signature} artifact={artifact} />),
    raw: () =>
      details((signature) => (
        <RawTab signature={signature} target={{ sourceId, repository, digest: subject, signature: digest }} />
      )),
  };
  return (
    <Inspector
      label={t('artifacts.inspector')}
      title={
        <>
          <Award aria-hidden />
          {t('artifacts.signature')} <ShortDigest digest={digest} />
        </>
      }
      tab={tab}
      onTab={onTab}
      tabs={inspectorTabs.map((id) => ({ id, label: t(tabWords[id]), content: contents[id] }))}
    />
  );
}
