import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of queues. */
export const bulkCodes = defineCodes({
  'bulk.queueNotFound': { details: z.object({ id: z.string() }), retryable: false },
  'bulk.wrongState': { details: z.object({ state: z.string() }), retryable: false },
  'bulk.optionsNeeded': { details: z.object({}), retryable: false },
  'bulk.tagMoved': {
    details: z.object({ tag: z.string(), planned: z.string(), found: z.string() }),
    retryable: false,
  },
  'bulk.interrupted': { details: z.object({}), retryable: true },
});
