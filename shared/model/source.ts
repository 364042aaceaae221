import { z } from 'zod';

/** How a registry is spoken to. `auto` is the reference's rule: plain HTTP for `localhost` with a port and for `insecureRegistries`, else HTTPS. */
export const plainHttpSchema = z.enum(['auto', 'always', 'never']);
export type PlainHttpChoice = z.infer<typeof plainHttpSchema>;

/** An entry of the rail: a registry, or an OCI image layout on disk. The playground is a layout that Inkan made. */
export const sourceSchema = z.object({
  id: z.string(),
  kind: z.enum(['registry', 'layout']),
  /** Registry host with port as typed, or the layout's folder or file name. */
  name: z.string(),
  alias: z.string().optional(),
  colour: z.string().optional(),
  /** Folder or archive of a layout; absent for registries. */
  path: z.string().optional(),
  /** Of a layout that lies in a file and can only be read: how it is packed, and what unpacks it to a folder for the CLI. */
  archive: z.object({ form: z.enum(['tar', 'tar.gz']), folder: z.string(), command: z.string() }).optional(),
  isPlayground: z.boolean(),
  /** The layout of the test lab; everything in it is a test. */
  isTestLab: z.boolean(),
  plainHttp: plainHttpSchema,
  /** Whether requests go over plain HTTP, after the rule was applied. */
  insecure: z.boolean(),
  /** The registry's own CA in PEM, when one was given. */
  hasCustomCa: z.boolean(),
  proxy: z.string().optional(),
  /** Repositories the user pinned, for registries without a catalog. */
  pinnedRepositories: z.array(z.string()),
  /** Origins of token servers on other hosts that the user lets have this registry's credential. */
  trustedRealms: z.array(z.string()).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/** What a probe found. `unknown` means that the answer did not tell; `note` is a short fact such as an HTTP status. */
const capabilitySchema = z.object({ state: z.enum(['yes', 'no', 'unknown']), note: z.string().optional() });
export const capabilitiesSchema = z.object({
  probedAt: z.string(),
  reachable: z.boolean(),
  insecure: z.boolean(),
  authentication: z.enum(['none', 'basic', 'bearer', 'unknown']),
  credentials: z.enum(['none', 'notationConfig', 'dockerConfig', 'helper']),
  catalog: capabilitySchema,
  referrersApi: capabilitySchema,
  delete: capabilitySchema,
  /** `Server` header or product name when the registry tells one. */
  product: z.string().optional(),
});
export type SourceCapabilities = z.infer<typeof capabilitiesSchema>;
