import { z } from 'zod';
import { parseDistinguishedName } from './distinguished-name.ts';
import { digestSchema } from './digest.ts';
import { keyAlgorithmSchema } from './signing-key.ts';

/** The organizational unit in the subject of every certificate of the test lab: what carries it is marked as a test. */
export const labUnit = 'Inkan test lab';
/** Whether a subject is that of a certificate of the test lab. */
export function isLabSubject(subject: string): boolean {
  return parseDistinguishedName(subject)?.some(({ type, value }) => type === 'OU' && value === labUnit) === true;
}

/** Which entry of the rail the lab's layout is, as long as there is one. */
export const labSourceId = 'test-lab';
/** The only scope of the lab's policy statement: the path that stands for its layout. */
export const labScope = 'local/test-lab';
/** The tag of the artifact that verifies. */
export const labTag = 'example';

/** Ways in which a verification fails, in the order in which they are told. */
export const labDrills = [
  'wrongStore',
  'wrongIdentity',
  'expired',
  'tampered',
  'movedTag',
  'revoked',
  'missingTimestamp',
] as const;
export const labDrillSchema = z.enum(labDrills);
export type LabDrill = z.infer<typeof labDrillSchema>;

/** Where a file of the lab stands: Notation's configuration, its cache, Inkan's own directory, or the lab's layout. */
export const labPlaces = ['notation', 'cache', 'inkan', 'layout'] as const;
export const labPlaceSchema = z.enum(labPlaces);
export type LabPlace = z.infer<typeof labPlaceSchema>;

/** A file that the lab writes or removes, or something of the user's that stays; relative to the root of its place. */
export const labItemSchema = z.object({
  place: labPlaceSchema,
  path: z.string(),
  /** `absent`: it should be removed and is gone already. */
  action: z.enum(['create', 'change', 'remove', 'keep', 'absent']),
  /** Octal mode such as `0600`, of a file that is created. */
  mode: z.string().optional(),
  /** What goes into a file that others share, or comes out of it. */
  entry: z.object({ kind: z.enum(['key', 'statement', 'artifact']), name: z.string() }).optional(),
  /** Why something stays: changed since the lab wrote it, not the lab's, or the file would be no valid policy without it. */
  why: z.enum(['changed', 'notOurs', 'lastStatement']).optional(),
});
export type LabItem = z.infer<typeof labItemSchema>;

/** What the example is made from. */
export const labRequestSchema = z.object({
  /** Of the key, its stores and the policy statement; the common name of the signing certificate. */
  name: z.string().min(1).max(64).default('test-lab'),
  algorithm: keyAlgorithmSchema.default('RSA-2048'),
  /** Whether a certificate stands between root and signer. */
  intermediate: z.boolean().default(true),
  validityDays: z.number().int().min(1).max(3650).default(30),
});
export type LabRequest = z.infer<typeof labRequestSchema>;

/** A drill that was made: what to look at, and what it should show. */
export const labDrillStateSchema = z.object({
  drill: labDrillSchema,
  /** What is verified: a tag of the lab's layout. */
  tag: z.string(),
  digest: digestSchema,
  expected: z.object({
    verdict: z.enum(['notTrusted', 'noSignature']),
    /** The check that should fail, and why; absent where no signature is to be found. */
    check: z.enum(['integrity', 'authenticity', 'authenticTimestamp', 'expiry', 'revocation']).optional(),
    reason: z.string().optional(),
  }),
});
export type LabDrillState = z.infer<typeof labDrillStateSchema>;

/** An example as it stands. */
export const labSchema = z.object({
  name: z.string(),
  /** Notation's configuration directory that it was made in. */
  directory: z.string(),
  /** Whether that directory is the one in use. */
  isHere: z.boolean(),
  madeAt: z.string(),
  algorithm: keyAlgorithmSchema,
  /** Name of the policy statement. */
  statement: z.string(),
  stores: z.array(z.string()),
  identity: z.string(),
  digest: digestSchema,
  drills: z.array(labDrillStateSchema),
});
export type Lab = z.infer<typeof labSchema>;
