import { CircleX } from 'lucide-react';
import { ProgressBar } from 'react-aria-components';
import type { Job } from '../../../shared/model/job.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { useTellError } from '../../ui/toast.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './activity.module.css';

/** The jobs of this session: progress of those that run, with a way to stop them, and how the others ended. */
export function RunningJobs() {
  const t = useText();
  const { data } = useCall('jobs.listJobs', {});
  const jobs = data?.jobs ?? [];
  if (jobs.length === 0) return null;
  return (
    <Section level="h2" title={t('activity.jobs')} note={jobs.length}>
      <ul className={styles.jobs}>
        {jobs.map((job) => (
          <JobItem key={job.id} job={job} />
        ))}
      </ul>
    </Section>
  );
}

function JobItem({ job }: { readonly job: Job }) {
  const t = useText();
  const tellError = useTellError();
  const cancel = useCommand('jobs.cancelJob');
  const { id, title, kind, state, completed, total, error } = job;
  const running = state === 'running';
  return (
    <li>
      <div className={styles.job}>
        <Untrusted text={t(`activity.jobKind_${kind}`, { title })} />
        <span className="sub num">
          {t(running ? 'activity.jobRunning' : `activity.jobState_${state}`, { completed, total })}
        </span>
        {running && (
          <IconButton
            size="small"
            label={t('activity.jobCancel', { title })}
            onPress={() => cancel.mutate({ id }, { onError: tellError })}
          >
            <CircleX aria-hidden />
          </IconButton>
        )}
      </div>
      {running && (
        <ProgressBar aria-label={t('activity.jobProgress', { title })} value={completed} maxValue={Math.max(1, total)}>
          {({ percentage }) => (
            <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
              <rect className={styles.barDone} width={percentage ?? 0} height="4" />
            </svg>
          )}
        </ProgressBar>
      )}
      {error && <ErrorCard error={error} />}
    </li>
  );
}
