import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { memo, useContext, useLayoutEffect, useState, type ReactNode } from 'react';
import type { InputOf } from '../../../shared/contract/contract.ts';
import type { Artifact } from '../../../shared/model/artifact.ts';
import type { TagColumn } from '../../../shared/model/browsing.ts';
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
import { TagCovers } from './tag-covers.ts';
import styles from './tags-pane.module.css';

interface TagRowProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly tag: string;
  /** The columns beside the tag. */
  readonly columns: readonly TagColumn[];
}

/** How long a row must stay before anything is read for it, so that rows flying by cost nothing. */
const restMs = 120;

/** The cells of one tag; asks for its manifest and its verdict once the row has come to rest on screen. */
export const TagRow = memo(function TagRow({ sourceId, repository, tag, columns }: TagRowProps) {
  const input = { sourceId, repository, reference: tag };
  const known = useKnown(input);
  const [read, setRead] = useState<Read | null>(null);
  const isRested = useRested(tag, restMs);
  const shown = isRested && read?.tag === tag ? read : known;
  return (
    <>
      {isRested && <Reading input={input} onRead={setRead} />}
      <Cells {...shown} columns={columns} progress={isRested ? shown.progress : null} />
    </>
  );
});

type Input = InputOf<'artifacts.readArtifact'>;
type Read = Omit<CellsProps, 'columns'>;

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
  readonly columns: readonly TagColumn[];
  readonly artifact: Artifact | undefined;
  readonly isUnread: boolean;
  readonly report: VerificationReport | undefined;
  readonly isUnjudged: boolean;
  /** How far the reading has come; `null` when it has not been asked for. */
  readonly progress: 'checking' | 'waiting' | null;
}

function Cells({ tag, columns, ...read }: CellsProps) {
  const contents = useContents({ tag, ...read });
  return (
    <>
      <GridCell>
        <span className={styles.tag}>
          <Untrusted text={tag} cut />
        </span>
      </GridCell>
      {columns.map((column) => (
        <GridCell key={column} alignEnd={column === 'size'}>
          {contents[column]}
        </GridCell>
      ))}
    </>
  );
}

/** What stands in each column. */
function useContents({
  artifact,
  isUnread,
  report,
  isUnjudged,
  progress,
}: Read): Readonly<Record<TagColumn, ReactNode>> {
  const t = useText();
  const covers = useContext(TagCovers);
  const notRead = <span className="dim">{t('registries.notRead')}</span>;
  const blank = isUnread ? notRead : progress && <span className={styles.skeleton} />;
  const verdict = report?.verdict ?? (isUnjudged ? 'couldNotCheck' : progress);
  const cover = verdict === 'noSignature' && report ? covers.get(report.subject.digest) : undefined;
  return {
    digest: artifact ? <ShortDigest digest={artifact.descriptor.digest} /> : blank,
    kind: artifact ? <Kind artifact={artifact} /> : blank,
    verdict: cover === undefined ? verdict && <VerdictChip verdict={verdict} /> : <Covered />,
    signers: cover === undefined ? isUnjudged ? notRead : <Signers report={report} /> : <Through cover={cover} />,
    size: artifact && <Size artifact={artifact} />,
  };
}

/** Less than signed, so no tick: a link, dashed. */
function Covered() {
  const t = useText();
  return (
    <span className={styles.covered}>
      <Link2 aria-hidden />
      {t('registries.coveredByIndex')}
    </span>
  );
}

function Through({ cover }: { readonly cover: string }) {
  const t = useText();
  return (
    <span className={styles.small}>
      <Untrusted text={t('registries.throughIndex', { tag: cover })} cut />
    </span>
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
