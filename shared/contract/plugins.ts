import { z } from 'zod';
import { pluginCallSchema, pluginMetadataSchema, pluginNameSchema, pluginSchema } from '../model/plugin.ts';
import { keyAlgorithmSchema } from '../model/signing-key.ts';
import { command, query } from './define.ts';

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
    output: z.object({
      plugins: z.array(
        pluginSchema.extend({
          /** Whether signatures may ask for it when they are verified. */
          verifies: z.boolean(),
          /** Names of the keys of the list that it keeps. */
          keys: z.array(z.string()),
        }),
      ),
      path: z.string(),
    }),
    errors: ['file.unreadable', 'file.notRegular'],
  }),
  enableVerification: command({
    doc: 'Lets signatures ask for a plugin when they are verified, or no longer.',
    input: z.object({ plugin: pluginNameSchema, enabled: z.boolean() }),
    output: z.object({}),
    errors: [
      'plugin.badName',
      'plugin.notFound',
      'file.notWritten',
      'file.noSpace',
      'file.malformed',
      'file.unreadable',
      'file.busy',
    ],
  }),
  readConsole: query({
    doc: 'The last calls to plugins, newest first, without secrets. They are kept in memory only.',
    input: z.object({ plugin: pluginNameSchema.optional() }),
    output: z.object({ calls: z.array(pluginCallSchema) }),
    errors: [],
  }),
  clearConsole: command({
    doc: 'Forgets the calls to plugins.',
    input: z.object({}),
    output: z.object({}),
    errors: [],
  }),
  checkKey: query({
    doc: 'Asks the plugin behind a key of the list whether it can sign with it. No private key is used.',
    input: z.object({ keyName: z.string().min(1).max(64) }),
    output: z.object({ metadata: pluginMetadataSchema, algorithm: keyAlgorithmSchema.optional() }),
    errors: ['key.notFound', 'key.listMalformed', ...pluginErrors],
  }),
};
