import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useErrorText } from '../locales/error-text.ts';
import { useFormat } from '../locales/format.ts';
import { useText } from '../locales/use-text.tsx';
import { Button } from './button.tsx';
import { Callout, ErrorCard, SkeletonRows } from './states.tsx';
import { useNow } from './use-now.ts';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  /** Rows of the skeleton. */
  readonly rows?: number;
}

/** An answer of the host in each of its states: on the way, failed, stale, there. */
export function Loaded<T>({ query, children, rows = 6 }: LoadedProps<T>) {
  if (query.data === undefined) {
    if (query.isError) return <ErrorCard error={query.error} onRetry={() => void query.refetch()} />;
    return <SkeletonRows count={rows} />;
  }
  return (
    <>
      {query.isError && <Stale query={query} />}
      {children(query.data)}
    </>
  );
}

function Stale({ query }: { readonly query: UseQueryResult<unknown> }) {
  const t = useText();
  const format = useFormat();
  const { title, cause } = useErrorText()(query.error);
  const now = useNow();
  const when = format.relative(new Date(query.dataUpdatedAt).toISOString(), now);
  return (
    <Callout
      tone="warn"
      role="status"
      title={t('ui.staleTitle', { when })}
      actions={
        <Button size="small" onPress={() => void query.refetch()}>
          {t('ui.retry')}
        </Button>
      }
    >
      {t('ui.staleText')} {title} {cause}
    </Callout>
  );
}
