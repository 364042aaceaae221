import type { QueueSummary } from '../../../shared/model/bulk.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Callout } from '../../ui/states.tsx';
import styles from './bulk.module.css';

const widths = ['1', '2', '4', '8'] as const;
export type Width = (typeof widths)[number];

interface QueuePlanProps {
  readonly queue: QueueSummary;
  readonly width: Width;
  readonly onWidth: (width: Width) => void;
}

/** What a queue will do and what that costs, before it starts and whenever it stands still. */
export function QueuePlan({ queue, width, onWidth }: QueuePlanProps) {
  const t = useText();
  const format = useFormat();
  const { action, state, counts, requests, restsUntil } = queue;
  if (restsUntil)
    return (
      <div className={styles.callout}>
        <Callout tone="warn" role="status" compact>
          {t('bulk.rests', { when: format.dateTime(restsUntil) })}
        </Callout>
      </div>
    );
  if ((state !== 'planned' && state !== 'paused') || counts.waiting === 0) return null;
  const plan = action === 'verify' ? 'bulk.planVerify' : 'bulk.planSign';
  return (
    <div className={styles.callout}>
      <Callout tone="plain" title={t(state === 'paused' ? 'bulk.pausedText' : plan)}>
        <div>{t('bulk.requests', { requests })}</div>
        <div className={styles.concurrency}>
          <span>{t('bulk.concurrency')}</span>
          <Segments
            label={t('bulk.concurrency')}
            value={width}
            onChange={onWidth}
            choices={widths.map((id) => ({ id, label: id }))}
          />
        </div>
      </Callout>
    </div>
  );
}

/** The width nearest to what a queue worked with last. */
export function widthOf({ concurrency }: QueueSummary): Width {
  return widths.find((width) => Number(width) >= concurrency) ?? '8';
}
