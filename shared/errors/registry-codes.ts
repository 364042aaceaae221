import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

const host = { host: z.string() };

/** Codes of registries, layouts and credentials. */
export const registryCodes = defineCodes({
  'registry.sourceNotFound': { details: z.object({ id: z.string() }), retryable: false },
  'registry.sourceExists': { details: z.object({ name: z.string() }), retryable: false },
  'registry.badHost': { details: z.object({ host: z.string() }), retryable: false },
  'registry.badReference': { details: z.object({ text: z.string(), fault: z.string() }), retryable: false },
  'registry.unreachable': { details: z.object({ ...host, cause: z.string() }), retryable: true },
  /** The connection was closed before an answer: over plain HTTP, most likely by a port that expects TLS. */
  'registry.closedUnanswered': {
    details: z.object({ ...host, scheme: z.enum(['http', 'https']) }),
    retryable: true,
  },
  /** A proxy stands between, and did not let the request through. */
  'registry.proxyRefused': { details: z.object({ ...host, answer: z.string() }), retryable: false },
  'registry.timeout': { details: z.object({ ...host, stage: z.string(), limitMs: z.number() }), retryable: true },
  'registry.tls': { details: z.object({ ...host, cause: z.string() }), retryable: false },
  'registry.spokeHttp': { details: z.object(host), retryable: false },
  'registry.spokeHttps': { details: z.object(host), retryable: false },
  'registry.unauthorized': { details: z.object({ ...host, hadCredentials: z.boolean() }), retryable: false },
  /** The name and password just typed, or the token, were not accepted. */
  'registry.loginRefused': { details: z.object(host), retryable: false },
  'registry.forbidden': { details: z.object({ ...host, what: z.string() }), retryable: false },
  'registry.notFound': { details: z.object({ ...host, what: z.string() }), retryable: false },
  'registry.tooManyRequests': { details: z.object({ ...host, retryAfterMs: z.number().nullable() }), retryable: true },
  'registry.serverError': { details: z.object({ ...host, status: z.number(), what: z.string() }), retryable: true },
  'registry.refused': {
    details: z.object({ ...host, status: z.number(), what: z.string(), answer: z.string() }),
    retryable: false,
  },
  'registry.badAnswer': { details: z.object({ ...host, what: z.string(), fault: z.string() }), retryable: false },
  'registry.digestMismatch': {
    details: z.object({ what: z.string(), wanted: z.string(), received: z.string() }),
    retryable: false,
  },
  'registry.sizeMismatch': {
    details: z.object({ what: z.string(), wanted: z.number(), received: z.number() }),
    retryable: false,
  },
  'registry.truncated': { details: z.object({ ...host, what: z.string() }), retryable: true },
  'registry.tooLarge': { details: z.object({ what: z.string(), limit: z.number() }), retryable: false },
  'registry.badRedirect': { details: z.object({ ...host, target: z.string(), fault: z.string() }), retryable: false },
  'registry.badChallenge': { details: z.object({ ...host, fault: z.string() }), retryable: false },
  'registry.untrustedRealm': { details: z.object({ ...host, realm: z.string() }), retryable: false },
  /** A page for people came where a manifest was asked for. */
  'registry.webPage': { details: z.object({ ...host, what: z.string() }), retryable: false },
  'registry.badManifest': { details: z.object({ what: z.string(), fault: z.string() }), retryable: false },
  'registry.staleIndexKept': {
    details: z.object({ ...host, digest: z.string(), status: z.number() }),
    retryable: false,
  },
  'registry.noCredentialHelper': { details: z.object(host), retryable: false },
  'registry.credentialHelperFailed': {
    details: z.object({ ...host, helper: z.string(), fault: z.string() }),
    retryable: true,
  },
  'registry.badCredentialFile': { details: z.object({ file: z.string(), fault: z.string() }), retryable: false },
  'layout.notALayout': { details: z.object({ path: z.string(), fault: z.string() }), retryable: false },
  'layout.unreadable': {
    details: z.object({
      path: z.string(),
      fault: z.string(),
      /** The error behind this one, in its wire form. */
      error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
    }),
    retryable: false,
  },
});
