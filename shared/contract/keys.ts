import { z } from 'zod';
import { pluginConfigSchema, pluginKeyIdSchema, pluginNameSchema } from '../model/plugin.ts';
import {
  certificateSubjectSchema,
  keyAlgorithmSchema,
  keyRepairSchema,
  plannedFileSchema,
  signingKeySchema,
} from '../model/signing-key.ts';
import { command, query } from './define.ts';
import { pluginErrors } from './plugins.ts';

const name = z.string().min(1).max(64);
const writing = [
  'file.notWritten',
  'file.noSpace',
  'file.changedMeanwhile',
  'file.busy',
  'file.notRegular',
  'file.unreadable',
  'key.listMalformed',
] as const;

/** How a test certificate is to be made. The defaults are the reference's `cert generate-test`. */
export const testKeyInput = z.object({
  name,
  algorithm: keyAlgorithmSchema.default('RSA-2048'),
  validityDays: z.number().int().min(1).max(3650).default(1),
  subject: certificateSubjectSchema.default({
    country: 'US',
    state: 'WA',
    locality: 'Seattle',
    organization: 'Notary',
  }),
  makeDefault: z.boolean().default(true),
  /** Put the certificate into the `ca` trust store of the same name. */
  trust: z.boolean().default(true),
});
const pluginKeyInput = z.object({
  name,
  plugin: pluginNameSchema,
  id: pluginKeyIdSchema,
  config: pluginConfigSchema.default({}),
  makeDefault: z.boolean().default(false),
});
const plan = z.object({
  files: z.array(plannedFileSchema),
  command: z.string().nullable(),
  problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
});

/** Where the files of keys are looked for: what {@link keys.chooseKeyPlace} gave, else the configuration's own `localkeys`. */
const place = z.string().max(64).optional();

/** The signing keys of `signingkeys.json`. No private key ever leaves the main process. */
export const keys = {
  listKeys: query({
    doc: 'All signing keys with their certificates and what keeps them from signing.',
    input: z.object({}),
    output: z.object({ keys: z.array(signingKeySchema), path: z.string() }),
    errors: ['key.listMalformed', 'file.unreadable', 'file.notRegular'],
  }),
  planTestKey: query({
    doc: 'The files that `createTestKey` would write.',
    input: testKeyInput,
    output: plan,
    errors: [],
  }),
  createTestKey: command({
    doc: 'Makes a key and a self-signed test certificate, lists it, and trusts it if asked to: all or nothing.',
    input: testKeyInput,
    output: signingKeySchema,
    errors: [
      'key.badName',
      'key.exists',
      'key.fileExists',
      'key.badSubject',
      'trustStore.badName',
      'trustStore.fileExists',
      ...writing,
    ],
  }),
  addKey: command({
    doc: 'Copies a private key and its certificate chain (PEM, leaf first, root included) into `localkeys` and lists it.',
    input: z.object({
      name,
      keyPem: z.string().min(1).max(65_536),
      chainPem: z.string().min(1).max(262_144),
      makeDefault: z.boolean().default(false),
    }),
    output: signingKeySchema,
    errors: [
      'key.badName',
      'key.exists',
      'key.fileExists',
      'key.malformed',
      'key.encrypted',
      'key.unsupported',
      'key.doesNotMatch',
      'certificate.malformed',
      'certificate.ruleBroken',
      ...writing,
    ],
  }),
  chooseKeyFiles: command({
    doc: 'Asks for a key file and a chain file in native dialogs and lists them where they are; null when a dialog was cancelled.',
    input: z.object({ name, makeDefault: z.boolean().default(false) }),
    output: z.object({ key: signingKeySchema.nullable() }),
    errors: [
      'key.badName',
      'key.exists',
      'key.malformed',
      'key.encrypted',
      'key.unsupported',
      'key.doesNotMatch',
      'certificate.malformed',
      'certificate.ruleBroken',
      ...writing,
    ],
    needs: ['nativeDialog'],
  }),
  planPluginKey: query({
    doc: 'The command line that lists a key of a plugin. Nothing is asked or written.',
    input: pluginKeyInput,
    output: z.object({ command: z.string() }),
    errors: [],
  }),
  addPluginKey: command({
    doc: 'Lists a key that a plugin keeps, after asking the plugin about it.',
    input: pluginKeyInput,
    output: signingKeySchema,
    errors: ['key.badName', 'key.exists', ...pluginErrors, ...writing],
  }),
  setDefaultKey: command({
    doc: 'Makes a key the default one.',
    input: z.object({ name }),
    output: z.object({}),
    errors: ['key.notFound', ...writing],
  }),
  deleteKey: command({
    doc: 'Takes a key off the list. Its files stay, as with the reference.',
    input: z.object({ name }),
    output: z.object({ wasDefault: z.boolean() }),
    errors: ['key.notFound', ...writing],
  }),
  planRepair: query({
    doc: 'Keys whose files are gone, and the paths that would lead to them again: files of the same names below a folder. Writes nothing.',
    input: z.object({ place }),
    output: z.object({
      /** Where was looked. */
      place: z.string(),
      found: z.array(keyRepairSchema),
      /** Names of keys whose files are not there either. */
      lost: z.array(z.string()),
    }),
    errors: ['key.listMalformed', 'key.placeForgotten', 'file.unreadable', 'file.notRegular'],
  }),
  chooseKeyPlace: command({
    doc: 'Asks in native dialogs where files of keys are now: a folder for all, or the two files of one key; null when cancelled. Writes nothing.',
    input: z.object({ name: name.optional() }),
    output: z.object({ place: z.string().nullable() }),
    errors: ['key.notFound', 'key.listMalformed', 'file.unreadable', 'file.notRegular'],
    needs: ['nativeDialog'],
  }),
  repairKeys: command({
    doc: 'Writes the paths that `planRepair` told for these keys: all of them in one edit, or none. The files stay as they are.',
    input: z.object({ place, names: z.array(name).min(1).max(1000) }),
    output: z.object({ names: z.array(z.string()) }),
    errors: ['key.notRepairable', 'key.placeForgotten', 'key.notFound', ...writing],
  }),
  planCleanUp: query({
    doc: 'Exactly the files that `cleanUpTestKey` would remove or change.',
    input: z.object({ name }),
    output: plan,
    errors: ['key.listMalformed'],
  }),
  cleanUpTestKey: command({
    doc: 'Removes a test key: list entry, key file, certificate file and trust store entry, and nothing else.',
    input: z.object({ name }),
    output: z.object({ files: z.array(plannedFileSchema) }),
    errors: ['key.badName', 'key.notTest', ...writing],
  }),
};
