import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of signing and verifying files. */
export const blobCodes = defineCodes({
  'blob.badSignatureName': { details: z.object({ name: z.string(), fault: z.string() }), retryable: false },
  'blob.badMediaType': { details: z.object({ mediaType: z.string(), fault: z.string() }), retryable: false },
  'blob.emptySignature': { details: z.object({ name: z.string() }), retryable: false },
});
