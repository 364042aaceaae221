import { memo } from 'react';
import type { QueueItem, QueueSummary } from '../../../shared/model/bulk.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Chip, StateChip } from '../../ui/chip.tsx';
import { ShortDigest } from '../../ui/copy.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { GridCell } from '../../ui/virtual-grid.tsx';
import styles from './bulk.module.css';
import { lookOf } from './queue-words.ts';

interface QueueRowProps {
  readonly item: QueueItem;
  readonly action: QueueSummary['action'];
}

/** The cells of one artifact: what it is called, the digest, what became of it, and who signed or why not. */
export const QueueRow = memo(function QueueRow({ item, action }: QueueRowProps) {
  const t = useText();
  const { name, digest, state } = item;
  const { tone, icon, word } = lookOf(item, action);
  return (
    <>
      <GridCell>
        <span className={styles.name}>
          <Untrusted text={name} cut />
        </span>
      </GridCell>
      <GridCell>{digest && <ShortDigest digest={digest} />}</GridCell>
      <GridCell>
        {state === 'waiting' || state === 'running' ? (
          <StateChip icon={icon} spin={state === 'running'}>
            {t(word)}
          </StateChip>
        ) : (
          <Chip tone={tone} icon={icon}>
            {t(word)}
          </Chip>
        )}
      </GridCell>
      <GridCell>
        <Details item={item} />
      </GridCell>
    </>
  );
});

function Details({ item: { error, signers, movedTo } }: Pick<QueueRowProps, 'item'>) {
  const t = useText();
  const errorText = useErrorText();
  if (error) {
    const { title, cause, next } = errorText(error);
    return (
      <span className="cut" title={`${title} ${cause} ${next}`}>
        {title}
      </span>
    );
  }
  if (movedTo) return <Untrusted text={t('bulk.moved', { digest: movedTo })} cut />;
  if (!signers) return null;
  return signers.length === 0 ? <span className="dim">—</span> : <Untrusted text={signers.join(', ')} cut />;
}
