import { z } from 'zod';

/** A signer to try: what of a signature, a key or a certificate decides whether a statement trusts it. */
export const triedSignerSchema = z.object({
  /** Of the leaf, as Go prints it. */
  subject: z.string().max(16_384),
  /** SHA-256 of each certificate, leaf first. */
  chain: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(64),
  /** Decides whether `ca` or `signingAuthority` stores are asked. */
  scheme: z.enum(['notary.x509', 'notary.x509.signingAuthority']).default('notary.x509'),
});
export type TriedSigner = z.input<typeof triedSignerSchema>;

/** One name part that an identity asks for, beside the signer's. */
export const triedPartSchema = z.object({
  attribute: z.string(),
  wanted: z.string(),
  found: z.string().optional(),
  equal: z.boolean(),
});

/** How the stores and identities of a statement take a signer. */
export const signerTrialSchema = z.object({
  stores: z.array(
    z.object({
      store: z.string(),
      /** `otherScheme`: not asked about signatures of this scheme; `faulty`: missing, empty or with a broken file, which fails every store. */
      result: z.enum(['anchors', 'noMatch', 'otherScheme', 'faulty', 'malformed']),
      /** Of the certificate in the chain that stands in the store; 0 is the leaf. */
      position: z.number().int().nonnegative().optional(),
      file: z.string().optional(),
      /** A reason code, such as `authenticity.storeMissing`. */
      fault: z.string().optional(),
    }),
  ),
  /** Whether the stores together anchor the chain. */
  isAnchored: z.boolean(),
  identities: z.array(
    z.object({
      identity: z.string(),
      /** `other`: of a kind that is not compared with subjects; `invalid`: refused by the rules for identities. */
      result: z.enum(['any', 'matches', 'differs', 'other', 'invalid']),
      parts: z.array(triedPartSchema),
    }),
  ),
  isIdentified: z.boolean(),
  /** Why no identity can ever match the subject, such as a missing state. */
  subjectFault: z
    .object({
      kind: z.enum(['hexValue', 'syntax', 'multiValued', 'duplicate', 'missing']),
      attribute: z.string().optional(),
    })
    .optional(),
});
export type SignerTrial = z.infer<typeof signerTrialSchema>;
