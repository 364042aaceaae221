import { Copy } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { QueueItem } from '../../../shared/model/bulk.ts';
import { useText } from '../../locales/use-text.tsx';
import { toClipboardText } from '../../locales/visible-text.ts';
import { TextButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { useWholeCommand } from '../../ui/copy.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Rich } from '../../ui/rich.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { VirtualGrid, type GridColumn } from '../../ui/virtual-grid.tsx';
import styles from './bulk.module.css';
import { QueueHead } from './queue-head.tsx';
import { QueuePlan, widthOf, type Width } from './queue-plan.tsx';
import { QueueRow } from './queue-row.tsx';
import { settledOf, totalOf } from './queue-words.ts';

export type QueueData = OutputOf<'bulk.readQueue'>;

/** What the sheet that signs is given: what waits, and how many at a time. */
export interface SigningRequest {
  readonly id: string;
  readonly items: readonly QueueItem[];
  readonly concurrency: number;
  readonly onClose: () => void;
}

export interface QueueViewProps {
  readonly data: QueueData;
  readonly onOpen: (item: QueueItem) => void;
  readonly onRemoved: () => void;
  readonly renderSigning: (request: SigningRequest) => ReactNode;
}

type Filter = 'all' | 'waiting' | 'done' | 'failed' | 'cancelled';

/** One queue: what it does, how far it is, and every artifact in it. */
export function QueueView({ data, onOpen, onRemoved, renderSigning }: QueueViewProps) {
  const { queue, items } = data;
  const [chosen, setWidth] = useState<Width | null>(null);
  const [filter, setFilter] = useState<Filter>('all');
  const [isSigning, setSigning] = useState(false);
  const width = chosen ?? widthOf(queue);
  const shown = useMemo(() => items.filter((item) => fits(item, filter)), [items, filter]);
  const waiting = items.filter(({ state }) => state === 'waiting');
  return (
    <section className={styles.view} aria-labelledby="queue-title">
      <QueueHead data={data} concurrency={Number(width)} onSign={() => setSigning(true)} onRemoved={onRemoved} />
      <QueuePlan queue={queue} width={width} onWidth={setWidth} />
      <Bar data={data} filter={filter} onFilter={setFilter} />
      <Items items={shown} data={data} onOpen={onOpen} />
      <Commands items={shown} />
      {isSigning &&
        renderSigning({
          ...{ id: queue.id, items: waiting, concurrency: Number(width) },
          onClose: () => setSigning(false),
        })}
    </section>
  );
}

function fits({ state }: QueueItem, filter: Filter): boolean {
  if (filter === 'all') return true;
  return filter === 'waiting' ? state === 'waiting' || state === 'running' : state === filter;
}

interface BarProps {
  readonly data: QueueData;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

function Bar({ data: { queue }, filter, onFilter }: BarProps) {
  const t = useText();
  const { counts } = queue;
  const [done, total] = [settledOf(queue), totalOf(queue)];
  const choices = [
    { id: 'all' as const, label: t('bulk.filterAll', { count: total }) },
    { id: 'waiting' as const, label: t('bulk.filterWaiting', { count: counts.waiting + counts.running }) },
    { id: 'done' as const, label: t('bulk.filterDone', { count: counts.done }) },
    { id: 'failed' as const, label: t('bulk.filterFailed', { count: counts.failed }) },
    ...(counts.cancelled > 0
      ? [{ id: 'cancelled' as const, label: t('bulk.filterCancelled', { count: counts.cancelled }) }]
      : []),
  ];
  return (
    <div className={styles.bar}>
      <Segments label={t('bulk.filter')} value={filter} onChange={onFilter} choices={choices} />
      <span className={styles.count} role="status">
        <Rich id="bulk.progress" values={{ done, total }} />
      </span>
      <Progress label={t(`bulk.state_${queue.state}`)} done={done} total={total} />
    </div>
  );
}

interface ItemsProps extends Pick<QueueViewProps, 'data' | 'onOpen'> {
  readonly items: readonly QueueItem[];
}

function Items({ items, data: { queue }, onOpen }: ItemsProps) {
  const t = useText();
  const byName = useMemo(() => new Map(items.map((item) => [item.name, item])), [items]);
  const names = useMemo(() => [...byName.keys()], [byName]);
  const renderRow = useCallback(
    (name: string) => {
      const item = byName.get(name);
      return item && <QueueRow item={item} action={queue.action} />;
    },
    [byName, queue.action],
  );
  const columns: readonly GridColumn[] = [
    { id: 'name', header: t('bulk.columnArtifact'), track: 'minmax(180px, 1.6fr)' },
    { id: 'digest', header: t('bulk.columnDigest'), track: '116px' },
    { id: 'result', header: t('bulk.columnResult'), track: '190px' },
    { id: 'details', header: t('bulk.columnDetails'), track: 'minmax(120px, 1.2fr)' },
  ];
  if (names.length === 0) return <p className={styles.none}>{t('bulk.noneOfThese')}</p>;
  return (
    <div className={styles.grid}>
      <VirtualGrid
        label={t('bulk.artifacts')}
        rows={names}
        columns={columns}
        renderRow={renderRow}
        onOpen={(name) => {
          const item = byName.get(name);
          if (item) onOpen(item);
        }}
      />
    </div>
  );
}

/** What does the same with the CLI, of the artifacts shown. */
function Commands({ items }: Pick<ItemsProps, 'items'>) {
  const t = useText();
  const whole = useWholeCommand();
  const commands = items.flatMap(({ command }) => command ?? []);
  if (commands.length === 0) return null;
  const copy = () => {
    const lines = commands.map((command) => toClipboardText(whole(command)));
    void navigator.clipboard.writeText(lines.join('\n')).then(() => tellDone(t('ui.copied')));
  };
  return (
    <footer className={styles.foot}>
      <TextButton onPress={copy}>
        <Copy aria-hidden />
        {t('bulk.copyCommands', { count: commands.length })}
      </TextButton>
    </footer>
  );
}
