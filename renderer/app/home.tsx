import { Link, useRouter } from '@tanstack/react-router';
import { Server } from 'lucide-react';
import { useEffect } from 'react';
import { useCall } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
import { buttonLink } from '../ui/button.tsx';
import { Empty, ErrorCard, SkeletonRows } from '../ui/states.tsx';
import styles from './shell.module.css';

/** Goes to the first source: the playground, when it is there. */
export function Home() {
  const t = useText();
  const { data, error, refetch } = useCall('registries.listSources', {});
  const first = data?.sources[0];
  if (first) return <Leave sourceId={first.id} />;
  if (error)
    return (
      <div className={styles.notice}>
        <ErrorCard error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <SkeletonRows />;
  return (
    <div className={styles.filled}>
      <Empty
        icon={Server}
        title={t('app.noSourceTitle')}
        actions={
          <Link to="/" search={{ dialog: 'addSource' }} className={buttonLink('medium', true)}>
            {t('app.addSource')}
          </Link>
        }
      >
        {t('app.noSourceText')}
      </Empty>
    </div>
  );
}

/** Goes on to a source, unless the user has gone elsewhere while the sources were read. */
function Leave({ sourceId }: { readonly sourceId: string }) {
  const router = useRouter();
  useEffect(() => {
    if (router.latestLocation.pathname !== '/') return;
    void router.navigate({
      to: '/sources/$sourceId',
      params: { sourceId },
      search: ({ dialog, host }) => ({ dialog, host }),
      replace: true,
    });
  }, [router, sourceId]);
  return <SkeletonRows />;
}
