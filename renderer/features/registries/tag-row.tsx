import { useQueryClient } from '@tanstack/react-query';
import { memo, useLayoutEffect, useState } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { Artifact } from '../../../shared/model/artifact.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { laneOptions, useLaneCall } from '../../client/lane.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useRested } from '../../ui/use-rested.ts';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import { GridCell } from '../../ui/virtual-grid.tsx';
import styles from './tags-pane.module.css';

interface TagRowProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly tag: string;
  /** Whether there is room for signers and size. */
  readonly isWide: boolean;
}

/** How long a row must stay before anything is read for it, so that rows flying by cost nothing. */
const restMs = 120;

/** The cells of one tag; asks for its manifest and its verdict once the row has come to rest on screen. */
export const TagRow = memo(function TagRow({ sourceId, repository, tag, isWide }: TagRowProps) {
  const input = { sourceId, repository, reference: tag };
  const known = useKnown(input);
  const [read, setRead] = useState<Read | null>(null);
  const isRested = useRested(tag, restMs);
  const shown = isRested && read?.tag === tag ? read : known;
  return (
    <>
      {isRested && <Reading input={input} onRead={setRead} />}
      <Cells {...shown} isWide={isWide} progress={isRested ? shown.progress : null} />
    </>
  );
});

type Input = InputOf<'artifacts.readArtifact'>;
type Read = Omit<CellsProps, 'isWide'>;

/** Asks, tells of every answer and draws nothing: what stands under the pointer stays the same element, or a click on it would be lost. */
function Reading({ input, onRead }: { readonly input: Input; readonly onRead: (read: Read) => void }) {
  const { data: artifact, isError: isUnread } = useLaneCall('artifacts.readArtifact', input).query;
  const { query: verdict, isRunning } = useLaneCall('verify.verifyArtifact', input);
  const { data: report, isError: isUnjudged } = verdict;
  const tag = input.reference;
  useLayoutEffect(
    () => onRead({ tag, artifact, isUnread, report, isUnjudged, progress: isRunning ? 'checking' : 'waiting' }),
    [tag, artifact, isUnread, report, isUnjudged, isRunning, onRead],
  );
  return null;
}

/** What is known already; asks for nothing. */
function useKnown(input: Input): Read {
  const client = useQueryClient();
  const artifact = client.getQueryState(laneOptions('artifacts.readArtifact', input).queryKey);
  const verdict = client.getQueryState(laneOptions('verify.verifyArtifact', input).queryKey);
  return {
    tag: input.reference,
    artifact: artifact?.data,
    isUnread: artifact?.status === 'error',
    report: verdict?.data,
    isUnjudged: verdict?.status === 'error',
    progress: null,
  };
}

interface CellsProps {
  readonly tag: string;
  readonly isWide: boolean;
  readonly artifact: Artifact | undefined;
  readonly isUnread: boolean;
  readonly report: VerificationReport | undefined;
  readonly isUnjudged: boolean;
  /** How far the reading has come; `null` when it has not been asked for. */
  readonly progress: 'checking' | 'waiting' | null;
}

function Cells({ tag, isWide, artifact, isUnread, report, isUnjudged, progress }: CellsProps) {
  const t = useText();
  const notRead = <span className="dim">{t('registries.notRead')}</span>;
  const blank = isUnread ? notRead : progress && <span className={styles.skeleton} />;
  const verdict = report?.verdict ?? (isUnjudged ? 'couldNotCheck' : progress);
  return (
    <>
      <GridCell>
        <span className={styles.tag}>
          <Untrusted text={tag} cut />
        </span>
      </GridCell>
      <GridCell>{artifact ? <ShortDigest digest={artifact.descriptor.digest} /> : blank}</GridCell>
      <GridCell>{artifact ? <Kind artifact={artifact} /> : blank}</GridCell>
      <GridCell>{verdict && <VerdictChip verdict={verdict} />}</GridCell>
      {isWide && (
        <>
          <GridCell>{isUnjudged ? notRead : <Signers report={report} />}</GridCell>
          <GridCell alignEnd>{artifact && <Size artifact={artifact} />}</GridCell>
        </>
      )}
    </>
  );
}

/** Of an index only the manifests are counted, which says nothing about the size of its images. */
function Size({ artifact }: { readonly artifact: Artifact }) {
  const format = useFormat();
  if (artifact.kind === 'index') return <span className="dim">—</span>;
  return <span className={`sub ${styles.small}`}>{format.bytes(artifact.totalSize)}</span>;
}

function Kind({ artifact }: { readonly artifact: Artifact }) {
  const t = useText();
  const { icon: Icon, word } = kindLooks[artifact.kind];
  const count = artifact.manifests.filter(({ platform }) => platform && platform.os !== 'unknown').length;
  return (
    <span className={styles.kind}>
      <Icon aria-hidden />
      <span className="cut">
        {artifact.kind === 'index' && count > 0 ? t('registries.indexPlatforms', { count }) : t(word)}
      </span>
    </span>
  );
}

/** Whoever signed, verified ones first; the words of the chip say what that is worth. */
function Signers({ report }: { readonly report: VerificationReport | undefined }) {
  const t = useText();
  if (!report) return null;
  const verifiedFirst = [...report.signatures].sort(
    (a, b) => Number(b.verdict === 'verified') - Number(a.verdict === 'verified'),
  );
  const names = [...new Set(verifiedFirst.map(({ signerCommonName }) => signerCommonName ?? ''))].filter(Boolean);
  const [first] = names;
  if (first === undefined) return <span className="dim">—</span>;
  return (
    <span className={styles.signers}>
      <Untrusted text={first} cut />
      {names.length > 1 && <span className="sub">{t('registries.signersMore', { count: names.length - 1 })}</span>}
    </span>
  );
}
