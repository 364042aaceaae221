import { z } from 'zod';

/** Which Notation configuration directory is in use. `unset` works in the scratch directory until the user chooses. */
export const configurationChoiceSchema = z.enum(['unset', 'scratch', 'notation']);
export type ConfigurationChoice = z.infer<typeof configurationChoiceSchema>;

export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
  timeZone: z.enum(['local', 'utc']),
  configuration: configurationChoiceSchema,
  /** How many signatures verify, list and inspect look at; the reference's default is 100. */
  maxSignatures: z.number().int().min(1).max(10_000),
  /** Whether OCSP and CRL servers are asked at all; lists in the cache count even when not. */
  revocationOnline: z.boolean(),
  /** Whether they may be asked on this machine and on its network. */
  revocationPrivateAddresses: z.boolean(),
  /** How long one server has for its answer; the reference waits 2 and 5 seconds. */
  ocspTimeoutSeconds: z.number().int().min(1).max(60),
  crlTimeoutSeconds: z.number().int().min(1).max(300),
  /** Plugins that signatures may ask for when they are verified. */
  verificationPlugins: z.array(z.string().max(64)).max(1000),
  /** Timestamp authorities that signed for the user, the last one first; the root where it is a file of a `tsa` store. */
  timestampAuthorities: z
    .array(
      z.object({
        url: z.string().min(1).max(2048),
        root: z.object({ store: z.string().max(64), file: z.string().max(255) }).optional(),
      }),
    )
    .max(12),
});
export type Settings = z.infer<typeof settingsSchema>;
