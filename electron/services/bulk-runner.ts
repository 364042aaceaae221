import { isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { Job } from '../../shared/model/job.ts';
import type { QueueItem } from '../../shared/model/bulk.ts';
import { yieldToEvents } from '../domain/yield-to-events.ts';
import type { ActivityService } from './activity.ts';
import type { QueueFiles } from './bulk-files.ts';
import type { Queue } from './bulk-queue.ts';
import { rest, workOn, type QueueWorkOptions } from './bulk-work.ts';
import type { JobsService } from './jobs.ts';

const pinsAtOnce = 4;
/** How often the progress of verifications is written; signing writes before each. */
const saveMs = 1000;

export interface QueueRunnerOptions extends QueueWorkOptions {
  readonly files: QueueFiles;
  readonly jobs: JobsService;
  readonly activity: ActivityService;
}

interface RunState {
  readonly stop: { reason: 'pause' | 'cancel' | undefined };
  readonly signal: AbortSignal;
  advance(): void;
}

function nextWaiting(queue: Queue, from: number, needsDigest: boolean): number {
  for (let index = from; index < queue.items.length; index += 1) {
    const item = queue.items[index];
    if (item?.state === 'waiting' && (!needsDigest || item.digest === undefined)) return index;
  }
  return -1;
}

/** Runs workers until nothing is left or the queue is to stop; the first fault ends them all and is thrown. */
async function inWorkers(count: number, isOver: () => boolean, step: () => Promise<boolean>): Promise<void> {
  let hasFailed = false;
  const work = async (): Promise<void> => {
    try {
      while (!hasFailed && !isOver() && (await step())) await yieldToEvents();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: count }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Lets queues work, each as a job that can be paused and cancelled. */
export class QueueRunner {
  readonly #options: QueueRunnerOptions;

  constructor(options: QueueRunnerOptions) {
    this.#options = options;
  }

  /** Turns tags into digests; then the queue is planned. */
  pin(queue: Queue): void {
    queue.state = 'pinning';
    const total = queue.items.filter((item) => item.state === 'waiting' && item.digest === undefined).length;
    this.#run(queue, { kind: 'pinTags', title: String(total), total }, (run) => this.#pinAll(queue, run), 'planned');
  }

  /** Verifies or signs what waits. */
  start(queue: Queue): void {
    queue.state = 'running';
    const total = queue.items.filter((item) => item.state === 'waiting').length;
    const kind = queue.action === 'verify' ? 'verifyQueue' : 'signQueue';
    this.#run(queue, { kind, title: String(total), total }, (run) => this.#workAll(queue, run), 'ended');
  }

  #run(
    queue: Queue,
    job: Pick<Job, 'kind' | 'title' | 'total'>,
    work: (run: RunState) => Promise<void>,
    after: 'planned' | 'ended',
  ): void {
    const { files, jobs } = this.#options;
    const stop: RunState['stop'] = { reason: undefined };
    let tellEnd = (): void => undefined;
    const ended = new Promise<void>((resolve) => (tellEnd = resolve));
    const started = jobs.start(job, async (advance, signal) => {
      try {
        await work({ stop, signal, advance });
      } finally {
        this.#settle(queue, stop.reason, after);
        await files.save(queue).finally(() => {
          files.tell(queue);
          tellEnd();
        });
      }
      return stop.reason === undefined ? undefined : stop.reason === 'pause' ? 'paused' : 'cancelled';
    });
    queue.run = {
      stop: (reason) => {
        stop.reason = reason;
        if (reason === 'cancel' || queue.restsUntil) jobs.cancel(started.id);
      },
      ended,
    };
    files.tell(queue);
  }

  /** What a queue is once its workers have stopped. */
  #settle(queue: Queue, reason: 'pause' | 'cancel' | undefined, after: 'planned' | 'ended'): void {
    queue.run = undefined;
    queue.restsUntil = undefined;
    if (reason === 'cancel')
      queue.items = queue.items.map((item) => (item.state === 'waiting' ? { ...item, state: 'cancelled' } : item));
    const isLeft = queue.items.some(({ state }) => state === 'waiting');
    if (!isLeft) queue.state = 'ended';
    else queue.state = after === 'planned' ? 'planned' : 'paused';
    if (after === 'planned' && queue.items.some(({ state, digest }) => state === 'waiting' && !digest))
      queue.items = queue.items.map((item) =>
        item.state === 'waiting' && !item.digest
          ? { ...item, state: 'failed', error: { code: 'rpc.cancelled', details: {} } }
          : item,
      );
  }

  #pinAll(queue: Queue, { stop, signal, advance }: RunState): Promise<void> {
    const { repositories, files } = this.#options;
    let cursor = 0;
    const step = async (): Promise<boolean> => {
      const index = nextWaiting(queue, cursor, true);
      const item = queue.items[index];
      if (!item) return false;
      cursor = index + 1;
      try {
        const repository = await repositories.open(item.sourceId, item.repository);
        const { digest } = await repository.resolve(item.reference, signal);
        queue.items[index] = { ...item, digest };
      } catch (error) {
        if (signal.aborted) return false;
        if (!isAppError(error)) throw error;
        queue.items[index] = { ...item, state: 'failed', error: toWireError(error) };
      }
      advance();
      files.tellProgress(queue);
      return true;
    };
    return inWorkers(pinsAtOnce, () => signal.aborted || stop.reason !== undefined, step);
  }

  async #workAll(queue: Queue, run: RunState): Promise<void> {
    const { activity } = this.#options;
    const before = queue.items.filter(({ state }) => state === 'done').length;
    const total = queue.items.filter(({ state }) => state === 'waiting').length;
    const toNote = (): { note: string } => ({
      note: `${queue.items.filter(({ state }) => state === 'done').length - before}/${total}`,
    });
    const work = (): Promise<void> => this.#workers(queue, run);
    await activity.record('bulk.startQueue', `${queue.action} ${total}`, run.signal, work, toNote);
  }

  #workers(queue: Queue, { stop, signal, advance }: RunState): Promise<void> {
    const { files, clock } = this.#options;
    let cursor = 0;
    let savedAt = clock.monotonicMs();
    const keep = async (): Promise<void> => {
      if (clock.monotonicMs() - savedAt < saveMs) return;
      savedAt = clock.monotonicMs();
      await files.save(queue);
    };
    const step = async (): Promise<boolean> => {
      await rest(clock, queue, signal);
      const index = nextWaiting(queue, cursor, false);
      const item = queue.items[index];
      if (!item || signal.aborted) return false;
      cursor = index + 1;
      const running: QueueItem = { ...item, state: 'running' };
      queue.items[index] = running;
      // A signature must not be made twice because nobody remembers that it was being made.
      if (queue.action === 'sign') await files.save(queue);
      files.tellProgress(queue);
      const outcome = await workOn(this.#options, queue, item, signal);
      const isOver = outcome.state !== 'waiting';
      queue.items[index] = { ...item, ...outcome, ...(isOver && { endedAt: clock.now().toISOString() }) };
      if (isOver) advance();
      files.tellProgress(queue);
      await keep();
      return true;
    };
    return inWorkers(queue.concurrency, () => signal.aborted || stop.reason !== undefined, step);
  }
}
