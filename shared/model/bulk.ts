import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { verdictSchema } from './verification.ts';

/** What a queue holds at most. */
export const maxQueueItems = 1000;

/** How many artifacts of a queue may be worked on at a time. */
export const maxConcurrency = 8;

export const queueActionSchema = z.enum(['verify', 'sign']);

/**
 * One artifact of a queue. `waiting` is still to do, `failed` could not be done and may be tried again. Of a signing queue, `digest` is
 * what the tag pointed at when the queue was planned, and only that is signed; of a verification, what was judged.
 */
export const queueItemSchema = z.object({
  sourceId: z.string().min(1).max(64),
  repository: z.string().max(300),
  /** A tag or digest, as it was chosen. */
  reference: z.string().min(1).max(300),
  /** The reference with its registry or layout. */
  name: z.string().max(8192),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  digest: digestSchema.optional(),
  /** About how many requests it takes, when it has one signature and no redirect or login comes in between; 0 in a layout. */
  requests: z.number().int().nonnegative(),
  verdict: verdictSchema.optional(),
  /** Common names of those who signed. */
  signers: z.array(z.string()).optional(),
  /** Of the signature that was made. */
  signatureDigest: digestSchema.optional(),
  /** Where the tag pointed once the digest was signed, when that was another one. */
  movedTo: digestSchema.optional(),
  /** The `notation` command line that does the same. */
  command: z.string().optional(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
  endedAt: z.string().optional(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

/**
 * A queue as lists show it. It is `pinning` while tags become digests, `planned` until the user starts it, `paused` while the user, or
 * the end of the program, keeps it from going on, and `ended` when nothing is left to do.
 */
export const queueSummarySchema = z.object({
  id: z.string().min(1).max(64),
  action: queueActionSchema,
  state: z.enum(['pinning', 'planned', 'running', 'paused', 'ended']),
  createdAt: z.string(),
  concurrency: z.number().int().min(1).max(maxConcurrency),
  counts: z.object({
    waiting: z.number().int(),
    running: z.number().int(),
    done: z.number().int(),
    failed: z.number().int(),
    cancelled: z.number().int(),
  }),
  /** About how many requests the waiting ones take. */
  requests: z.number().int().nonnegative(),
  /** Whether how to sign has to be told again: what a plugin was given is kept in no file. */
  needsOptions: z.boolean(),
  /** When it goes on by itself, after a registry asked for patience. */
  restsUntil: z.string().optional(),
});
export type QueueSummary = z.infer<typeof queueSummarySchema>;
