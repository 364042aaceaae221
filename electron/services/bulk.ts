import type { Handlers, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { QueueItem, QueueSummary } from '../../shared/model/bulk.ts';
import { isDigest } from '../../shared/model/digest.ts';
import { toCliName, toCommandOn } from '../domain/notation-command.ts';
import type { Repository } from '../domain/oci/repository.ts';
import type { Directory, Random } from '../domain/ports.ts';
import { QueueFiles } from './bulk-files.ts';
import { readList } from './bulk-list.ts';
import { toSummary, type Queue } from './bulk-queue.ts';
import { QueueRunner, type QueueRunnerOptions } from './bulk-runner.ts';
import type { SourceBook } from './source-book.ts';
import { toReference } from './whole-reference.ts';

/**
 * What one artifact takes of a registry with the referrers API. Verifying: the manifest, the two lists of signatures, and of one
 * signature manifest and envelope. Signing: the tag before, while and after signing, envelope and configuration (two and three), and the
 * manifest. A list of signatures that is kept under a tag takes four more.
 */
const requestsOf: Readonly<Record<QueueSummary['action'], number>> = { verify: 5, sign: 9 };
const defaultConcurrency = 4;

export interface BulkServiceOptions extends Omit<QueueRunnerOptions, 'files'> {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  readonly random: Random;
  readonly book: Pick<SourceBook, 'list'>;
  readonly publish: Publish;
}

type Planned = ParsedInputOf<'bulk.planQueue'>;

function assertState(queue: Queue, ...states: readonly QueueSummary['state'][]): void {
  if (!states.includes(queue.state)) throw new AppError('bulk.wrongState', { state: queue.state });
}

/** Each artifact once, in the order they were chosen in. */
async function toItems(options: BulkServiceOptions, { action, artifacts }: Planned): Promise<QueueItem[]> {
  const opened = new Map<string, Repository>();
  const items = new Map<string, QueueItem>();
  for (const { sourceId, repository, reference } of artifacts) {
    const place = JSON.stringify([sourceId, repository]);
    const found = opened.get(place) ?? (await options.repositories.open(sourceId, repository));
    opened.set(place, found);
    const name = toReference(toCliName(found), reference);
    items.set(name, {
      ...{ sourceId, repository, reference, name, state: 'waiting' },
      requests: found.kind === 'layout' ? 0 : requestsOf[action],
      // Of a layout the scope belongs to it, which only the report tells; of a signature the key.
      ...(action === 'verify' && found.kind === 'registry' && { command: toCommandOn(found, 'verify', [name]) }),
      ...(isDigest(reference) && { digest: reference }),
    });
  }
  return [...items.values()];
}

/** What failed, to be done again; of a tag that moved, or that never was resolved, the digest is asked for anew. */
function again(item: QueueItem): QueueItem {
  const { sourceId, repository, reference, name, requests, digest, command, error } = item;
  const isKept = digest !== undefined && error?.code !== 'bulk.tagMoved';
  return {
    ...{ sourceId, repository, reference, name, requests, state: 'waiting' },
    ...(isKept && { digest }),
    ...(command !== undefined && { command }),
  };
}

async function planQueue(
  options: BulkServiceOptions,
  files: QueueFiles,
  runner: QueueRunner,
  input: Planned,
): Promise<{ id: string }> {
  const queue: Queue = {
    id: options.random.uuid(),
    action: input.action,
    createdAt: options.clock.now().toISOString(),
    state: 'planned',
    concurrency: defaultConcurrency,
    items: await toItems(options, input),
    options: undefined,
    restsUntil: undefined,
    run: undefined,
  };
  await files.add(queue);
  if (input.action === 'sign') runner.pin(queue);
  return { id: queue.id };
}

async function startQueue(
  files: QueueFiles,
  runner: QueueRunner,
  { id, concurrency, options }: ParsedInputOf<'bulk.startQueue'>,
): Promise<void> {
  const queue = await files.get(id);
  assertState(queue, 'planned', 'paused');
  if (queue.action === 'sign') {
    queue.options = options ?? queue.options;
    if (queue.options === undefined) throw new AppError('bulk.optionsNeeded', {});
  }
  queue.concurrency = concurrency;
  runner.start(queue);
  await files.save(queue);
}

async function cancelQueue(files: QueueFiles, id: string): Promise<void> {
  const queue = await files.get(id);
  assertState(queue, 'pinning', 'planned', 'running', 'paused');
  if (queue.run) {
    const { ended } = queue.run;
    queue.run.stop('cancel');
    await ended;
    return;
  }
  queue.items = queue.items.map((item) => (item.state === 'waiting' ? { ...item, state: 'cancelled' } : item));
  queue.state = 'ended';
  await files.save(queue);
  files.tell(queue);
}

async function retryFailed(files: QueueFiles, runner: QueueRunner, id: string): Promise<void> {
  const queue = await files.get(id);
  assertState(queue, 'planned', 'paused', 'ended');
  queue.items = queue.items.map((item) => (item.state === 'failed' ? again(item) : item));
  const isLeft = queue.items.some(({ state }) => state === 'waiting');
  if (!isLeft) return;
  queue.state = 'planned';
  if (queue.action === 'sign' && queue.items.some(({ state, digest }) => state === 'waiting' && !digest))
    runner.pin(queue);
  await files.save(queue);
  files.tell(queue);
}

/** Queues of many artifacts. Each is kept in a file, so that it can go on after the program ended. */
export function createBulkService(options: BulkServiceOptions): Handlers<'bulk'> {
  const files = new QueueFiles(options);
  const runner = new QueueRunner({ ...options, files });
  return {
    'bulk.listQueues': async () => ({ queues: (await files.list()).map(toSummary) }),
    'bulk.readQueue': async ({ id }) => {
      const queue = await files.get(id);
      return { queue: toSummary(queue), items: [...queue.items] };
    },
    'bulk.readList': ({ text }) => readList(options.book, text),
    'bulk.planQueue': (input) => planQueue(options, files, runner, input),
    'bulk.startQueue': async (input) => {
      await startQueue(files, runner, input);
      return {};
    },
    'bulk.pauseQueue': async ({ id }) => {
      const queue = await files.get(id);
      assertState(queue, 'running');
      const ended = queue.run?.ended;
      queue.run?.stop('pause');
      await ended;
      return {};
    },
    'bulk.cancelQueue': async ({ id }) => {
      await cancelQueue(files, id);
      return {};
    },
    'bulk.retryFailed': async ({ id }) => {
      await retryFailed(files, runner, id);
      return {};
    },
    'bulk.removeQueue': async ({ id }) => {
      const queue = await files.get(id);
      assertState(queue, 'planned', 'paused', 'ended');
      await files.remove(queue);
      return {};
    },
  };
}
