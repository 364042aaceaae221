import { z } from 'zod';
import { policyProblemCodes } from './policy-problems.ts';

/** Verification checks in the order they always stand in (trust policy specification, "Signature verification details"). */
export const checkNames = ['integrity', 'authenticity', 'authenticTimestamp', 'expiry', 'revocation'] as const;
export const checkNameSchema = z.enum(checkNames);
export type CheckName = z.infer<typeof checkNameSchema>;

export const checkActionSchema = z.enum(['enforce', 'log', 'skip']);
export type CheckAction = z.infer<typeof checkActionSchema>;

export const verificationLevels = ['strict', 'permissive', 'audit', 'skip'] as const;
export const verificationLevelSchema = z.enum(verificationLevels);
export type VerificationLevel = z.infer<typeof verificationLevelSchema>;

/** The two documents of the specification: for artifacts in registries and layouts, and for files. */
export const policyDocumentSchema = z.enum(['oci', 'blob']);
export type PolicyDocumentKind = z.infer<typeof policyDocumentSchema>;

/** A statement of a valid trust policy document; one for blobs has no scopes. */
export const trustPolicyStatementSchema = z.object({
  name: z.string(),
  registryScopes: z.array(z.string()),
  /** Of a blob policy: whether it applies where none is named. */
  globalPolicy: z.boolean().optional(),
  signatureVerification: z.object({
    level: verificationLevelSchema,
    override: z.partialRecord(checkNameSchema, checkActionSchema).optional(),
    verifyTimestamp: z.enum(['always', 'afterCertExpiry']).optional(),
  }),
  trustStores: z.array(z.string()),
  trustedIdentities: z.array(z.string()),
});
export type TrustPolicyStatement = z.infer<typeof trustPolicyStatementSchema>;

/** A fault of a policy document: the reference's sentence, and where in the text. */
export const policyProblemSchema = z.object({
  /** Stable code; the renderer has its text. */
  code: z.enum(policyProblemCodes),
  details: z.record(z.string(), z.unknown()),
  /** What the reference says, word for word; empty where it says nothing. */
  message: z.string(),
  /** JSON path such as `["trustPolicies", 0, "registryScopes", 1]`. */
  path: z.array(z.union([z.string(), z.number()])),
  /** UTF-16 offsets in the text. */
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  /** `error`: the reference refuses the document; `warning`: accepted by it, but worth a look; `stricter`: Inkan refuses what the reference lets pass. */
  severity: z.enum(['error', 'warning', 'stricter']),
});
export type PolicyProblem = z.infer<typeof policyProblemSchema>;

/** Why a statement applies to a reference, or does not. */
export const candidateSchema = z.object({
  name: z.string(),
  index: z.number().int(),
  scopes: z.array(z.string()),
  /** The last two are of blob policies, when no name was given. */
  verdict: z.enum(['applies', 'notEqual', 'wildcardNotReached', 'wildcardApplies', 'globalApplies', 'notGlobal']),
  /** The scope nearest to the path, by shared prefix, for a sentence such as "nearest". */
  nearestScope: z.string().optional(),
});
export const policySelectionSchema = z.object({
  /** The repository path that scopes are compared with, byte for byte; for blobs the name asked for, empty for the global policy. */
  path: z.string(),
  applied: z.number().int().nullable(),
  candidates: z.array(candidateSchema),
  /** Index into candidates of the statement that came nearest when none applies. */
  nearest: z.number().int().nullable(),
  /** The reference's sentence when the path itself breaks the scope grammar, so that not even `*` applies. */
  pathFault: z.string().optional(),
});
export type PolicySelection = z.infer<typeof policySelectionSchema>;
