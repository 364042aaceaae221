import { z } from 'zod';
import { command } from './define.ts';

/** Bytes of a file that one `intake.appendChunk` takes: in base64 they stay below the longest string of a frame. */
export const maxChunkBytes = 512 * 1024;

const id = z.string().min(1).max(64);

/** Files that the page hands over piece by piece; no path crosses. What has arrived is named by its id alone. */
export const intake = {
  openFile: command({
    doc: 'Announces a file. `hashOnly` keeps its digests, `spool` its bytes as well, in a private temporary file of at most 256 MiB.',
    input: z.object({
      /** The name without any folder; shown, and part of suggested names, never of a path. */
      name: z.string().regex(/^[^/\0]{1,255}$/, 'not a file name'),
      /** Bytes. */
      size: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
      keep: z.enum(['hashOnly', 'spool']),
    }),
    output: z.object({ id }),
    errors: ['intake.tooMany', 'file.tooLarge', 'file.noSpace', 'file.notWritten'],
  }),
  appendChunk: command({
    doc: 'The next bytes of a file, in canonical base64. They must begin where the last ones ended.',
    input: z.object({
      id,
      offset: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
      base64: z
        .string()
        .min(4)
        .max(4 * Math.ceil(maxChunkBytes / 3)),
    }),
    output: z.object({ received: z.number() }),
    errors: [
      'intake.notFound',
      'intake.wrongOffset',
      'intake.wrongSize',
      'intake.badChunk',
      'file.noSpace',
      'file.notWritten',
    ],
  }),
  discardFile: command({
    doc: 'Forgets a file and removes what was kept of it. Unknown ids are no error: a file left alone for half an hour is forgotten too.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [],
  }),
};
