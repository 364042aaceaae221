import { z } from 'zod';

/** What a plugin says of itself. Every text is the plugin's own. */
export const pluginMetadataSchema = z.object({
  name: z.string(),
  description: z.string(),
  version: z.string(),
  url: z.string(),
  supportedContractVersions: z.array(z.string()),
  /** What it claims to be able to do, known to the contract or not. */
  capabilities: z.array(z.string()),
});
export type PluginMetadata = z.infer<typeof pluginMetadataSchema>;

/** A plugin of the plugin directory, with what is wrong with it. */
export const pluginSchema = z.object({
  /** The name of its folder. */
  name: z.string(),
  /** Its program, for display. */
  path: z.string(),
  /** Absent when it could not be asked, or what it said cannot be used. */
  metadata: pluginMetadataSchema.optional(),
  /** Why it cannot be used, as error codes with details; empty when it can. */
  problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
});
export type InstalledPlugin = z.infer<typeof pluginSchema>;

/** Configuration of a plugin: what the command line takes as `--plugin-config name=value`. */
export const pluginConfigSchema = z.record(z.string().min(1).max(256), z.string().min(1).max(8192));
/** How a plugin names a key: an ARN, an address, whatever it likes. */
export const pluginKeyIdSchema = z.string().min(1).max(2048);
export const pluginNameSchema = z.string().min(1).max(64);

/** A call to a plugin as the console shows it: without secrets, long base64 shortened, long texts cut. */
export const pluginCallSchema = z.object({
  id: z.number().int(),
  plugin: z.string(),
  command: z.string(),
  /** RFC 3339. */
  startedAt: z.string(),
  durationMs: z.number(),
  /** Absent when it did not start or was ended. */
  exitCode: z.number().int().optional(),
  request: z.string(),
  response: z.string(),
  stderr: z.string(),
  /** Why the call came to nothing: an error's code with details. */
  problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export type RecordedPluginCall = z.infer<typeof pluginCallSchema>;
