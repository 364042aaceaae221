import { ShieldOff } from 'lucide-react';
import { Fragment } from 'react';
import type { AttachmentContent } from '../../../shared/model/content.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { ShortDigest, WholeDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { CodeBlock, Facts, Inspector, Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import { ContentDocumentView } from './content-document.tsx';
import type { InspectorTab } from './inspector-tab.ts';
import { RowNotes } from './row-notes.tsx';

interface ContentInspectorProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly row: TreeRow;
  readonly tree: AttachmentsTree;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
}

/** What an attachment holds that no Notary policy is about: SBOMs, attestations, signatures of cosign, and whatever else. */
export function ContentInspector(props: ContentInspectorProps) {
  const t = useText();
  const { sourceId, repository, row, tree, onTab } = props;
  const { digest } = row;
  // What stands below a manifest of the index is about that manifest, and not about the index.
  const subject = (tree.byKey.get(row.parentKey ?? '') ?? tree.root).digest;
  const isMissing = row.marks.includes('missing');
  const query = useCall(
    'artifacts.readContent',
    { sourceId, repository, digest, subject },
    { staleTimeMs: Infinity, enabled: !isMissing },
  );
  const { icon: Icon, word } = kindLooks[row.kind];
  const content = () => (
    <>
      <RowNotes row={row} />
      <Callout tone="mute" icon={ShieldOff} title={t('attachments.notCoveredTitle')}>
        <p>{t('attachments.notCoveredText')}</p>
      </Callout>
      <RowFacts row={row} />
      {!isMissing && <Loaded query={query}>{(data) => <Parts content={data} />}</Loaded>}
    </>
  );
  const raw = () =>
    isMissing ? null : (
      <Loaded query={query}>
        {({ manifest, annotations }) => (
          <>
            <Annotations annotations={annotations} />
            <Section title={t('artifacts.manifestTitle')}>
              <CodeBlock text={manifest} label={t('artifacts.rawCopyManifest')} />
            </Section>
          </>
        )}
      </Loaded>
    );
  return (
    <Inspector
      label={t('artifacts.inspector')}
      title={
        <>
          <Icon aria-hidden />
          {t(word)} <ShortDigest digest={digest} />
        </>
      }
      tab={props.tab === 'raw' ? 'raw' : 'payload'}
      onTab={onTab}
      tabs={[
        { id: 'payload', label: t('attachments.tabContent'), content },
        { id: 'raw', label: t('artifacts.tabRaw'), content: raw },
      ]}
    />
  );
}

function RowFacts({ row }: { readonly row: TreeRow }) {
  const t = useText();
  const format = useFormat();
  const { descriptor, facts, digest } = row;
  const size = facts?.contentSize ?? descriptor.size;
  return (
    <Section title={t('attachments.itself')}>
      <Facts
        items={[
          [t('artifacts.factDigest'), <WholeDigest key="digest" digest={digest} />],
          [
            t('artifacts.factArtifactType'),
            descriptor.artifactType && <Untrusted key="artifact" text={descriptor.artifactType} mono />,
          ],
          [t('attachments.factSubtype'), facts?.subtype && <Untrusted key="subtype" text={facts.subtype} mono />],
          [t('attachments.factCreated'), facts?.created && format.dateTime(facts.created)],
          [t('artifacts.factSize'), format.bytes(size)],
        ]}
      />
    </Section>
  );
}

function Annotations({ annotations }: Pick<AttachmentContent, 'annotations'>) {
  const t = useText();
  const entries = Object.entries(annotations);
  if (entries.length === 0) return null;
  return (
    <Section title={t('artifacts.factAnnotations')}>
      <Facts
        items={entries.map(([name, value]) => [
          <Untrusted key={name} text={name} />,
          <Untrusted key={name} text={value} limit={400} />,
        ])}
      />
    </Section>
  );
}

function Parts({ content: { parts, skipped } }: { readonly content: AttachmentContent }) {
  const t = useText();
  return (
    <>
      {parts.map(({ descriptor, documents, problem }, index) => (
        <Fragment key={index}>
          {problem && (
            <Section title={t('attachments.part', { number: index + 1 })}>
              <Untrusted text={descriptor.mediaType} mono />
              <ErrorCard error={problem} />
            </Section>
          )}
          {documents.map((document, at) => (
            <ContentDocumentView key={at} document={document} />
          ))}
        </Fragment>
      ))}
      {parts.length === 0 && <p className="dim">{t('attachments.noParts')}</p>}
      {skipped > 0 && <p className="dim">{t('attachments.partsSkipped', { count: skipped })}</p>}
    </>
  );
}
