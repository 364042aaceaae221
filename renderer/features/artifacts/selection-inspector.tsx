import { Award } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Artifact, ReferrerNode, ReferrersReport } from '../../../shared/model/artifact.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { ShortDigest, WholeDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Facts, Inspector, Section } from '../../ui/page.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './artifact-page.module.css';
import { CertificatesTab } from './certificates-tab.tsx';
import { EnvelopeTab } from './envelope-tab.tsx';
import { inspectorTabs, type InspectorTab } from './inspector-tab.ts';
import { PayloadTab } from './payload-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import { findNode, type FoundNode } from './tree-entries.ts';
import { useReportOf } from './use-report-of.ts';

interface SelectionInspectorProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly artifact: Artifact;
  readonly report: VerificationReport | undefined;
  readonly referrers: ReferrersReport | undefined;
  readonly shown: string | undefined;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
  readonly renderSignatureVerdict: (report: VerificationReport | undefined, digest: Digest) => ReactNode;
}

/** The right pane: the signature or other referrer that is selected in the tree. */
export function SelectionInspector(props: SelectionInspectorProps) {
  const t = useText();
  const { shown, referrers, artifact } = props;
  const found = shown === undefined ? undefined : findNode(referrers?.nodes ?? [], shown);
  if (found?.node.kind === 'notationSignature') return <SignatureInspector key={shown} {...props} {...found} />;
  if (found) return <NodeInspector descriptor={found.node.descriptor} kind={found.node.kind} />;
  const manifest = artifact.manifests.find(({ digest }) => digest === shown);
  if (manifest) return <NodeInspector descriptor={manifest} kind="image" />;
  return <div className={styles.centered}>{t('artifacts.nothingSelected')}</div>;
}

const tabWords = {
  verdict: 'artifacts.tabVerdict',
  envelope: 'artifacts.tabEnvelope',
  certificates: 'artifacts.tabCertificates',
  payload: 'artifacts.tabPayload',
  raw: 'artifacts.tabRaw',
} as const;

function SignatureInspector(props: SelectionInspectorProps & FoundNode) {
  const t = useText();
  const { sourceId, repository, node, parent, tab, onTab, renderSignatureVerdict, artifact } = props;
  const { digest } = node.descriptor;
  const inner = useReportOf({ sourceId, repository, node: parent });
  const report = parent ? inner : props.report;
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
    verdict: () => renderSignatureVerdict(report, digest),
    envelope: () => details((signature) => <EnvelopeTab signature={signature} />),
    certificates: () => details((signature) => <CertificatesTab signature={signature} />),
    payload: () => details((signature) => <PayloadTab signature={signature} artifact={artifact} />),
    raw: () =>
      details((signature) => (
        <RawTab
          signature={signature}
          target={{ sourceId, repository, digest: (parent ?? artifact).descriptor.digest, signature: digest }}
        />
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

function NodeInspector({ descriptor, kind }: { readonly descriptor: Descriptor; readonly kind: ReferrerNode['kind'] }) {
  const t = useText();
  const format = useFormat();
  const { icon: Icon, word } = kindLooks[kind];
  const annotations = Object.entries(descriptor.annotations ?? {});
  return (
    <aside className={styles.nodeInspector} aria-label={t('artifacts.inspector')}>
      <h2>
        <Icon aria-hidden />
        {t(word)} <ShortDigest digest={descriptor.digest} />
      </h2>
      <Facts
        items={[
          [t('artifacts.factDigest'), <WholeDigest key="digest" digest={descriptor.digest} />],
          [t('artifacts.factMediaType'), <Untrusted key="type" text={descriptor.mediaType} mono />],
          [
            t('artifacts.factArtifactType'),
            descriptor.artifactType && <Untrusted key="artifact" text={descriptor.artifactType} mono />,
          ],
          [t('artifacts.factSize'), format.bytes(descriptor.size)],
        ]}
      />
      {annotations.length > 0 && (
        <Section title={t('artifacts.factAnnotations')}>
          <Facts
            items={annotations.map(([name, value]) => [
              <Untrusted key={name} text={name} />,
              <Untrusted key={name} text={value} />,
            ])}
          />
        </Section>
      )}
    </aside>
  );
}
