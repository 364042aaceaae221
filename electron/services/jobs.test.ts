import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createJobsService, type JobsService, type JobTask } from './jobs.ts';

let bench: ServiceBench;
let jobs: JobsService;
beforeEach(() => {
  bench = new ServiceBench();
  jobs = createJobsService(bench);
});

const start = (task: JobTask, total = 2) => jobs.start({ kind: 'verifyMany', title: 'many', total }, task);
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));

describe('jobs', () => {
  it('tells of start, progress and end', async () => {
    const job = start(async (advance) => {
      advance();
      advance();
    });
    expect(job).toMatchObject({ state: 'running', completed: 0, total: 2 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(bench.told('jobs.changed').map(({ state, completed }) => [state, completed])).toEqual([
      ['running', 0],
      ['running', 1],
      ['running', 2],
      ['done', 2],
    ]);
    expect((await jobs.handlers['jobs.listJobs']({}, callContext())).jobs).toMatchObject([
      { id: job.id, state: 'done' },
    ]);
  });

  it('names an error of ours, and keeps others to the log', async () => {
    start(() => Promise.reject(new AppError('policy.notFound', {})));
    start(() => Promise.reject(new Error('secret path')));
    await settled();
    const failed = bench.told('jobs.changed').filter(({ state }) => state === 'failed');
    expect(failed.map(({ error }) => error?.code)).toEqual(['policy.notFound', 'rpc.internal']);
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  it('stops on request', async () => {
    const job = start(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1));
    await jobs.handlers['jobs.cancelJob']({ id: job.id }, callContext());
    await settled();
    expect(jobs.find(job.id)?.state).toBe('cancelled');
    await expect(jobs.handlers['jobs.cancelJob']({ id: 'none' }, callContext())).rejects.toMatchObject({
      code: 'rpc.jobNotFound',
    });
  });

  it('forgets the oldest ended ones', async () => {
    for (let index = 0; index < 60; index += 1) {
      start(() => Promise.resolve(), 0);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect((await jobs.handlers['jobs.listJobs']({}, callContext())).jobs.length).toBeLessThanOrEqual(51);
  });
});
