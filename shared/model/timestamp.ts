import { z } from 'zod';
import { certificateRevocationSchema } from './revocation.ts';

/** What an RFC 3161 token says. Times are RFC 3339 in UTC, as fine as the token tells them; hex is lower-case. */
const timestampSchema = z.object({
  time: z.string(),
  /** The time with its accuracy to both sides. */
  earliest: z.string(),
  latest: z.string(),
  /** In milliseconds, with a fraction when the token is that fine; 0 when it gives none. */
  accuracyMs: z.number(),
  /** Object identifier of the policy that the authority worked under. */
  policy: z.string(),
  serialNumber: z.string(),
  nonce: z.string().optional(),
  /** Of the signature value, as `SHA-256`; an algorithm that does not count by its object identifier. */
  hashAlgorithm: z.string(),
  /** The authority's name, when the token has it. */
  tsa: z.string().optional(),
});

/** A token as a verification found it: its own signature holds, and it is about the signature it stands beside. */
export const verifiedTimestampSchema = timestampSchema.extend({
  /** Subject of the certificate that signed it. */
  signer: z.string(),
  /** The store that its chain ends in; absent when it ends in none. */
  store: z.string().optional(),
  /** Per certificate of the authority's chain, once it was trusted. */
  revocation: z.array(certificateRevocationSchema).optional(),
});
export type VerifiedTimestamp = z.infer<typeof verifiedTimestampSchema>;
