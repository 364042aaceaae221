import { z } from 'zod';
import { pluginMetadataSchema } from './plugin.ts';

/** A plugin package that was unpacked and checked, and not yet installed: nothing of it was run. */
export const pluginPackageSchema = z.object({
  id: z.string(),
  /** What the plugin will be called, from the name of its program. */
  plugin: z.string(),
  program: z.string(),
  /** File name or address that it came from. */
  from: z.string(),
  /** Of the package as it came. */
  size: z.number(),
  sha256: z.string(),
  /** Whether the user gave a checksum, which it matches. */
  checksumGiven: z.boolean(),
  files: z.array(z.object({ name: z.string(), size: z.number() })),
  /** Whether a plugin of that name is installed. */
  isInstalled: z.boolean(),
  command: z.string(),
});

/** How a package stands to what is installed. `broken`: what is installed does not say its version. */
const versionChangeSchema = z.enum(['new', 'newer', 'same', 'older', 'broken']);

/** What a package says of itself, once it was run. */
export const askedPackageSchema = z.object({
  metadata: pluginMetadataSchema,
  change: versionChangeSchema,
  installedVersion: z.string().optional(),
  command: z.string(),
});
