import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** The error behind this one, in its wire form: it tells more than its code alone. */
const behind = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional();

/** Codes of envelopes, certificates, signing and verification that could not run. A failed verification is not an error. */
export const signatureCodes = defineCodes({
  'envelope.malformed': { details: z.object({ fault: z.string(), field: z.string().optional() }), retryable: false },
  'envelope.unsupportedFormat': { details: z.object({ mediaType: z.string() }), retryable: false },
  'envelope.tooLarge': { details: z.object({ size: z.number(), limit: z.number() }), retryable: false },
  'envelope.badSignatureManifest': { details: z.object({ fault: z.string() }), retryable: false },
  'certificate.malformed': { details: z.object({ fault: z.string() }), retryable: false },
  'certificate.ruleBroken': {
    details: z.object({ rule: z.string(), subject: z.string(), message: z.string() }),
    retryable: false,
  },
  'sign.keyNotFound': { details: z.object({ name: z.string() }), retryable: false },
  'sign.noDefaultKey': { details: z.object({}), retryable: false },
  'sign.keyUnusable': { details: z.object({ name: z.string(), fault: z.string(), error: behind }), retryable: false },
  'sign.reservedMetadata': { details: z.object({ key: z.string() }), retryable: false },
  'sign.badMetadata': { details: z.object({ key: z.string(), fault: z.string() }), retryable: false },
  'sign.badExpiry': { details: z.object({ fault: z.string() }), retryable: false },
  'sign.unsupportedFormat': { details: z.object({ format: z.string() }), retryable: false },
  'sign.selfCheckFailed': { details: z.object({ fault: z.string() }), retryable: false },
  'sign.notPushed': { details: z.object({ fault: z.string(), error: behind }), retryable: true },
  'verify.badMaxSignatures': { details: z.object({ value: z.number() }), retryable: false },
});
