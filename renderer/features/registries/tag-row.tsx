import type { Artifact } from '../../../shared/model/artifact.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useLaneCall } from '../../client/lane.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
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

/** The cells of one tag; asks for its manifest and its verdict while the row is on screen. */
export function TagRow({ sourceId, repository, tag, isWide }: TagRowProps) {
  const t = useText();
  const format = useFormat();
  const input = { sourceId, repository, reference: tag };
  const artifact = useLaneCall('artifacts.readArtifact', input).query;
  const { query: verdict, isRunning } = useLaneCall('verify.verifyArtifact', input);
  const waiting = isRunning ? 'checking' : 'waiting';
  const state = verdict.data?.verdict ?? (verdict.isError ? 'couldNotCheck' : waiting);
  const blank = artifact.isError ? (
    <span className="dim">{t('registries.notRead')}</span>
  ) : (
    <span className={styles.skeleton} />
  );
  return (
    <>
      <GridCell>
        <span className={styles.tag}>
          <Untrusted text={tag} cut />
        </span>
      </GridCell>
      <GridCell>{artifact.data ? <ShortDigest digest={artifact.data.descriptor.digest} /> : blank}</GridCell>
      <GridCell>{artifact.data ? <Kind artifact={artifact.data} /> : blank}</GridCell>
      <GridCell>
        <VerdictChip verdict={state} />
      </GridCell>
      {isWide && (
        <>
          <GridCell>
            {verdict.isError ? (
              <span className="dim">{t('registries.notRead')}</span>
            ) : (
              <Signers report={verdict.data} />
            )}
          </GridCell>
          <GridCell alignEnd>
            <span className={`sub ${styles.small}`}>{artifact.data ? format.bytes(artifact.data.totalSize) : ''}</span>
          </GridCell>
        </>
      )}
    </>
  );
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
