import { ChevronDown, ChevronRight, Package } from 'lucide-react';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { Button, ListLayout, Tree, TreeItem, TreeItemContent, Virtualizer } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { TreeRow } from './attachments-tree.ts';
import type { AttachmentsViewProps } from './attachments-panel.tsx';
import styles from './attachments.module.css';
import { RowCreated, RowName, RowSigner, RowVerdictChip } from './row-parts.tsx';
import { wordsOf } from './row-words.ts';
import type { RowVerdicts } from './use-row-verdicts.ts';

const platformsKey = 'platforms';
/** Longer trees draw only what is in sight. */
const longTree = 150;
const rowHeight = 35;

/** The rows nested as they refer to each other; the platforms of an index together at the end. */
export function TreeView({ tree, verdicts, shown, onSelect, onOpen }: AttachmentsViewProps) {
  const t = useText();
  const nowMs = useNow(60_000);
  const attached = tree.root.children.filter(({ edge }) => edge !== 'manifest');
  const manifests = tree.root.children.filter(({ edge }) => edge === 'manifest');
  const isLong = tree.rows.length > longTree;
  const { expanded, setExpanded } = useExpanded(tree.rows, attached.length === 0);
  const show = (row: TreeRow) => <TreeNode key={row.key} {...{ row, verdicts, nowMs, onOpen }} offset={0} />;
  const body = (
    <Tree
      aria-label={t('artifacts.attached')}
      className={`${styles.tree} ${isLong ? styles.long : ''}`}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={shown === undefined ? [] : [shown]}
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
      onSelectionChange={(keys) => {
        if (keys !== 'all') for (const key of keys) onSelect(String(key));
      }}
    >
      {attached.map(show)}
      {manifests.length > 0 && <Platforms {...{ verdicts, nowMs, onOpen, manifests }} />}
    </Tree>
  );
  return (
    <div className={styles.rows}>
      <div className={styles.treeHead} aria-hidden>
        <span>{t('artifacts.columnArtifact')}</span>
        <span>{t('artifacts.columnSigner')}</span>
        <span className={styles.signed}>{t('artifacts.columnSigned')}</span>
        <span>{t('artifacts.columnVerdict')}</span>
      </div>
      {isLong ? (
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
          {body}
        </Virtualizer>
      ) : (
        body
      )}
    </div>
  );
}

interface PlatformsProps extends Omit<TreeNodeProps, 'row' | 'offset'> {
  readonly manifests: readonly TreeRow[];
}

/** A row of its own around the manifests of an index. */
function Platforms({ manifests, ...props }: PlatformsProps) {
  const t = useText();
  return (
    <TreeItem id={platformsKey} textValue={t('artifacts.platforms')} className={styles.item ?? ''}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.node}>
            <span className={`${styles.name} ${styles.whole}`}>
              <Twist isExpanded={isExpanded} hasChildren />
              <Package aria-hidden />
              <b>{t('artifacts.platforms')}</b>
              <span className={styles.kind}>{manifests.length}</span>
            </span>
          </div>
        )}
      </TreeItemContent>
      {manifests.map((row) => (
        <TreeNode key={row.key} {...props} row={row} offset={1} />
      ))}
    </TreeItem>
  );
}

/** Everything is open but what the user closed; the platforms are closed until the user opens them, where there is more to see. */
function useExpanded(rows: readonly TreeRow[], opensPlatforms: boolean) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const parents = rows.filter(({ children }) => children.length > 0).map(({ key }) => key);
  const isOpen = (key: string) => (key === platformsKey ? opensPlatforms : true) !== turned.has(key);
  const expanded = [...parents, platformsKey].filter(isOpen);
  const setExpanded = (keys: Iterable<unknown>) => {
    const now = new Set(keys);
    const changed = [...parents, platformsKey].filter((key) => isOpen(key) !== now.has(key));
    setTurned((before) => new Set([...before, ...changed].filter((key) => before.has(key) !== changed.includes(key))));
  };
  return { expanded, setExpanded };
}

interface TreeNodeProps {
  readonly row: TreeRow;
  readonly verdicts: RowVerdicts;
  readonly nowMs: number;
  readonly onOpen: (reference: string) => void;
  /** Levels that the tree shows and the model has not. */
  readonly offset: number;
}

function TreeNode({ row, verdicts, nowMs, onOpen, offset }: TreeNodeProps): ReactNode {
  const t = useText();
  const signer = row.facts?.signature?.signerCommonName ?? '';
  const opens = row.edge === 'manifest' ? { onAction: () => onOpen(row.digest) } : {};
  return (
    <TreeItem id={row.key} textValue={`${wordsOf(row, t)} ${signer}`} className={styles.item ?? ''} {...opens}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.node} style={{ '--depth': row.depth - 1 + offset } as CSSProperties}>
            <span className={styles.name}>
              <Twist isExpanded={isExpanded} hasChildren={row.children.length > 0} />
              <RowName row={row} nowMs={nowMs} />
            </span>
            <span>
              <RowSigner row={row} />
            </span>
            <span className={`sub ${styles.signed}`}>
              <RowCreated row={row} nowMs={nowMs} />
            </span>
            <span>
              <RowVerdictChip row={row} verdict={verdicts.of(row)} />
            </span>
          </div>
        )}
      </TreeItemContent>
      {row.children.map((child) => (
        <TreeNode key={child.key} {...{ row: child, verdicts, nowMs, onOpen, offset }} />
      ))}
    </TreeItem>
  );
}

/** The triangle that opens a node; the tree gives it its behaviour and label. */
function Twist({ isExpanded, hasChildren }: { readonly isExpanded: boolean; readonly hasChildren: boolean }) {
  if (!hasChildren) return <span className={styles.twist} />;
  return (
    <Button slot="chevron" className={styles.twist ?? ''}>
      {isExpanded ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
    </Button>
  );
}
