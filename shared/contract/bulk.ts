import { z } from 'zod';
import {
  maxConcurrency,
  maxQueueItems,
  queueActionSchema,
  queueItemSchema,
  queueSummarySchema,
} from '../model/bulk.ts';
import { artifactLocation } from './artifacts.ts';
import { command, query } from './define.ts';
import { signOptions } from './sign.ts';

const id = z.string().min(1).max(64);
const reading = ['file.unreadable', 'file.notRegular', 'file.tooLarge'] as const;
const changing = [...reading, 'bulk.queueNotFound', 'bulk.wrongState', 'file.notWritten', 'file.noSpace'] as const;

/** Queues: many artifacts verified or signed, with a plan before, pauses between, and a report after. They outlive the program. */
export const bulk = {
  listQueues: query({
    doc: 'All queues, the newest first.',
    input: z.object({}),
    output: z.object({ queues: z.array(queueSummarySchema) }),
    errors: [...reading],
  }),
  readQueue: query({
    doc: 'A queue with every artifact in it.',
    input: z.object({ id }),
    output: z.object({ queue: queueSummarySchema, items: z.array(queueItemSchema) }),
    errors: [...reading, 'bulk.queueNotFound'],
  }),
  readList: query({
    doc: 'The artifacts that a pasted text lists: whole references, of any sources that are known. Nothing is asked of them.',
    input: z.object({ text: z.string().max(500_000) }),
    output: z.object({
      artifacts: z.array(z.object(artifactLocation)),
      /** The first words that name no artifact, and why. */
      faults: z.array(z.object({ text: z.string(), why: z.enum(['noReference', 'unknownSource', 'noTag']) })),
      /** How many words were left out because a queue holds no more. */
      left: z.number().int().nonnegative(),
    }),
    errors: [...reading, 'file.malformed'],
  }),
  planQueue: command({
    doc: 'Makes a queue. For signing, every tag is first resolved to the digest that will be signed; nothing else is asked or done until it is started.',
    input: z.object({
      action: queueActionSchema,
      artifacts: z.array(z.object(artifactLocation)).min(1).max(maxQueueItems),
    }),
    output: z.object({ id: z.string() }),
    errors: [...reading, 'registry.sourceNotFound', 'registry.badReference', 'file.notWritten', 'file.noSpace'],
  }),
  startQueue: command({
    doc: 'Starts a planned queue or lets a paused one go on. A signing queue is told how to sign, unless it was before.',
    input: z.object({
      id,
      concurrency: z.number().int().min(1).max(maxConcurrency).default(4),
      options: z.object(signOptions).optional(),
    }),
    output: z.object({}),
    errors: [...changing, 'bulk.optionsNeeded'],
  }),
  pauseQueue: command({
    doc: 'Finishes the artifacts being worked on and takes no more.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [...changing],
  }),
  cancelQueue: command({
    doc: 'Ends a queue; what was done stays done.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [...changing],
  }),
  retryFailed: command({
    doc: 'Plans what failed anew; for signing, tags without a digest and tags that moved are resolved again.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [...changing],
  }),
  removeQueue: command({
    doc: 'Forgets a queue that is not running.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [...changing],
  }),
};
