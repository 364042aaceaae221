import { z } from 'zod';
import { activityEntrySchema, jobSchema } from '../model/job.ts';
import { command, query } from './define.ts';

/** What was done, newest first. */
export const activity = {
  listActivity: query({
    doc: 'The newest entries first, a page at a time.',
    input: z.object({ before: z.string().max(64).optional(), limit: z.number().int().min(1).max(200).default(100) }),
    output: z.object({ entries: z.array(activityEntrySchema), more: z.boolean() }),
    errors: ['file.unreadable'],
  }),
  clearActivity: command({
    doc: 'Forgets all entries.',
    input: z.object({}),
    output: z.object({}),
    errors: ['file.notWritten'],
  }),
};

/** Long work in progress or lately ended. */
export const jobs = {
  listJobs: query({
    doc: 'Running jobs and those that ended in this session.',
    input: z.object({}),
    output: z.object({ jobs: z.array(jobSchema) }),
    errors: [],
  }),
  cancelJob: command({
    doc: 'Stops a job; what it has finished stays.',
    input: z.object({ id: z.string() }),
    output: z.object({}),
    errors: ['rpc.jobNotFound'],
  }),
};
