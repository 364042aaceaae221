import { z } from 'zod';
import { certificateSchema, ruleResultSchema } from './certificate.ts';

/** The six key kinds Notation signs with (signature specification, "Algorithm selection"). */
export const keyAlgorithmSchema = z.enum(['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-256', 'EC-384', 'EC-521']);
export type KeyAlgorithm = z.infer<typeof keyAlgorithmSchema>;

/** An entry of `signingkeys.json` with what is known of its files. */
export const signingKeySchema = z.object({
  name: z.string(),
  isDefault: z.boolean(),
  kind: z.enum(['local', 'plugin']),
  /** Paths as written in the list; for display only. */
  keyPath: z.string().optional(),
  certificatePath: z.string().optional(),
  pluginName: z.string().optional(),
  pluginKeyId: z.string().optional(),
  /** Values that look like secrets are masked. */
  pluginConfig: z.record(z.string(), z.string()).optional(),
  algorithm: keyAlgorithmSchema.optional(),
  /** Leaf first; empty for plugin keys and when the file cannot be read. */
  chain: z.array(certificateSchema),
  /** Whether this looks like a test certificate that Inkan or `generate-test` made. */
  isTest: z.boolean(),
  /** Rules of the chain as a whole and of the pair; see section "Certificate requirements". */
  chainRules: z.array(ruleResultSchema),
  /** Why the key cannot sign, as error codes with details; empty when it can. */
  problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

const movedPathSchema = z.object({ before: z.string(), after: z.string() });

/** A key whose files were found in another place, and what its entry would say then. Paths are for display only. */
export const keyRepairSchema = z.object({
  name: z.string(),
  keyPath: movedPathSchema,
  certificatePath: movedPathSchema,
  /** The part of the old paths that changes, and what takes its place; absent where the files have other names now. */
  replaced: z.object({ find: z.string(), replace: z.string() }).optional(),
  /** Why the files found cannot sign; a key with any is not repaired. */
  problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
});
export type KeyRepair = z.infer<typeof keyRepairSchema>;

/** A file that an operation will write, change or remove, relative to the configuration directory. */
export const plannedFileSchema = z.object({
  path: z.string(),
  action: z.enum(['create', 'change', 'remove', 'absent']),
  /** Octal mode such as `0600`. */
  mode: z.string().optional(),
  /** What changes in a file that is shared: the key list. */
  note: z.enum(['addsKey', 'addsDefaultKey', 'removesKey']).optional(),
});
export type PlannedFile = z.infer<typeof plannedFileSchema>;

/** The subject fields of a test certificate. */
export const certificateSubjectSchema = z.object({
  country: z.string().min(2).max(2),
  state: z.string().min(1).max(128),
  locality: z.string().max(128),
  organization: z.string().min(1).max(64),
});
export type CertificateSubject = z.infer<typeof certificateSubjectSchema>;
