import { z } from 'zod';

/**
 * How a question about a certificate ended. The renderer has words for each. All but the first two leave it unknown whether the
 * certificate was revoked.
 */
export const revocationOutcomes = [
  'good',
  'revoked',
  'unknown', // the OCSP server answered that it does not know the certificate
  // Not asked.
  'offline', // the settings say so
  'notHttp', // another scheme than http
  'addressRefused', // leads to this machine or its network
  // No answer.
  'unreachable',
  'timeout',
  'badStatus', // another HTTP status than 200
  'redirected',
  'tooLarge',
  'serverRefused', // an OCSP server that will not answer, or not now
  // An answer that does not count.
  'malformed',
  'otherCertificate',
  'badSignature',
  'wrongResponder', // signed by a certificate that may not sign OCSP answers
  'expired',
  'noNextUpdate',
  'unsupported', // a critical extension, or another thing that must be understood and is not
  'deltaMismatch',
] as const;
export type RevocationOutcome = (typeof revocationOutcomes)[number];

/** One question put to a server about a certificate. Times are RFC 3339 in UTC. */
export const revocationQuestionSchema = z.object({
  method: z.enum(['ocsp', 'crl']),
  url: z.string(),
  outcome: z.enum(revocationOutcomes),
  /** What the reference says of it, word for word where it says something. */
  fault: z.string().optional(),
  /** Whether the list lay in the cache that is shared with the CLI. */
  fromCache: z.boolean(),
  askedAt: z.string(),
  /** How long it took, in milliseconds. */
  tookMs: z.number(),
  /** Of an OCSP answer. */
  producedAt: z.string().optional(),
  thisUpdate: z.string().optional(),
  nextUpdate: z.string().optional(),
  revokedAt: z.string().optional(),
});
export type RevocationQuestion = z.infer<typeof revocationQuestionSchema>;

/** What is known of one certificate of a chain. */
export const certificateRevocationSchema = z.object({
  subject: z.string(),
  sha256: z.string(),
  /** `notRevocable`: the root, and a certificate that names no server; both count as fine. */
  result: z.enum(['good', 'revoked', 'unknown', 'notRevocable']),
  questions: z.array(revocationQuestionSchema),
});
export type CertificateRevocation = z.infer<typeof certificateRevocationSchema>;
