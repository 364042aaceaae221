import { useQueries } from '@tanstack/react-query';
import { Box, Link2, Package } from 'lucide-react';
import type { CSSProperties } from 'react';
import { TreeItem, TreeItemContent } from 'react-aria-components';
import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { Verdict, VerificationReport } from '../../../shared/model/verification.ts';
import { laneOptions } from '../../client/lane.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './artifact-page.module.css';
import { platformsOf, type PlatformEntry } from './platforms.ts';
import { Twist } from './tree-node.tsx';

/** An index with more platforms than this is not judged platform by platform without being asked. */
const mostJudged = 32;

interface PlatformNodesProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly artifact: Artifact;
  readonly report: VerificationReport | undefined;
  readonly onOpen: (reference: string) => void;
  readonly onSign: (reference: string, digest: Digest) => void;
}

type Coverage = Verdict | 'byIndex' | 'checking';

const accepted = (verdict: Verdict | undefined) => verdict === 'verified' || verdict === 'verifiedWithWarnings';

function useCoverage({
  sourceId,
  repository,
  artifact,
  report,
}: PlatformNodesProps): readonly (PlatformEntry & { readonly coverage: Coverage })[] {
  const platforms = platformsOf(artifact);
  const results = useQueries({
    queries: platforms.map(({ descriptor }) =>
      laneOptions(
        'verify.verifyArtifact',
        { sourceId, repository, reference: descriptor.digest },
        platforms.length <= mostJudged,
      ),
    ),
  });
  return platforms.map((platform, index) => {
    const result = results[index];
    if (result?.isError) return { ...platform, coverage: 'couldNotCheck' };
    const verdict = result?.data?.verdict;
    if (verdict === undefined) return { ...platform, coverage: 'checking' };
    return { ...platform, coverage: !accepted(verdict) && accepted(report?.verdict) ? 'byIndex' : verdict };
  });
}

/** The platforms of an index: signed themselves, covered by the index's signature only, or not at all. */
export function PlatformNodes(props: PlatformNodesProps) {
  const t = useText();
  const covered = useCoverage(props);
  const unsigned = covered.filter(({ coverage }) => coverage === 'noSignature');
  const [missing] = unsigned;
  return (
    <TreeItem id="platforms" textValue={t('artifacts.platforms')} className={styles.item ?? ''}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.node}>
            <span className={`${styles.name} ${styles.wide}`}>
              <Twist isExpanded={isExpanded} hasChildren />
              <Package aria-hidden />
              <b>{t('artifacts.platforms')}</b>
              <span className={`cut ${styles.kind}`}>
                <Summary covered={covered} />
              </span>
            </span>
            <span>
              {missing && unsigned.length === 1 && (
                <Button size="small" onPress={() => props.onSign(missing.descriptor.digest, missing.descriptor.digest)}>
                  {t('artifacts.signMissing')}
                </Button>
              )}
            </span>
          </div>
        )}
      </TreeItemContent>
      {covered.map((platform) => (
        <PlatformNode key={platform.descriptor.digest} {...platform} onOpen={props.onOpen} />
      ))}
    </TreeItem>
  );
}

function Summary({ covered }: { readonly covered: readonly { readonly coverage: Coverage }[] }) {
  const t = useText();
  const count = (test: (coverage: Coverage) => boolean) => covered.filter(({ coverage }) => test(coverage)).length;
  const direct = count((coverage) => coverage === 'verified' || coverage === 'verifiedWithWarnings');
  const byIndex = count((coverage) => coverage === 'byIndex');
  const total = covered.length;
  if (count((coverage) => coverage === 'checking') > 0) return t('artifacts.platformsCounting', { total });
  const missing = total - direct - byIndex;
  return t('artifacts.platformsCovered', { covered: direct + byIndex, total, direct, byIndex, missing });
}

interface PlatformNodeProps extends PlatformEntry {
  readonly coverage: Coverage;
  readonly onOpen: (reference: string) => void;
}

function PlatformNode({ name, descriptor, coverage, onOpen }: PlatformNodeProps) {
  const t = useText();
  const format = useFormat();
  return (
    <TreeItem
      id={descriptor.digest}
      textValue={name}
      className={styles.item ?? ''}
      onAction={() => onOpen(descriptor.digest)}
    >
      <TreeItemContent>
        <div className={styles.node} style={{ '--depth': 1 } as CSSProperties}>
          <span className={`${styles.name} ${styles.wide}`}>
            <Twist isExpanded={false} hasChildren={false} />
            <Box aria-hidden />
            <Untrusted text={name} cut />
            <ShortDigest digest={descriptor.digest} />
            <span className={styles.kind}>{format.bytes(descriptor.size)}</span>
          </span>
          <span>
            {coverage === 'byIndex' ? (
              <span className={styles.covered}>
                <Link2 aria-hidden />
                {t('artifacts.coveredByIndex')}
              </span>
            ) : (
              <VerdictChip verdict={coverage} />
            )}
          </span>
        </div>
      </TreeItemContent>
    </TreeItem>
  );
}
