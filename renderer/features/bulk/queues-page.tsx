import { ClipboardList, ListChecks } from 'lucide-react';
import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { QueueSummary } from '../../../shared/model/bulk.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader } from '../../ui/page.tsx';
import { Panes } from '../../ui/panes.tsx';
import { Empty } from '../../ui/states.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './bulk.module.css';
import { ListDialog } from './list-dialog.tsx';
import { QueueView, type QueueViewProps } from './queue-view.tsx';
import { settledOf, totalOf } from './queue-words.ts';

interface QueuesPageProps extends Omit<QueueViewProps, 'data' | 'onRemoved'> {
  /** The queue chosen; absent: the newest. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

/** All queues, and one of them in full. */
export function QueuesPage({ chosen, onChoose, ...view }: QueuesPageProps) {
  const t = useText();
  const list = useCall('bulk.listQueues', {});
  const [isListing, setListing] = useState(false);
  const header = (
    <PageHeader
      title={t('bulk.title')}
      text={t('bulk.lead')}
      actions={
        <Button onPress={() => setListing(true)}>
          <ClipboardList aria-hidden />
          {t('bulk.fromList')}
        </Button>
      }
    />
  );
  return (
    <Page bare header={header}>
      {isListing && <ListDialog onPlanned={onChoose} onClose={() => setListing(false)} />}
      <Loaded query={list}>
        {({ queues }) => {
          const shown = queues.find(({ id }) => id === chosen) ?? queues[0];
          if (!shown)
            return (
              <Empty icon={ListChecks} title={t('bulk.emptyTitle')}>
                {t('bulk.emptyText')}
              </Empty>
            );
          const entries = <QueueList queues={queues} chosen={shown.id} onChoose={onChoose} />;
          const content = <ChosenQueue key={shown.id} id={shown.id} onRemoved={() => onChoose(undefined)} {...view} />;
          return (
            <Panes
              id="queues"
              panes={[
                { id: 'list', size: 240, min: 180, max: 420, content: entries },
                { id: 'queue', min: 420, content },
              ]}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}

function ChosenQueue({ id, ...view }: Omit<QueueViewProps, 'data'> & { readonly id: string }) {
  const queue = useCall('bulk.readQueue', { id });
  return <Loaded query={queue}>{(data) => <QueueView data={data} {...view} />}</Loaded>;
}

interface QueueListProps {
  readonly queues: readonly QueueSummary[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function QueueList({ queues, chosen, onChoose }: QueueListProps) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  return (
    <ListBox
      aria-label={t('bulk.list')}
      className={styles.list ?? ''}
      items={queues}
      dependencies={[now]}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        if (keys !== 'all') for (const key of keys) onChoose(String(key));
      }}
    >
      {(queue) => {
        const title = queue.action === 'verify' ? 'bulk.verifyTitle' : 'bulk.signTitle';
        const words = t(title, { count: totalOf(queue) });
        return (
          <ListBoxItem id={queue.id} textValue={words} className={styles.entry ?? ''}>
            <b className="cut">{words}</b>
            <span className="num">
              {settledOf(queue)}/{totalOf(queue)}
            </span>
            <span>{t(`bulk.state_${queue.state}`)}</span>
            <span>{format.relative(queue.createdAt, now)}</span>
          </ListBoxItem>
        );
      }}
    </ListBox>
  );
}
