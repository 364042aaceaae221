import { z } from 'zod';

/** What can differ between two versions of a trust policy. The renderer has a sentence for each. */
export const policyChangeCodes = [
  // The document.
  'created', // {}: there was no file before
  'removed', // {}: there is no file any more
  'unreadable', // { version: 'before' | 'after' }: no JSON of the right shape, so that only lines can be compared
  'version', // { from, to }
  'documentMember', // { member }: a member that no specification knows
  'order', // {}: the statements stand in another order
  'layout', // {}: nothing but spacing, or the order of members
  // Statements as a whole.
  'statementAdded', // { level }
  'statementRemoved', // { level }
  'statementRenamed', // { from }
  // Parts of one statement.
  'level', // { from, to }
  'override', // { check, from, to }: the action of a check, empty where it was or is left to the level
  'verifyTimestamp', // { from, to }
  'scopeAdded', // { value }
  'scopeRemoved', // { value }
  'storeAdded', // { value }
  'storeRemoved', // { value }
  'identityAdded', // { value }
  'identityRemoved', // { value }
  'listOrder', // { list: 'registryScopes' | 'trustStores' | 'trustedIdentities' }
  'global', // { to: 'true' | 'false' }
  'statementMember', // { member }: a member that no specification knows
] as const;

/** One difference. `statement` is the name of the statement it is in, as the newer version has it. */
export const policyChangeSchema = z.object({
  code: z.enum(policyChangeCodes),
  statement: z.string().optional(),
  details: z.record(z.string(), z.string()),
  /** Whether more, or fewer, signatures pass for it; absent where it is neither, or both. */
  effect: z.enum(['looser', 'stricter']).optional(),
});
export type PolicyChange = z.infer<typeof policyChangeSchema>;

/** Differences in the order of the newer document. */
export const policyComparisonSchema = z.object({
  changes: z.array(policyChangeSchema),
  /** How many more there are than are listed. */
  more: z.number().int().nonnegative(),
});
export type PolicyComparison = z.infer<typeof policyComparisonSchema>;
