import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

const sizes = { file: z.string(), announced: z.number(), received: z.number() };

/** Codes of files that a page hands over. */
export const intakeCodes = defineCodes({
  'intake.notFound': { details: z.object({}), retryable: true },
  'intake.wrongOffset': { details: z.object({ expected: z.number(), received: z.number() }), retryable: false },
  'intake.wrongSize': { details: z.object(sizes), retryable: true },
  'intake.incomplete': { details: z.object(sizes), retryable: true },
  'intake.badChunk': { details: z.object({}), retryable: false },
  'intake.tooMany': { details: z.object({ limit: z.number() }), retryable: true },
});
