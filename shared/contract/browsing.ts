import { z } from 'zod';
import { browsingSchema, placeSchema, tagTableSchema } from '../model/browsing.ts';
import { command, query } from './define.ts';

const writing = ['file.unreadable', 'file.malformed', 'file.notWritten', 'file.noSpace'] as const;

/** What Inkan keeps of how the user looks around; nothing of it leaves the computer. */
export const browsing = {
  readBrowsing: query({
    doc: 'Pinned and recent repositories of the sources that are there, and how the tag list is shown.',
    input: z.object({}),
    output: browsingSchema,
    errors: ['file.unreadable', 'file.malformed'],
  }),
  noteVisit: command({
    doc: 'Puts a repository first among the recent ones.',
    input: placeSchema,
    output: z.object({}),
    errors: [...writing],
  }),
  pinPlace: command({
    doc: 'Pins a repository to the rail, or takes it off.',
    input: placeSchema.extend({ isPinned: z.boolean() }),
    output: z.object({}),
    errors: [...writing],
  }),
  changeTagTable: command({
    doc: 'Changes how the tag list is shown, here and after the next start.',
    input: tagTableSchema.partial(),
    output: z.object({}),
    errors: [...writing],
  }),
};
