import { z } from 'zod';
import { certificateSchema } from './certificate.ts';
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

/** A token whose own signature holds, decoded for display and trusted by nobody. */
export const timestampDetailsSchema = timestampSchema.extend({
  /** Certificates of the token from its signer up, as far as they lead. */
  chain: z.array(certificateSchema),
  /** Of the token, in bytes. */
  size: z.number().int(),
});
export type TimestampDetails = z.infer<typeof timestampDetailsSchema>;

/** Which authority stamps a signature, and the one root that its answer must lead to. */
export const timestampChoiceSchema = z.object({
  /** http or https. */
  url: z.string().min(1).max(2048),
  root: z.discriminatedUnion('kind', [
    /** A file of a `tsa` trust store with exactly one certificate. */
    z.object({ kind: z.literal('store'), store: z.string().min(1).max(64), file: z.string().min(1).max(255) }),
    /** A certificate file's bytes in base64: PEM or DER. */
    z.object({ kind: z.literal('content'), content: z.string().min(1).max(131_072) }),
  ]),
});
export type TimestampChoice = z.infer<typeof timestampChoiceSchema>;
