import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { Job } from '../../shared/model/job.ts';
import type { Clock, Logger, Random } from '../domain/ports.ts';

const maxEnded = 50;

export interface JobsServiceOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly publish: Publish;
}

/**
 * What a job does: it calls `advance` after each part and stops when the signal says so. `'paused'` or
 * `'cancelled'` as its result tells that it ended so by another way than the signal.
 */
export type JobTask = (advance: () => void, signal: AbortSignal) => Promise<unknown>;

export interface JobsService {
  readonly handlers: Handlers<'jobs'>;
  /** Starts a job and gives it back at once; progress and end are told by `jobs.changed`. */
  start(job: Pick<Job, 'kind' | 'title' | 'total'>, task: JobTask): Job;
  /** Stops a job that runs. */
  cancel(id: string): void;
  /** The job, while it is remembered. */
  find(id: string): Job | undefined;
  /** Stops what runs and waits for it. */
  close(): Promise<void>;
}

interface Running {
  job: Job;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Long work: started here, told of by events, stopped on request. */
export function createJobsService({ clock, random, logger, publish }: JobsServiceOptions): JobsService {
  const jobs = new Map<string, Running>();

  const update = (id: string, change: Partial<Job>): void => {
    const running = jobs.get(id);
    if (running === undefined) return;
    running.job = { ...running.job, ...change };
    publish('jobs.changed', running.job);
  };
  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter(({ job }) => job.state !== 'running');
    for (const { job } of ended.slice(0, Math.max(0, ended.length - maxEnded))) jobs.delete(job.id);
  };
  const run = async (id: string, task: JobTask, signal: AbortSignal): Promise<void> => {
    let end: Pick<Job, 'state' | 'error'> = { state: 'done' };
    try {
      await Promise.resolve();
      const told = await task(() => update(id, { completed: (jobs.get(id)?.job.completed ?? 0) + 1 }), signal);
      const isTold = told === 'paused' || told === 'cancelled';
      end = { state: isTold ? told : signal.aborted ? 'cancelled' : 'done' };
    } catch (error) {
      if (signal.aborted) end = { state: 'cancelled' };
      else {
        logger.log('error', 'a job failed', { id, cause: String(error) });
        end = {
          state: 'failed',
          error: toWireError(isAppError(error) ? error : new AppError('rpc.internal', { traceId: id })),
        };
      }
    }
    update(id, { ...end, endedAt: clock.now().toISOString() });
    forgetOldest();
  };
  const cancel = (id: string): void => jobs.get(id)?.controller.abort(new AppError('rpc.cancelled', {}));
  return {
    cancel,
    handlers: {
      'jobs.listJobs': async () => ({ jobs: [...jobs.values()].map(({ job }) => job) }),
      'jobs.cancelJob': async ({ id }) => {
        if (!jobs.has(id)) throw new AppError('rpc.jobNotFound', { id });
        cancel(id);
        return {};
      },
    },
    start(described, task) {
      const id = random.uuid();
      const controller = new AbortController();
      const job: Job = { ...described, id, state: 'running', completed: 0, startedAt: clock.now().toISOString() };
      jobs.set(id, { job, controller, ended: run(id, task, controller.signal) });
      publish('jobs.changed', job);
      return job;
    },
    find: (id) => jobs.get(id)?.job,
    async close() {
      const running = [...jobs.values()];
      for (const { controller } of running) controller.abort(new AppError('rpc.cancelled', {}));
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}
