import { Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Search } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useCall } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
import { IconButton } from '../ui/button.tsx';
import { Tag } from '../ui/chip.tsx';
import { classes } from '../ui/classes.ts';
import { openPalette } from './palette-state.ts';
import styles from './shell.module.css';

export function TitleBar() {
  const t = useText();
  const { history } = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <header className={styles.titlebar}>
      <Link to="/" className={styles.mark}>
        <i aria-hidden>印</i>
        <span>{t('app.name')}</span>
      </Link>
      <IconButton label={t('app.back')} isDisabled={!canGoBack} onPress={() => history.back()}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <IconButton label={t('app.forward')} onPress={() => history.forward()}>
        <ChevronRight aria-hidden />
      </IconButton>
      <Button className={styles.omni ?? ''} onPress={openPalette} aria-keyshortcuts="Control+K">
        <Search aria-hidden />
        <span className={classes('cut', styles.omniText)}>{t('app.omni')}</span>
        <span className={styles.kbd}>Ctrl K</span>
      </Button>
      <RunningJobs />
    </header>
  );
}

function RunningJobs() {
  const t = useText();
  const { data } = useCall('jobs.listJobs', {});
  const running = data?.jobs.filter((job) => job.state === 'running').length ?? 0;
  return (
    <Link to="/activity" className={styles.jobs} tabIndex={running > 0 ? 0 : -1} aria-hidden={running === 0}>
      {running > 0 && <Tag>{t('app.jobs', { count: running })}</Tag>}
    </Link>
  );
}
