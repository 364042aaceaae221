import { z } from 'zod';
import { digestSchema } from './digest.ts';

/** What platform a manifest of an index is for. */
export const platformSchema = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
  osVersion: z.string().optional(),
});
export type Platform = z.infer<typeof platformSchema>;

/** An OCI content descriptor (image specification, descriptor.md). `urls` and `data` are never followed and never carried. */
export const descriptorSchema = z.object({
  mediaType: z.string(),
  digest: digestSchema,
  size: z.number().int().nonnegative(),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  platform: platformSchema.optional(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;
