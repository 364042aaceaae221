import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of the test lab. */
export const labCodes = defineCodes({
  'lab.exists': { details: z.object({ directory: z.string() }), retryable: false },
  'lab.missing': { details: z.object({}), retryable: false },
  'lab.otherConfiguration': { details: z.object({ directory: z.string() }), retryable: false },
  'lab.scopeTaken': { details: z.object({ scope: z.string(), statement: z.string() }), retryable: false },
  'lab.fileTaken': { details: z.object({ file: z.string() }), retryable: false },
  'lab.recordMalformed': { details: z.object({ file: z.string(), fault: z.string() }), retryable: false },
});
