import { CopyX, EyeOff, FileX, Link2, Minus, ShieldOff, TimerOff, TriangleAlert, type LucideIcon } from 'lucide-react';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Chip, StateChip } from '../../ui/chip.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import { createdOf, type TreeRow } from './attachments-tree.ts';
import styles from './attachments.module.css';
import { danglingMarks, duplicateMarks, markWords, wordsOf } from './row-words.ts';
import type { RowVerdict } from './use-row-verdicts.ts';

/** How near the end of a signature's life is worth a mark. */
const soonMs = 30 * 24 * 60 * 60 * 1000;

/** Icon, digest and kind of a row, and what is odd about it. */
export function RowName({ row, nowMs }: { readonly row: TreeRow; readonly nowMs: number }) {
  const t = useText();
  const format = useFormat();
  const { icon: Icon } = kindLooks[row.kind];
  const size = row.facts?.contentSize;
  const isSignature = row.kind === 'notationSignature';
  return (
    <>
      <Icon aria-hidden />
      <ShortDigest digest={row.digest} />
      <span className={`cut ${styles.kind}`}>
        <Untrusted text={wordsOf(row, t)} cut />
        {!isSignature && size !== undefined && <> · {format.bytes(size)}</>}
      </span>
      <RowMarks row={row} nowMs={nowMs} />
    </>
  );
}

/** Small marks with a sentence behind each: hidden from the CLI, dangling, there twice, at the end of its life. */
export function RowMarks({ row, nowMs }: { readonly row: TreeRow; readonly nowMs: number }) {
  const t = useText();
  const format = useFormat();
  const { kind, marks, isVisibleToCli, facts, descriptor } = row;
  const expiry = facts?.signature?.expiry;
  const isEnding = expiry !== undefined && Date.parse(expiry) - nowMs < soonMs;
  const reason = descriptor.artifactType === mediaTypes.notarySignature ? 'listing' : 'type';
  return (
    <>
      {kind === 'notationSignature' && !isVisibleToCli && (
        <Mark icon={EyeOff} label={t('artifacts.notVisibleToCli', { reason })} />
      )}
      {marks.map((mark) => (
        <Mark
          key={mark}
          icon={danglingMarks.includes(mark) ? FileX : duplicateMarks.includes(mark) ? CopyX : TriangleAlert}
          label={t(markWords[mark].text)}
        />
      ))}
      {isEnding && <Mark icon={TimerOff} label={t('attachments.expires', { when: format.relative(expiry, nowMs) })} />}
    </>
  );
}

function Mark({ icon: Icon, label }: { readonly icon: LucideIcon; readonly label: string }) {
  return (
    <span className={styles.mark} title={label}>
      <Icon role="img" aria-label={label} />
    </span>
  );
}

/** Who signed, where that is known. */
export function RowSigner({ row }: { readonly row: TreeRow }) {
  const name = row.facts?.signature?.signerCommonName;
  return name === undefined ? <span className="dim">—</span> : <Untrusted text={name} cut />;
}

/** When it was made, by its own word. */
export function RowCreated({ row, nowMs }: { readonly row: TreeRow; readonly nowMs: number }) {
  const format = useFormat();
  const created = createdOf(row);
  return created === undefined ? null : <span title={format.dateTime(created)}>{format.moment(created, nowMs)}</span>;
}

/** What a row is worth. Only a signature that was judged has a verdict; being covered by an index is less than one. */
export function RowVerdictChip({ row, verdict }: { readonly row: TreeRow; readonly verdict: RowVerdict }) {
  const t = useText();
  const errorText = useErrorText();
  switch (verdict.kind) {
    case 'byIndex':
      return (
        <span className={styles.covered}>
          <Link2 aria-hidden />
          {t('artifacts.coveredByIndex')}
        </span>
      );
    case 'inside':
      return (
        <Chip tone="mute" icon={Minus}>
          {t('artifacts.signaturesInside', { count: verdict.count })}
        </Chip>
      );
    case 'notNotary':
      return <StateChip icon={ShieldOff}>{t('attachments.notNotary')}</StateChip>;
    case 'none':
      return <span className="dim">—</span>;
    case 'verdict': {
      const { problem } = row.facts ?? {};
      const title = problem && errorText(problem).title;
      return (
        <span title={verdict.verdict === 'couldNotCheck' ? title : undefined}>
          <VerdictChip verdict={verdict.verdict} />
        </span>
      );
    }
  }
}
