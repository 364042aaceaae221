import { ChevronDown, ChevronRight, EyeOff, Minus } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { Button, TreeItem, TreeItemContent } from 'react-aria-components';
import type { ReferrerNode } from '../../../shared/model/artifact.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './artifact-page.module.css';
import { signaturesInside, verdictOfNode } from './tree-entries.ts';
import { useReportOf } from './use-report-of.ts';

interface TreeNodeProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly node: ReferrerNode;
  readonly report: VerificationReport | undefined;
  readonly depth: number;
}

/** One referrer: digest, kind, who signed and when, and what that is worth; below it what refers to it. */
export function TreeNode({ sourceId, repository, node, report, depth }: TreeNodeProps) {
  const t = useText();
  const format = useFormat();
  const nowMs = useNow(60_000);
  const inner = useReportOf({ sourceId, repository, node });
  const { descriptor, kind, signature, children } = node;
  const { icon: Icon, word } = kindLooks[kind];
  const words = signature ? `Notation · ${signature.format.toUpperCase()}` : t(word);
  const created = signature?.signingTime ?? descriptor.annotations?.['org.opencontainers.image.created'];
  return (
    <TreeItem
      id={descriptor.digest}
      textValue={`${words} ${signature?.signerCommonName ?? ''}`}
      className={styles.item ?? ''}
    >
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.node} style={{ '--depth': depth } as CSSProperties}>
            <span className={styles.name}>
              <Twist isExpanded={isExpanded} hasChildren={children.length > 0} />
              <Icon aria-hidden />
              <ShortDigest digest={descriptor.digest} />
              <span className={`cut ${styles.kind}`}>
                {words}
                {kind !== 'notationSignature' && <> · {format.bytes(descriptor.size)}</>}
              </span>
              {kind === 'notationSignature' && !node.visibleToCli && <Hidden node={node} />}
            </span>
            <span>
              {signature ? <Untrusted text={signature.signerCommonName} cut /> : <span className="dim">—</span>}
            </span>
            <span className={`sub ${styles.signed}`} title={created && format.dateTime(created)}>
              {created && format.moment(created, nowMs)}
            </span>
            <span>
              <NodeVerdict node={node} report={report} />
            </span>
          </div>
        )}
      </TreeItemContent>
      {children.map((child) => (
        <TreeNode
          key={child.descriptor.digest}
          sourceId={sourceId}
          repository={repository}
          node={child}
          report={inner}
          depth={depth + 1}
        />
      ))}
    </TreeItem>
  );
}

/** The triangle that opens a node; the tree gives it its behaviour and label. */
export function Twist({ isExpanded, hasChildren }: { readonly isExpanded: boolean; readonly hasChildren: boolean }) {
  if (!hasChildren) return <span className={styles.twist} />;
  return (
    <Button slot="chevron" className={styles.twist ?? ''}>
      {isExpanded ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
    </Button>
  );
}

function Hidden({ node: { descriptor } }: { readonly node: ReferrerNode }) {
  const t = useText();
  const reason = descriptor.artifactType === mediaTypes.notarySignature ? 'listing' : 'type';
  const label = t('artifacts.notVisibleToCli', { reason });
  return (
    <span className={styles.hiddenMark} title={label}>
      <EyeOff role="img" aria-label={label} />
    </span>
  );
}

function NodeVerdict({ node, report }: Pick<TreeNodeProps, 'node' | 'report'>): ReactNode {
  const t = useText();
  const errorText = useErrorText();
  const inside = signaturesInside(node);
  if (node.kind === 'notationSignature') {
    const verdict = verdictOfNode(report, node.descriptor.digest);
    if (verdict) return <VerdictChip verdict={verdict} />;
    if (node.problem) {
      return (
        <span title={errorText(node.problem).title}>
          <VerdictChip verdict="couldNotCheck" />
        </span>
      );
    }
    if (report?.verdict === 'skipped') return <VerdictChip verdict="skipped" />;
    return !report ? <VerdictChip verdict="checking" /> : <span className="dim">—</span>;
  }
  if (inside > 0) {
    return (
      <Chip tone="mute" icon={Minus}>
        {t('artifacts.signaturesInside', { count: inside })}
      </Chip>
    );
  }
  return <span className="dim">—</span>;
}
