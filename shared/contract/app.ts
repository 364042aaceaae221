import { z } from 'zod';
import { configurationChoiceSchema, settingsSchema } from '../model/settings.ts';
import { signatureFormatSchema } from '../model/signature-format.ts';
import { command, query } from './define.ts';

/** The host, the settings and the configuration directory in use. */
export const app = {
  describeHost: query({
    doc: 'What the host is and can do, and which configuration directory is in use.',
    input: z.object({}),
    output: z.object({
      host: z.enum(['desktop', 'loopback']),
      platform: z.string(),
      version: z.string(),
      capabilities: z.array(z.enum(['nativeDialog', 'filePaths', 'window', 'pluginInstall'])),
      /** Runtime versions for the About panel: node, electron, chrome. */
      runtime: z.record(z.string(), z.string()),
      /** Set when the Electron runtime is older than the version whose fixes Inkan relies on. */
      outdatedRuntime: z.boolean(),
      configuration: z.object({
        choice: configurationChoiceSchema,
        /** The directory in use, home folder shortened to `~`. */
        path: z.string(),
        notationPath: z.string(),
        scratchPath: z.string(),
        /** Whether the environment names the directory, so that the choice is made. */
        fixedByEnvironment: z.boolean(),
      }),
      /** Things the user should know of, such as a directory that others may write to. */
      warnings: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
    }),
    errors: [],
  }),
  readSettings: query({
    doc: 'The settings.',
    input: z.object({}),
    output: settingsSchema,
    errors: ['file.unreadable', 'file.malformed'],
  }),
  updateSettings: command({
    doc: 'Changes the settings named, atomically, and gives all of them back.',
    input: settingsSchema.omit({ configuration: true }).partial(),
    output: settingsSchema,
    errors: ['file.notWritten', 'file.noSpace', 'file.malformed', 'file.unreadable', 'file.busy'],
  }),
  readSigningDefaults: query({
    doc: 'What signing takes when nothing else is asked for, from Notation’s `config.json`.',
    input: z.object({}),
    output: z.object({
      signatureFormat: signatureFormatSchema,
      /** What the file says instead, when that is no format. */
      unsupportedFormat: z.string().optional(),
    }),
    errors: [],
  }),
  updateSigningDefaults: command({
    doc: 'Sets the format in Notation’s `config.json`. Nothing else in the file changes.',
    input: z.object({ signatureFormat: signatureFormatSchema }),
    output: z.object({ signatureFormat: signatureFormatSchema }),
    errors: [
      'file.notWritten',
      'file.noSpace',
      'file.malformed',
      'file.unreadable',
      'file.notRegular',
      'file.tooLarge',
      'file.changedMeanwhile',
      'file.busy',
    ],
  }),
  chooseConfiguration: command({
    doc: 'Chooses between the scratch directory and the user’s own Notation directory. Nothing is copied or moved.',
    input: z.object({ choice: z.enum(['scratch', 'notation']) }),
    output: z.object({ path: z.string() }),
    errors: ['file.notWritten', 'file.noSpace', 'file.malformed', 'file.unreadable', 'file.busy'],
  }),
  openExternal: command({
    doc: 'Opens an https address in the browser after a confirmation that shows the host.',
    input: z.object({ url: z.string().max(2048) }),
    output: z.object({ opened: z.boolean() }),
    errors: [],
    needs: ['nativeDialog'],
  }),
};
