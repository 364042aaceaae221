import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of tar, zip and gzip archives, and of layouts in them. */
export const archiveCodes = defineCodes({
  'archive.malformed': { details: z.object({ fault: z.string() }), retryable: false },
  'archive.tooLarge': { details: z.object({ what: z.string(), limit: z.number() }), retryable: false },
  /** An entry that would be dangerous to unpack, or that readers would understand differently. */
  'archive.unsafeEntry': {
    details: z.object({
      entry: z.string(),
      fault: z.enum(['leavesFolder', 'absolute', 'link', 'special', 'duplicate', 'sameButCase', 'badName', 'inFolder']),
    }),
    retryable: false,
  },
  /** Made by `docker save` before it wrote image layouts. */
  'layout.dockerArchive': { details: z.object({ path: z.string() }), retryable: false },
  /** Nothing is ever written into an archive. */
  'layout.archiveKept': { details: z.object({ path: z.string() }), retryable: false },
});
