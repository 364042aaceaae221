import { z } from 'zod';
import { certificateSchema } from './certificate.ts';

/** Trust store types (trust store specification). */
export const trustStoreTypeSchema = z.enum(['ca', 'signingAuthority', 'tsa']);
export type TrustStoreType = z.infer<typeof trustStoreTypeSchema>;

/** One file of a named store. */
export const trustStoreFileSchema = z.object({
  file: z.string(),
  certificates: z.array(certificateSchema),
  /** Why the reference would refuse this file, when it would. */
  problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export const trustStoreSchema = z.object({
  type: trustStoreTypeSchema,
  name: z.string(),
  files: z.array(trustStoreFileSchema),
  /** Names of policy statements that list this store. */
  usedBy: z.array(z.string()),
  /** Why the store as a whole anchors nothing, such as being empty; a broken file has its own. */
  problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export type TrustStore = z.infer<typeof trustStoreSchema>;
