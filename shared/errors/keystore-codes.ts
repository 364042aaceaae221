import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

const file = { file: z.string() };

/** Codes of keys, trust stores, policies, settings and the files under them. */
export const keystoreCodes = defineCodes({
  'key.badName': { details: z.object({ name: z.string(), fault: z.string() }), retryable: false },
  'key.exists': { details: z.object({ name: z.string() }), retryable: false },
  'key.notFound': { details: z.object({ name: z.string() }), retryable: false },
  'key.fileExists': { details: z.object(file), retryable: false },
  'key.malformed': { details: z.object({ fault: z.string() }), retryable: false },
  'key.encrypted': { details: z.object({}), retryable: false },
  'key.unsupported': { details: z.object({ algorithm: z.string() }), retryable: false },
  'key.doesNotMatch': { details: z.object({ subject: z.string() }), retryable: false },
  'key.badSubject': { details: z.object({ field: z.string(), fault: z.string() }), retryable: false },
  'key.notTest': { details: z.object({ name: z.string(), fault: z.string() }), retryable: false },
  'key.readableByOthers': { details: z.object({ ...file, mode: z.string() }), retryable: false },
  'key.notRepairable': { details: z.object({ name: z.string() }), retryable: false },
  'key.placeForgotten': { details: z.object({}), retryable: false },
  'key.incomplete': { details: z.object({ name: z.string() }), retryable: false },
  'key.listMalformed': { details: z.object({ fault: z.string() }), retryable: false },
  'trustStore.badName': { details: z.object({ name: z.string(), fault: z.string() }), retryable: false },
  'trustStore.notFound': { details: z.object({ type: z.string(), name: z.string() }), retryable: false },
  'trustStore.empty': { details: z.object({ type: z.string(), name: z.string() }), retryable: false },
  'trustStore.fileExists': {
    details: z.object({ type: z.string(), name: z.string(), file: z.string() }),
    retryable: false,
  },
  'trustStore.fileNotFound': {
    details: z.object({ type: z.string(), name: z.string(), file: z.string() }),
    retryable: false,
  },
  'trustStore.badCertificate': {
    details: z.object({ type: z.string(), name: z.string(), file: z.string(), fault: z.string() }),
    retryable: false,
  },
  'trustStore.noCertificate': { details: z.object(file), retryable: false },
  'trustStore.notConfirmed': { details: z.object({ sha256: z.string() }), retryable: false },
  'policy.invalid': { details: z.object({ count: z.number(), message: z.string() }), retryable: false },
  'policy.notFound': { details: z.object({}), retryable: false },
  'policy.versionNotFound': { details: z.object({ number: z.number() }), retryable: false },
  'file.changedMeanwhile': { details: z.object(file), retryable: true },
  'file.notRegular': { details: z.object(file), retryable: false },
  'file.unreadable': { details: z.object({ ...file, cause: z.string() }), retryable: true },
  'file.malformed': { details: z.object({ ...file, fault: z.string() }), retryable: false },
  'file.tooLarge': { details: z.object({ ...file, limit: z.number() }), retryable: false },
  'file.noSpace': { details: z.object(file), retryable: true },
  'file.notWritten': { details: z.object({ ...file, cause: z.string() }), retryable: true },
  'file.busy': { details: z.object(file), retryable: true },
  'file.writableByOthers': { details: z.object({ ...file, mode: z.string() }), retryable: false },
  'file.foreignOwner': { details: z.object(file), retryable: false },
  'file.badName': { details: z.object({ ...file, fault: z.string() }), retryable: false },
});
