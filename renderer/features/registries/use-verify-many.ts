import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '../../../shared/model/job.ts';
import { callHost } from '../../client/connection.ts';
import { useCommand, useHostEvent } from '../../client/use-call.ts';
import { useTellError } from '../../ui/toast.tsx';

/** A job takes this many artifacts. */
export const mostAtOnce = 1000;

interface Run {
  readonly jobId: string;
  readonly tags: readonly string[];
}

/** Verifies many tags as one job; what it finds appears in the rows as it goes. */
export function useVerifyMany(sourceId: string, repository: string) {
  const queries = useQueryClient();
  const tellError = useTellError();
  const start = useCommand('verify.verifyMany');
  const cancel = useCommand('jobs.cancelJob');
  const [run, setRun] = useState<Run | null>(null);
  const [progress, setProgress] = useState<Job | null>(null);

  const takeOver = async ({ jobId, tags }: Run) => {
    const { reports } = await callHost('verify.readReports', { jobId });
    reports.forEach(({ report }, index) => {
      const reference = tags[index];
      if (report && reference)
        queries.setQueryData(['verify.verifyArtifact', { sourceId, repository, reference }], report);
    });
  };
  useHostEvent('jobs.changed', (job) => {
    if (job.id !== run?.jobId) return;
    setProgress(job);
    takeOver(run).catch(tellError);
    if (job.state !== 'running') setRun(null);
  });
  return {
    progress: run ? progress : null,
    isStarting: start.isPending,
    verify: (all: readonly string[]) => {
      const tags = all.slice(0, mostAtOnce);
      const artifacts = tags.map((reference) => ({ sourceId, repository, reference }));
      setProgress(null);
      start.mutate({ artifacts }, { onSuccess: ({ jobId }) => setRun({ jobId, tags }), onError: tellError });
    },
    stop: () => run && cancel.mutate({ id: run.jobId }, { onError: tellError }),
  };
}

export type VerifyMany = ReturnType<typeof useVerifyMany>;
