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
});
export type Settings = z.infer<typeof settingsSchema>;
