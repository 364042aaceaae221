import { z } from 'zod';
import { capabilitiesSchema, plainHttpSchema, sourceSchema } from '../model/source.ts';
import { command, query } from './define.ts';

const id = z.string().min(1).max(64);
const layoutReading = [
  'layout.notALayout',
  'layout.unreadable',
  'layout.dockerArchive',
  'archive.malformed',
  'archive.tooLarge',
  'archive.unsafeEntry',
] as const;
const reading = [
  'registry.sourceNotFound',
  'registry.unreachable',
  'registry.closedUnanswered',
  'registry.proxyRefused',
  'registry.timeout',
  'registry.tls',
  'registry.spokeHttp',
  'registry.spokeHttps',
  'registry.unauthorized',
  'registry.forbidden',
  'registry.notFound',
  'registry.tooManyRequests',
  'registry.serverError',
  'registry.refused',
  'registry.badAnswer',
  'registry.webPage',
  'registry.badRedirect',
  'registry.badChallenge',
  'registry.untrustedRealm',
  'registry.tooLarge',
  'registry.truncated',
  ...layoutReading,
] as const;

/** Registries and layouts: the entries of the rail, what they can do, and what is in them. */
export const registries = {
  listSources: query({
    doc: 'All sources, the playground first.',
    input: z.object({}),
    output: z.object({ sources: z.array(sourceSchema) }),
    errors: ['file.unreadable', 'file.malformed'],
  }),
  addRegistry: command({
    doc: 'Remembers a registry. Nothing is sent to it.',
    input: z.object({
      host: z.string().min(1).max(300),
      alias: z.string().max(64).optional(),
      colour: z.string().max(16).optional(),
      plainHttp: plainHttpSchema.default('auto'),
      customCaPem: z.string().max(65_536).optional(),
      proxy: z.string().max(300).optional(),
    }),
    output: sourceSchema,
    errors: ['registry.badHost', 'registry.sourceExists', 'certificate.malformed', 'file.notWritten', 'file.noSpace'],
  }),
  chooseLayout: command({
    doc: 'Asks for a folder or a tar archive in a native dialog and remembers it as an OCI image layout; null when the dialog was cancelled.',
    input: z.object({ from: z.enum(['folder', 'archive']).default('folder') }),
    output: z.object({ source: sourceSchema.nullable() }),
    errors: [...layoutReading, 'registry.sourceExists', 'file.notWritten', 'file.noSpace'],
    needs: ['nativeDialog'],
  }),
  updateSource: command({
    doc: 'Changes how a source is shown or spoken to. `customCaPem` of null forgets the CA.',
    input: z.object({
      id,
      alias: z.string().max(64).optional(),
      colour: z.string().max(16).optional(),
      plainHttp: plainHttpSchema.optional(),
      customCaPem: z.string().max(65_536).nullable().optional(),
      proxy: z.string().max(300).nullable().optional(),
      pinnedRepositories: z.array(z.string().max(300)).max(1000).optional(),
      /** Origins such as `https://auth.example.com`, accepted after `registry.untrustedRealm`. */
      trustedRealms: z.array(z.string().max(300)).max(16).optional(),
    }),
    output: sourceSchema,
    errors: [
      'registry.sourceNotFound',
      'registry.badHost',
      'registry.badReference',
      'certificate.malformed',
      'file.notWritten',
      'file.noSpace',
    ],
  }),
  removeSource: command({
    doc: 'Forgets a source. Nothing in the registry or the layout is touched.',
    input: z.object({ id }),
    output: z.object({}),
    errors: ['registry.sourceNotFound', 'file.notWritten', 'file.noSpace'],
  }),
  probeSource: query({
    doc: 'Asks a source what it can do.',
    input: z.object({ id }),
    output: capabilitiesSchema,
    errors: [...reading],
  }),
  login: command({
    doc: 'Checks a user name and password (or, with an empty name, an identity token) against the registry, then stores them through a credential helper.',
    input: z.object({ id, username: z.string().max(1024), password: z.string().min(1).max(65_536) }),
    output: z.object({ helper: z.string() }),
    errors: [
      ...reading,
      'registry.loginRefused',
      'registry.noCredentialHelper',
      'registry.credentialHelperFailed',
      'registry.badCredentialFile',
    ],
  }),
  logout: command({
    doc: 'Removes the credential of a registry from the credential helper.',
    input: z.object({ id }),
    output: z.object({}),
    errors: [
      'registry.sourceNotFound',
      'registry.noCredentialHelper',
      'registry.credentialHelperFailed',
      'registry.badCredentialFile',
    ],
  }),
  listRepositories: query({
    doc: 'Repositories of a source, a page at a time: from the catalog, or the pinned ones where there is no catalog.',
    input: z.object({ id, cursor: z.string().max(4096).optional() }),
    output: z.object({
      repositories: z.array(z.string()),
      nextCursor: z.string().optional(),
      from: z.enum(['catalog', 'pinned', 'layout']),
    }),
    errors: [...reading],
  }),
  listTags: query({
    doc: 'Tags of a repository, a page at a time.',
    input: z.object({ id, repository: z.string().max(300), cursor: z.string().max(4096).optional() }),
    output: z.object({
      tags: z.array(z.string()),
      nextCursor: z.string().optional(),
      /** Tags told apart because they hold referrers indexes (`sha256-<hex>`) or cosign signatures. */
      signatureTags: z.array(z.string()),
    }),
    errors: [...reading],
  }),
};
export const registryReadErrors = reading;
export const layoutReadErrors = layoutReading;
