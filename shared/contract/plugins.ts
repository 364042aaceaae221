import { z } from 'zod';
import { pluginMetadataSchema, pluginSchema } from '../model/plugin.ts';
import { keyAlgorithmSchema } from '../model/signing-key.ts';
import { query } from './define.ts';

/** How a call to a plugin may end. */
export const pluginErrors = [
  'plugin.badName',
  'plugin.notFound',
  'plugin.notRegular',
  'plugin.notExecutable',
  'plugin.nameMismatch',
  'plugin.unsupportedContract',
  'plugin.badMetadata',
  'plugin.lacksCapability',
  'plugin.badAnswer',
  'plugin.failed',
  'plugin.notStarted',
  'plugin.timeout',
  'plugin.tooMuchOutput',
] as const;

/** Plugins: programs in the plugin directory that sign or verify. */
export const plugins = {
  listPlugins: query({
    doc: 'All plugins of the plugin directory. Each is started and asked for its metadata.',
    input: z.object({}),
    output: z.object({ plugins: z.array(pluginSchema), path: z.string() }),
    errors: ['file.unreadable', 'file.notRegular'],
  }),
  checkKey: query({
    doc: 'Asks the plugin behind a key of the list whether it can sign with it. No private key is used.',
    input: z.object({ keyName: z.string().min(1).max(64) }),
    output: z.object({ metadata: pluginMetadataSchema, algorithm: keyAlgorithmSchema.optional() }),
    errors: ['key.notFound', 'key.listMalformed', ...pluginErrors],
  }),
};
