import { z } from 'zod';

/** How a question about a certificate ended. The renderer has words for each; times are RFC 3339 in UTC. */
export const revocationOutcomes = [
  'good',
  'revoked',
  // The server answered that it does not know the certificate.
  'unknown',
  // Not asked.
  'offline',
] as const;

/** One question put to a server about a certificate. */
export const revocationQuestionSchema = z.object({
  method: z.enum(['ocsp', 'crl']),
  url: z.string(),
  outcome: z.enum(revocationOutcomes),
  /** What the reference says of it, word for word, where it says something. */
  fault: z.string().optional(),
  /** Whether the answer was taken from the cache that is shared with the CLI. */
  fromCache: z.boolean(),
  askedAt: z.string(),
  /** How long the answer took, in milliseconds. */
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
