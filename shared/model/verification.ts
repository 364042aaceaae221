import { z } from 'zod';
import { descriptorSchema } from './descriptor.ts';
import { digestSchema } from './digest.ts';
import { reasonCodes } from './reasons.ts';
import { certificateRevocationSchema } from './revocation.ts';
import { verifiedTimestampSchema } from './timestamp.ts';
import {
  checkActionSchema,
  checkNameSchema,
  policyProblemSchema,
  policySelectionSchema,
  verificationLevelSchema,
} from './trust-policy.ts';

/** Why a check ended as it did. The renderer has a sentence for each code; `message` is what the reference says, word for word, where it says something. */
export const reasonSchema = z.object({
  code: z.enum(reasonCodes),
  details: z.record(z.string(), z.unknown()),
  message: z.string().optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

export const checkResultSchema = z.object({
  check: checkNameSchema,
  result: z.enum(['passed', 'failed', 'skipped', 'notApplicable', 'inconclusive']),
  /** What the policy prescribes; null when no policy applies. */
  action: checkActionSchema.nullable(),
  reason: reasonSchema,
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** The words of the design for a signature or an artifact. Green needs `verified`. */
export const verdictSchema = z.enum([
  'verified',
  'verifiedWithWarnings',
  'notTrusted',
  'skipped',
  'noSignature',
  'couldNotCheck',
]);
export type Verdict = z.infer<typeof verdictSchema>;

export const signatureOutcomeSchema = z.object({
  manifestDigest: digestSchema,
  verdict: verdictSchema,
  /** Always five, in the order of `checkNames`. */
  checks: z.array(checkResultSchema),
  /** Faults outside the five checks that are fatal at every level: payload descriptor, user metadata, verification plugin, unknown critical attribute. */
  fatal: z.array(reasonSchema),
  signer: z.string().optional(),
  signerCommonName: z.string().optional(),
  /** Where the chain met a trust store. */
  anchor: z.object({ store: z.string(), file: z.string(), sha256: z.string(), position: z.number().int() }).optional(),
  /** The identity of the policy that matched, as written there. */
  matchedIdentity: z.string().optional(),
  /** Per identity of the policy: which attributes differ from the signer's subject. */
  identityTrials: z
    .array(
      z.object({
        identity: z.string(),
        matched: z.boolean(),
        differences: z.array(z.object({ attribute: z.string(), wanted: z.string(), found: z.string().optional() })),
      }),
    )
    .optional(),
  /** What was asked about each certificate, leaf first; absent when the check did not take place. */
  revocation: z.array(certificateRevocationSchema).optional(),
  /** What the timestamp token says, when it was asked for and its own signature holds. */
  timestamp: verifiedTimestampSchema.optional(),
  userMetadata: z.record(z.string(), z.string()),
  /** RFC 3339 moments for the time bar. */
  signingTime: z.string().optional(),
  expiry: z.string().optional(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
});
export type SignatureOutcome = z.infer<typeof signatureOutcomeSchema>;

/** Which policy was in force, or why none was. */
export const appliedPolicySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    name: z.string(),
    level: verificationLevelSchema,
    actions: z.record(z.string(), checkActionSchema),
    /** SHA-256 of the policy file's bytes that were used. */
    sha256: z.string(),
    selection: policySelectionSchema,
  }),
  z.object({ kind: z.literal('notApplicable'), sha256: z.string(), selection: policySelectionSchema }),
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('invalid'), problems: z.array(policyProblemSchema) }),
]);
export type AppliedPolicy = z.infer<typeof appliedPolicySchema>;

export const verificationReportSchema = z.object({
  /** `<registry>/<repository>@<digest>` or `<layout path>@<digest>`. */
  reference: z.string(),
  /** The repository path that policy scopes are compared with; for a layout the one that stands for it. */
  scope: z.string(),
  subject: descriptorSchema,
  tag: z.string().optional(),
  verdict: verdictSchema,
  policy: appliedPolicySchema,
  signatures: z.array(signatureOutcomeSchema),
  /** Signatures that could not be read at all, with the reason. */
  unreadable: z.array(z.object({ manifestDigest: digestSchema, reason: reasonSchema })),
  /** Whether more signatures exist than `maxSignatures` allowed to look at. */
  limitReached: z.boolean(),
  /** When the subject is itself a signature: what it signs. */
  signatureOf: descriptorSchema.optional(),
  /** What the `notation` CLI says for the same input: same order, same limit, first success wins. */
  cli: z.object({
    succeeds: z.boolean(),
    message: z.string(),
    command: z.string(),
    decidedBy: digestSchema.optional(),
    /** What the CLI does and this version does not; where one is listed, the CLI may succeed although `succeeds` is false. */
    dependsOn: z.array(z.enum(['policy', 'plugin', 'revocation'])),
  }),
  verifiedAt: z.string(),
  /** Set when it says what would be, not what is: judged as if it were another moment, or under a policy that is not saved. */
  simulated: z.object({ asOf: z.string().optional(), draftPolicy: z.boolean() }).optional(),
});
export type VerificationReport = z.infer<typeof verificationReportSchema>;
