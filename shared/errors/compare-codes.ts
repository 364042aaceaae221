import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of asking the installed `notation` command. */
export const compareCodes = defineCodes({
  'compare.notInstalled': { details: z.object({}), retryable: true },
  'compare.archive': { details: z.object({ folder: z.string() }), retryable: false },
  'compare.notStarted': { details: z.object({ program: z.string() }), retryable: true },
  'compare.tookTooLong': { details: z.object({ program: z.string(), seconds: z.number() }), retryable: true },
  'compare.saidTooMuch': { details: z.object({ program: z.string(), bytes: z.number() }), retryable: false },
});
