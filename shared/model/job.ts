import { z } from 'zod';

/** Long work: started by a command, told of by events, ended by itself or by `jobs.cancelJob`. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(['verifyMany', 'pinTags', 'verifyQueue', 'signQueue']),
  title: z.string(),
  state: z.enum(['running', 'done', 'paused', 'failed', 'cancelled']),
  completed: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export type Job = z.infer<typeof jobSchema>;

/** A row of the activity list: something that was done, and how it ended. */
export const activityEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  /** The contract method that did it. */
  method: z.string(),
  /** What it was done to: a reference, a key name, a store. */
  subject: z.string(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  /** Verdict of a verification, digest of a pushed signature and the like. */
  note: z.string().optional(),
  /** The `notation` command line that does the same, where there is one. */
  command: z.string().optional(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
