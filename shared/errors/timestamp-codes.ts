import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** `message` is what the reference says, word for word; `host` is the timestamp authority's. */
const answer = { host: z.string(), message: z.string() };
const tsa = { host: z.string(), subject: z.string(), message: z.string() };

/** Codes of obtaining an RFC 3161 timestamp. With each of them nothing was signed for anybody else to see. */
export const timestampCodes = defineCodes({
  'timestamp.badUrl': {
    details: z.object({ url: z.string(), fault: z.enum(['syntax', 'scheme', 'host', 'credentials']) }),
    retryable: false,
  },
  'timestamp.badRoot': {
    details: z.object({
      fault: z.enum(['missing', 'unreadable', 'none', 'several', 'notRoot', 'notValidNow']),
      /** A file, a subject, or the reference's sentence. */
      what: z.string(),
    }),
    retryable: false,
  },
  /** The key's plugin makes whole envelopes. */
  'timestamp.notWithPlugin': { details: z.object({ name: z.string() }), retryable: false },
  'timestamp.unreachable': { details: z.object({ host: z.string(), cause: z.string() }), retryable: true },
  'timestamp.timeout': { details: z.object({ host: z.string(), limitMs: z.number() }), retryable: true },
  'timestamp.badStatus': { details: z.object({ ...answer, status: z.number() }), retryable: true },
  'timestamp.badContentType': { details: z.object({ ...answer, contentType: z.string() }), retryable: false },
  'timestamp.tooLarge': { details: z.object({ ...answer, limit: z.number() }), retryable: false },
  'timestamp.rejected': { details: z.object(answer), retryable: true },
  'timestamp.badAnswer': { details: z.object(answer), retryable: false },
  'timestamp.notTrusted': { details: z.object(tsa), retryable: false },
  'timestamp.outsideCertificate': {
    details: z.object({ ...tsa, time: z.string(), notBefore: z.string(), notAfter: z.string() }),
    retryable: true,
  },
  'timestamp.revoked': { details: z.object(tsa), retryable: false },
  'timestamp.revocationUnknown': { details: z.object(tsa), retryable: true },
});
