import { z } from 'zod';
import { askedPackageSchema, pluginPackageSchema } from '../model/plugin-package.ts';
import { command, query } from './define.ts';

const id = z.string().min(1).max(64);
const sha256 = z.string().regex(/^[0-9a-fA-F]{64}$/, 'not a SHA-256 checksum');
const plugin = z.string().min(1).max(64);
const needs = ['pluginInstall'] as const;
const running = [
  'plugin.nameMismatch',
  'plugin.unsupportedContract',
  'plugin.badMetadata',
  'plugin.badAnswer',
  'plugin.failed',
  'plugin.notStarted',
  'plugin.timeout',
  'plugin.tooMuchOutput',
] as const;
const writing = ['file.notWritten', 'file.noSpace', 'file.notRegular'] as const;

/** Installing and removing plugins, which is running programs of others: not offered where a page in a browser would ask for it. */
export const pluginPackages = {
  openPackage: command({
    doc: 'Takes a plugin package, checks it and unpacks it where nothing finds it; nothing of it is run. From a file chosen in a native dialog (null when it was cancelled), from a file that the page handed over, or from an https address, for which the checksum is needed.',
    input: z.object({
      from: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('dialog') }),
        z.object({ kind: z.literal('intake'), id }),
        z.object({ kind: z.literal('url'), url: z.string().min(1).max(2000) }),
      ]),
      sha256: sha256.optional(),
    }),
    output: z.object({ package: pluginPackageSchema.nullable() }),
    errors: [
      'archive.malformed',
      'archive.tooLarge',
      'archive.unsafeEntry',
      'pluginPackage.notHttps',
      'pluginPackage.noChecksum',
      'pluginPackage.badChecksum',
      'pluginPackage.notDownloaded',
      'pluginPackage.noProgram',
      'pluginPackage.severalPrograms',
      'plugin.badName',
      'plugin.notExecutable',
      'intake.notFound',
      'intake.incomplete',
      'file.unreadable',
      'file.changedMeanwhile',
      ...writing,
    ],
    needs,
  }),
  askPackage: command({
    doc: 'Runs the program of an opened package once, to ask what it is, and says how it stands to what is installed.',
    input: z.object({ id }),
    output: askedPackageSchema,
    errors: ['pluginPackage.gone', ...running],
    needs,
  }),
  installPackage: command({
    doc: 'Installs an opened package that was asked: a new folder beside, which then takes the name. The same or an older version only with `force`.',
    input: z.object({ id, force: z.boolean().default(false) }),
    output: z.object({ plugin: z.string(), version: z.string(), replaced: z.string().optional(), command: z.string() }),
    errors: ['pluginPackage.gone', 'pluginPackage.sameVersion', 'pluginPackage.olderVersion', ...running, ...writing],
    needs,
  }),
  discardPackage: command({
    doc: 'Removes an opened package. Unknown ids are no error.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [],
    needs,
  }),
  planUninstall: query({
    doc: 'Everything that uninstalling a plugin removes, and the keys that could no longer sign.',
    input: z.object({ plugin }),
    output: z.object({
      files: z.array(
        z.object({ path: z.string(), size: z.number(), kind: z.enum(['file', 'directory', 'symlink', 'other']) }),
      ),
      /** Names this state of the folder. */
      revision: z.string(),
      keys: z.array(z.string()),
      command: z.string(),
    }),
    errors: ['plugin.badName', 'plugin.notFound', 'archive.tooLarge', 'file.unreadable'],
    needs,
  }),
  uninstallPlugin: command({
    doc: 'Removes a plugin, if its folder still holds exactly what was listed.',
    input: z.object({ plugin, revision: z.string().max(64) }),
    output: z.object({}),
    errors: ['plugin.badName', 'plugin.notFound', 'file.changedMeanwhile', 'archive.tooLarge', ...writing],
    needs,
  }),
};
