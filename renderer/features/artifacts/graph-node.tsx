import { memo } from 'react';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { classes } from '../../ui/classes.ts';
import { ShortDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import styles from './graph.module.css';
import type { GraphBox } from './graph-layout.ts';
import { RowMarks, RowVerdictChip } from './row-parts.tsx';
import { verdictText, wordsOf } from './row-words.ts';
import type { RowVerdict } from './use-row-verdicts.ts';

interface GraphNodeProps {
  readonly row: TreeRow;
  readonly tree: AttachmentsTree;
  readonly box: GraphBox;
  readonly verdict: RowVerdict;
  readonly nowMs: number;
  readonly isSelected: boolean;
  /** Whether it is the one that Tab leads to. */
  readonly isCurrent: boolean;
  /** Too small for words. */
  readonly isSmall: boolean;
  readonly onSelect: (key: string) => void;
  readonly onOpen: (reference: string) => void;
  readonly onFocus: (key: string) => void;
}

/** One box: what it is, who signed, and what that is worth. */
export const GraphNode = memo(function GraphNode(props: GraphNodeProps) {
  const { row, tree, box, verdict, isSelected, isCurrent, isSmall, onSelect, onOpen, onFocus } = props;
  const t = useText();
  const siblings = tree.byKey.get(row.parentKey ?? '')?.children ?? [row];
  const words = row === tree.root ? t('attachments.thisArtifact') : wordsOf(row, t);
  const signer = row.facts?.signature?.signerCommonName;
  const name = [words, signer, verdictText(verdict, t)].filter(Boolean).join(', ');
  return (
    <div
      role="treeitem"
      aria-label={toVisibleText(name)}
      aria-level={row.depth + 1}
      aria-setsize={siblings.length}
      aria-posinset={siblings.findIndex(({ key }) => key === row.key) + 1}
      aria-selected={isSelected}
      {...(row.children.length > 0 && { 'aria-expanded': true })}
      tabIndex={isCurrent ? 0 : -1}
      data-key={row.key}
      data-tone={toneOf(verdict)}
      className={classes(styles.node, isSmall && styles.small)}
      style={{ transform: `translate(${box.x}px, ${box.y}px)` }}
      onClick={() => onSelect(row.key)}
      onDoubleClick={() => row.edge === 'manifest' && onOpen(row.digest)}
      onFocus={() => onFocus(row.key)}
    >
      {isSmall ? <Sign {...props} /> : <Words {...props} words={words} signer={signer} />}
    </div>
  );
});

function Words({
  row,
  tree,
  verdict,
  nowMs,
  words,
  signer,
}: GraphNodeProps & { readonly words: string; readonly signer: string | undefined }) {
  const { icon: Icon } = kindLooks[row.kind];
  const hasVerdict = row !== tree.root && verdict.kind !== 'none';
  return (
    <>
      <span className={styles.first}>
        <Icon aria-hidden />
        <b className="cut">
          <Untrusted text={signer ?? words} cut />
        </b>
        <RowMarks row={row} nowMs={nowMs} />
      </span>
      <span className={styles.second}>
        <ShortDigest digest={row.digest} />
        {hasVerdict ? <RowVerdictChip row={row} verdict={verdict} /> : null}
      </span>
    </>
  );
}

/** One large sign in place of words: the verdict's, else the kind's. */
function Sign({ row, verdict }: GraphNodeProps) {
  const look = verdict.kind === 'verdict' ? verdictSign(verdict.verdict) : undefined;
  const Icon = look ?? kindLooks[row.kind].icon;
  return <Icon aria-hidden />;
}

function verdictSign(verdict: string) {
  return Object.hasOwn(verdictLooks, verdict) ? verdictLooks[verdict as keyof typeof verdictLooks].icon : undefined;
}

/** For boxes that are too small for a chip: its colour, which the words come back to when one zooms in. */
function toneOf(verdict: RowVerdict): string {
  return verdict.kind === 'verdict' ? verdict.verdict : verdict.kind;
}
