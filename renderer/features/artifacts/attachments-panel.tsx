import { Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Callout, Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Asked, AskedInFull } from './asked.tsx';
import { oddities, type Oddities } from './attachment-oddities.ts';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import { attachmentsViews, type AttachmentsView } from './attachments-view.ts';
import styles from './attachments.module.css';
import { CoverageLine } from './coverage-line.tsx';
import { GraphView } from './graph-view.tsx';
import { TableView } from './table-view.tsx';
import { TreeView } from './tree-view.tsx';
import type { Attachments } from './use-attachments.ts';
import type { RowVerdicts } from './use-row-verdicts.ts';

/** What each of the three views is given. */
export interface AttachmentsViewProps {
  readonly tree: AttachmentsTree;
  readonly verdicts: RowVerdicts;
  /** Key of the row in the inspector. */
  readonly shown: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (reference: string) => void;
}

interface AttachmentsPanelProps extends Omit<AttachmentsViewProps, 'tree'> {
  readonly artifact: Artifact;
  readonly attachments: Attachments;
  readonly view: AttachmentsView;
  readonly onView: (view: AttachmentsView) => void;
  readonly onSignMany: (digests: readonly Digest[]) => void;
}

const viewWords = { tree: 'attachments.tree', graph: 'attachments.graph', table: 'attachments.table' } as const;

/** Everything attached to the artifact and to the manifests of an index, in one of three views. */
export function AttachmentsPanel(props: AttachmentsPanelProps) {
  const t = useText();
  const { attachments, view, onView } = props;
  const { tree, walk, refetch } = attachments;
  const { level } = tree.root;
  const isEmpty = walk?.isDone === true && tree.rows.length === 0 && level?.error === undefined;
  return (
    <section aria-label={t('artifacts.attached')} aria-busy={attachments.isFetching}>
      <header className={styles.bar}>
        <h2>{t('artifacts.attached')}</h2>
        {level && <Asked level={level} />}
        <span className={styles.views}>
          <Segments
            label={t('attachments.views')}
            value={view}
            onChange={onView}
            choices={attachmentsViews.map((id) => ({ id, label: t(viewWords[id]) }))}
          />
        </span>
      </header>
      <CoverageLine {...props} tree={tree} />
      <Notices {...props} />
      {level?.error !== undefined && <ErrorCard error={level.error} onRetry={refetch} />}
      {!level && <SkeletonRows count={4} />}
      {isEmpty && level && (
        <Empty icon={Unlink} title={t('artifacts.nothingAttached')}>
          <p>{t('artifacts.nothingAttachedText')}</p>
          <AskedInFull level={level} />
        </Empty>
      )}
      {tree.rows.length > 0 && level && <View {...props} tree={tree} />}
    </section>
  );
}

function View({ view, ...props }: AttachmentsViewProps & { readonly view: AttachmentsView }) {
  if (view === 'graph') return <GraphView {...props} />;
  if (view === 'table') return <TableView {...props} />;
  return <TreeView {...props} />;
}

/** What is not as it should be, and what was not read. */
function Notices({ attachments }: AttachmentsPanelProps) {
  const t = useText();
  const { tree, walk, isFetching, onContinue } = attachments;
  const found = oddities(tree);
  const lines = [...differenceLines(found, t), ...oddityLines(found, t)];
  const isCut = walk?.isDone === true && walk.unasked > 0;
  if (!isCut && lines.length === 0) return null;
  return (
    <div className={styles.notes}>
      {isCut && (
        <Callout
          tone="plain"
          role="status"
          title={t('attachments.unasked', { count: walk.unasked, requests: walk.requests })}
          actions={
            <Button size="small" isDisabled={isFetching} onPress={onContinue}>
              {t('attachments.continue')}
            </Button>
          }
        />
      )}
      {lines.length > 0 && (
        <Callout tone="warn" title={lines.length === 1 ? lines[0] : t('attachments.odd')}>
          {lines.length > 1 && <List lines={lines} />}
        </Callout>
      )}
    </div>
  );
}

function List({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

type Text = ReturnType<typeof useText>;

/** Where the referrers API and the referrers tag tell different things. */
function differenceLines({ onlyTag, onlyApi }: Oddities, t: Text): readonly string[] {
  return [
    ...(onlyTag > 0 ? [t('attachments.onlyTag', { count: onlyTag })] : []),
    ...(onlyApi > 0 ? [t('attachments.onlyApi', { count: onlyApi })] : []),
  ];
}

function oddityLines({ dangling, duplicate, unreadable, failed }: Oddities, t: Text): readonly string[] {
  return [
    ...(dangling > 0 ? [t('attachments.dangling', { count: dangling })] : []),
    ...(duplicate > 0 ? [t('attachments.duplicate', { count: duplicate })] : []),
    ...(unreadable > 0 ? [t('attachments.unreadable', { count: unreadable })] : []),
    ...(failed > 0 ? [t('attachments.failed', { count: failed })] : []),
  ];
}

/** What is worth looking at first: the signature that decided, else the first one, else the first row. */
export function firstRow(tree: AttachmentsTree, decided: string | undefined): TreeRow | undefined {
  const { children } = tree.root;
  return tree.byKey.get(decided ?? '') ?? children.find(({ kind }) => kind === 'notationSignature') ?? children[0];
}
