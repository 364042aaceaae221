import { z } from 'zod';
import { signOptions } from '../../shared/contract/sign.ts';
import { toWireError, AppError } from '../../shared/errors/app-error.ts';
import {
  maxConcurrency,
  maxQueueItems,
  queueActionSchema,
  queueItemSchema,
  queueSummarySchema,
  type QueueItem,
  type QueueSummary,
} from '../../shared/model/bulk.ts';

const optionsSchema = z.object(signOptions);
/** How a queue signs. */
export type QueueOptions = z.infer<typeof optionsSchema>;

const storedQueueSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[\w-]{1,64}$/),
  action: queueActionSchema,
  state: queueSummarySchema.shape.state,
  createdAt: z.string().max(64),
  concurrency: z.number().int().min(1).max(maxConcurrency),
  items: z.array(queueItemSchema).max(maxQueueItems),
  /** How to sign, without what a plugin was given: that may be a secret. */
  options: optionsSchema.omit({ pluginConfig: true }).optional(),
  hasPluginConfig: z.boolean(),
});

/** Of a queue that works: what ends it, and what its end is waited for by. */
export interface QueueRun {
  stop(reason: 'pause' | 'cancel'): void;
  readonly ended: Promise<void>;
}

/** A queue in memory. */
export interface Queue {
  readonly id: string;
  readonly action: QueueSummary['action'];
  readonly createdAt: string;
  state: QueueSummary['state'];
  concurrency: number;
  items: QueueItem[];
  options: QueueOptions | undefined;
  restsUntil: Date | undefined;
  run: QueueRun | undefined;
}

/** A queue as its file has it. */
export function toStored({ id, action, state, createdAt, concurrency, items, options }: Queue): string {
  const { pluginConfig = {}, ...kept } = options ?? {};
  const stored = {
    ...{ version: 1, id, action, state, createdAt, concurrency, items },
    ...(options && { options: kept }),
    hasPluginConfig: Object.keys(pluginConfig).length > 0,
  };
  return `${JSON.stringify(stored)}\n`;
}

/** What was in work when the program ended: a verification is done again, a signature may be there already. */
function afterEnd(item: QueueItem, action: QueueSummary['action']): QueueItem {
  if (item.state !== 'running') return item;
  if (action === 'verify') return { ...item, state: 'waiting' };
  return { ...item, state: 'failed', error: toWireError(new AppError('bulk.interrupted', {})) };
}

function withoutDigest(item: QueueItem): QueueItem {
  if (item.state !== 'waiting' || item.digest !== undefined) return item;
  return { ...item, state: 'failed', error: toWireError(new AppError('rpc.cancelled', {})) };
}

/** The queue of a file; undefined when it is none. What worked when the program ended is paused. */
export function fromStored(bytes: Uint8Array): Queue | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const parsed = storedQueueSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { id, action, createdAt, concurrency, options, hasPluginConfig, ...stored } = parsed.data;
  const wasPinning = stored.state === 'pinning';
  const items = stored.items.map((item) => afterEnd(wasPinning ? withoutDigest(item) : item, action));
  const isLeft = items.some((item) => item.state === 'waiting');
  const paused = isLeft ? 'paused' : 'ended';
  return {
    ...{ id, action, createdAt, concurrency, items },
    state: wasPinning ? 'planned' : stored.state === 'running' ? paused : stored.state,
    options: options && !hasPluginConfig ? { ...options, pluginConfig: {} } : undefined,
    restsUntil: undefined,
    run: undefined,
  };
}

/** How a list shows a queue. */
export function toSummary(queue: Queue): QueueSummary {
  const { id, action, state, createdAt, concurrency, items, options, restsUntil } = queue;
  const count = (wanted: QueueItem['state']): number => items.filter((item) => item.state === wanted).length;
  return {
    ...{ id, action, state, createdAt, concurrency },
    counts: {
      waiting: count('waiting'),
      running: count('running'),
      done: count('done'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    requests: items.reduce((sum, item) => sum + (item.state === 'waiting' ? item.requests : 0), 0),
    needsOptions: action === 'sign' && options === undefined,
    ...(restsUntil && { restsUntil: restsUntil.toISOString() }),
  };
}
