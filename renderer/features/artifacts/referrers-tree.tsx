import { Unlink } from 'lucide-react';
import { useMemo } from 'react';
import { Tree } from 'react-aria-components';
import type { Artifact, ReferrerNode, ReferrersReport } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useText } from '../../locales/use-text.tsx';
import { Callout, Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import styles from './artifact-page.module.css';
import { platformsOf } from './platforms.ts';
import { PlatformNodes } from './platform-nodes.tsx';
import { TreeNode } from './tree-node.tsx';

interface ReferrersTreeProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly artifact: Artifact;
  readonly report: VerificationReport | undefined;
  readonly referrers: ReferrersReport | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly shown: string | undefined;
  readonly onSelect: (digest: string | undefined) => void;
  readonly onOpen: (reference: string) => void;
  readonly onSign: (reference: string, digest: Digest) => void;
}

/** Everything attached to the artifact, nested as it refers to each other, and the platforms of an index. */
export function ReferrersTree(props: ReferrersTreeProps) {
  const t = useText();
  const { referrers, error, onRetry, artifact } = props;
  const isEmpty = referrers?.nodes.length === 0 && platformsOf(artifact).length === 0;
  return (
    <section aria-label={t('artifacts.attached')}>
      <header className={styles.bar}>
        <h2>{t('artifacts.attached')}</h2>
        {referrers && <Asked referrers={referrers} />}
      </header>
      {error && <ErrorCard error={error} onRetry={onRetry} />}
      {!referrers && !error && <SkeletonRows count={4} />}
      {referrers?.truncated && <Callout compact tone="warn" title={t('artifacts.truncated')} />}
      {isEmpty && (
        <Empty icon={Unlink} title={t('artifacts.nothingAttached')}>
          {t('artifacts.nothingAttachedText')}
        </Empty>
      )}
      {referrers && !isEmpty && <Nodes {...props} referrers={referrers} />}
    </section>
  );
}

/** Where referrers were looked for, and what was there. */
function Asked({ referrers: { questions } }: { readonly referrers: ReferrersReport }) {
  const t = useText();
  const words = { api: 'artifacts.viaApi', tag: 'artifacts.viaTag', layout: 'artifacts.viaLayout' } as const;
  return <span className="dim">{questions.map(({ asked, items }) => t(words[asked], { items })).join(' · ')}</span>;
}

function Nodes(props: ReferrersTreeProps & { readonly referrers: ReferrersReport }) {
  const t = useText();
  const { referrers, report, shown, onSelect, artifact } = props;
  const withChildren = useMemo(() => digestsWithChildren(referrers.nodes), [referrers.nodes]);
  return (
    <div className={styles.rows}>
      <div className={styles.treeHead} aria-hidden>
        <span>{t('artifacts.columnArtifact')}</span>
        <span>{t('artifacts.columnSigner')}</span>
        <span className={styles.signed}>{t('artifacts.columnSigned')}</span>
        <span>{t('artifacts.columnVerdict')}</span>
      </div>
      <Tree
        aria-label={t('artifacts.attached')}
        className={styles.tree ?? ''}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown === undefined ? [] : [shown]}
        defaultExpandedKeys={withChildren}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) onSelect(String(key));
        }}
      >
        {referrers.nodes.map((node) => (
          <TreeNode
            key={node.descriptor.digest}
            sourceId={props.sourceId}
            repository={props.repository}
            node={node}
            report={report}
            depth={0}
          />
        ))}
        {platformsOf(artifact).length > 0 && <PlatformNodes {...props} />}
      </Tree>
    </div>
  );
}

function digestsWithChildren(nodes: readonly ReferrerNode[]): string[] {
  return nodes.flatMap(({ descriptor, children }) =>
    children.length === 0 ? [] : [descriptor.digest, ...digestsWithChildren(children)],
  );
}
