import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { callHost } from '../../client/connection.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Page, PageHeader } from '../../ui/page.tsx';
import { Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { ActivityRow } from './activity-row.tsx';
import styles from './activity.module.css';
import { RunningJobs } from './running-jobs.tsx';

const pageSize = 100;

function useActivity() {
  return useInfiniteQuery({
    queryKey: ['activity.listActivity', 'pages'],
    queryFn: ({ pageParam, signal }) =>
      callHost('activity.listActivity', { limit: pageSize, ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.id : undefined),
  });
}

/** What was done, newest first, with the jobs under way above. */
export function ActivityPage() {
  const t = useText();
  const [clearing, setClearing] = useState(false);
  const list = useActivity();
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const header = (
    <PageHeader
      title={t('activity.title')}
      text={t('activity.lead')}
      actions={
        <Button isDisabled={entries.length === 0} onPress={() => setClearing(true)}>
          {t('activity.clear')}
        </Button>
      }
    />
  );
  return (
    <Page header={header}>
      <div className={styles.body}>
        <RunningJobs />
        {list.isPending && <SkeletonRows count={8} />}
        {list.isError && <ErrorCard error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && entries.length === 0 && (
          <Empty icon={History} title={t('activity.emptyTitle')}>
            {t('activity.emptyText')}
          </Empty>
        )}
        {entries.length > 0 && (
          <ul className={styles.list} aria-label={t('activity.title')}>
            {entries.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {t('activity.more')}
          </Button>
        )}
      </div>
      {clearing && <ClearDialog onClose={() => setClearing(false)} />}
    </Page>
  );
}

function ClearDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const clear = useCommand('activity.clearActivity');
  const done = () => {
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('activity.clearTitle')}
      verb={t('activity.clearVerb')}
      isPending={clear.isPending}
      onConfirm={() => clear.mutate({}, { onSuccess: done })}
    >
      <p>{t('activity.clearText')}</p>
      {clear.isError && <ErrorCard error={clear.error} />}
    </ConfirmDialog>
  );
}
