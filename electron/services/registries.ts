import type { Handlers, OutputOf, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { Source, SourceCapabilities } from '../../shared/model/source.ts';
import type { LayoutReading } from '../domain/oci/layout-reading.ts';
import { isSignatureTag, parseRegistryHost, parseRepositoryName } from '../domain/oci/parse-reference.ts';
import type { Clock, Directory, Placer } from '../domain/ports.ts';
import type { Credential } from '../domain/registry/credential.ts';
import type { Credentials } from '../domain/registry/credentials.ts';
import { probeRegistry } from '../domain/registry/probe-registry.ts';
import { parseCertificates } from '../domain/x509/certificate-file.ts';
import { chooseLayout, type AddLayoutOptions } from './add-layout.ts';
import { ownFolderOf } from './layouts.ts';
import type { SourceAccess } from './source-access.ts';
import { toSource, type SourceBook, type StoredSource } from './source-book.ts';

export interface RegistriesServiceOptions extends AddLayoutOptions {
  readonly access: SourceAccess;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly placer: Placer;
  /** Inkan's own directory. */
  readonly inkan: Directory;
}

type TagPage = OutputOf<'registries.listTags'>;

const layoutPageSize = 1000;
const maxEmptyPages = 20;

/** The `registries` namespace: the entries of the rail, and what is in them. */
export function createRegistriesService(options: RegistriesServiceOptions): Handlers<'registries'> {
  const { book, access, publish } = options;
  const shown = async (stored: StoredSource): Promise<Source> => toSource(stored, await access.insecureRegistries());
  const changed = (): void => publish('sources.changed', {});
  return {
    'registries.listSources': async () => {
      const insecureRegistries = await access.insecureRegistries();
      return { sources: (await book.list()).map((stored) => toSource(stored, insecureRegistries)) };
    },
    'registries.addRegistry': async (input) => {
      const added = await book.add(toNewRegistry(input));
      changed();
      return shown(added);
    },
    'registries.chooseLayout': async ({ from }) => {
      const added = await chooseLayout(options, from);
      if (added) changed();
      return { source: added ? await shown(added) : null };
    },
    'registries.updateSource': async (input) => {
      const updated = await book.update(input.id, (stored) => withChanges(stored, input));
      access.forget(input.id);
      changed();
      return shown(updated);
    },
    'registries.removeSource': async ({ id }) => {
      const removed = await book.get(id);
      await book.remove(id);
      access.forget(id);
      await forgetArchive(options, removed);
      changed();
      return {};
    },
    'registries.probeSource': ({ id }, { signal }) => probeSource(options, id, signal),
    'registries.login': (input, { signal }) => login(options, input, signal),
    'registries.logout': async ({ id }, { signal }) => {
      const source = await registryOf(book, id);
      await options.credentials.erase(source.place, signal);
      access.forget(id);
      publish('config.changed', { area: 'credentials' });
      return {};
    },
    'registries.listRepositories': ({ id, cursor }, { signal }) => listRepositories(options, id, cursor, signal),
    'registries.listTags': ({ id, repository, cursor }, { signal }) =>
      listTags(options, id, repository, cursor, signal),
  };
}

/** An archive that Inkan keeps itself goes with its entry. */
async function forgetArchive({ inkan, placer }: RegistriesServiceOptions, removed: StoredSource): Promise<void> {
  const folder = ownFolderOf(inkan, removed);
  if (folder !== undefined) await placer.removeFolder(folder);
}

async function registryOf(book: SourceBook, id: string): Promise<StoredSource> {
  const source = await book.get(id);
  if (source.kind !== 'registry') throw new AppError('registry.sourceNotFound', { id });
  return source;
}

/** A pasted address is taken for its host; `http://` in it is the wish to speak plain HTTP. */
function toNewRegistry(input: ParsedInputOf<'registries.addRegistry'>): Parameters<SourceBook['add']>[0] {
  const { host: text, alias, colour, customCaPem, proxy } = input;
  const [, scheme, rest = ''] = /^(https?:\/\/)?(.*)$/s.exec(text.trim()) ?? [];
  const place = parseRegistryHost(rest.endsWith('/') ? rest.slice(0, -1) : rest);
  const plainHttp = scheme === 'http://' && input.plainHttp === 'auto' ? 'always' : input.plainHttp;
  return {
    kind: 'registry',
    place,
    plainHttp,
    ...(alias && { alias }),
    ...(colour && { colour }),
    ...(customCaPem && { customCaPem: parseCa(customCaPem) }),
    ...(proxy && { proxy: parseProxy(proxy) }),
  };
}

function parseCa(pem: string): string {
  if (parseCertificates(new TextEncoder().encode(pem)).length > 0) return pem;
  throw new AppError('certificate.malformed', { fault: 'no certificate in it' });
}

/** A proxy's address; a password in it would have to be kept in plain text, so it is refused. */
function parseProxy(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isProxy =
    url && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '';
  if (!isProxy) throw new AppError('registry.badHost', { host: url?.host ?? text.slice(0, 300) });
  return url.origin;
}

function parseRealmOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.origin;
  throw new AppError('registry.badReference', { text, fault: 'not an https address' });
}

function withChanges(stored: StoredSource, input: ParsedInputOf<'registries.updateSource'>): StoredSource {
  const { alias, colour, plainHttp, customCaPem, proxy, pinnedRepositories, trustedRealms } = input;
  const changed = {
    ...stored,
    ...(alias !== undefined && { alias: alias || undefined }),
    ...(colour !== undefined && { colour: colour || undefined }),
    ...(plainHttp !== undefined && { plainHttp }),
    ...(customCaPem !== undefined && { customCaPem: customCaPem === null ? undefined : parseCa(customCaPem) }),
    ...(proxy !== undefined && { proxy: proxy === null ? undefined : parseProxy(proxy) }),
    ...(pinnedRepositories && { pinnedRepositories: [...new Set(pinnedRepositories.map(parseRepositoryName))] }),
    ...(trustedRealms && { trustedRealms: [...new Set(trustedRealms.map(parseRealmOrigin))] }),
  };
  return changed;
}

async function probeSource(
  { book, access, clock }: RegistriesServiceOptions,
  id: string,
  signal: AbortSignal,
): Promise<SourceCapabilities> {
  const source = await book.get(id);
  if (source.kind === 'registry') {
    const { client } = await access.openRegistry(source);
    return await probeRegistry(client, source.pinnedRepositories[0], signal);
  }
  await (await access.openLayout(id)).listTags();
  const inLayout = { state: 'yes', note: 'layout' } as const;
  return {
    probedAt: clock.now().toISOString(),
    reachable: true,
    insecure: false,
    authentication: 'none',
    credentials: 'none',
    catalog: inLayout,
    referrersApi: inLayout,
    delete: { state: 'unknown', note: 'layout' },
  };
}

async function login(
  { book, access, credentials, publish }: RegistriesServiceOptions,
  { id, username, password }: ParsedInputOf<'registries.login'>,
  signal: AbortSignal,
): Promise<{ helper: string }> {
  const source = await registryOf(book, id);
  const credential: Credential = username
    ? { kind: 'password', username, password }
    : { kind: 'identityToken', token: password };
  const only = { find: () => Promise.resolve({ credential, origin: 'helper' } as const) };
  const client = await access.createClient(source, only);
  try {
    await client.ping(client.startOperation(signal));
  } catch (error) {
    if (!isAppError(error, 'registry.unauthorized')) throw error;
    throw new AppError('registry.loginRefused', { host: source.place }, { cause: error });
  }
  await credentials.assertCanStore(source.place);
  const helper = await credentials.store(source.place, credential, signal);
  access.forget(id);
  publish('config.changed', { area: 'credentials' });
  return { helper };
}

/** What a registry without a catalog answers: refused, absent, or not for this user. */
function hasNoCatalog(error: unknown): boolean {
  if (isAppError(error, 'registry.refused')) return error.details.status === 405;
  return (
    isAppError(error, 'registry.notFound') ||
    isAppError(error, 'registry.forbidden') ||
    isAppError(error, 'registry.unauthorized')
  );
}

async function listRepositories(
  { book, access }: RegistriesServiceOptions,
  id: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<OutputOf<'registries.listRepositories'>> {
  const source = await book.get(id);
  if (source.kind === 'layout') return { repositories: [''], from: 'layout' };
  const { client, catalog } = await access.openRegistry(source);
  try {
    const { names, nextCursor } = await catalog.readPage(cursor, client.startOperation(signal));
    return { repositories: [...names], from: 'catalog', ...(nextCursor && { nextCursor }) };
  } catch (error) {
    if (!hasNoCatalog(error)) throw error;
    // Whether it is only the catalog that is closed, or the registry.
    await client.ping(client.startOperation(signal));
    return { repositories: source.pinnedRepositories, from: 'pinned' };
  }
}

function toTagPage(names: readonly string[], nextCursor: string | undefined): TagPage {
  const tags = names.filter((name) => !isSignatureTag(name));
  return { tags, signatureTags: names.filter(isSignatureTag), ...(nextCursor && { nextCursor }) };
}

async function listTags(
  { book, access }: RegistriesServiceOptions,
  id: string,
  repository: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<TagPage> {
  if ((await book.get(id)).kind === 'layout') return await listLayoutTags(await access.openLayout(id), cursor);
  const remote = await access.openRepository(id, repository);
  const signatureTags: string[] = [];
  let from = cursor;
  for (let pages = 1; ; pages += 1) {
    const { names, nextCursor } = await remote.listTags(from, signal);
    const page = toTagPage(names, nextCursor);
    signatureTags.push(...page.signatureTags);
    if (page.tags.length > 0 || nextCursor === undefined || pages >= maxEmptyPages) return { ...page, signatureTags };
    from = nextCursor;
  }
}

async function listLayoutTags(layout: Pick<LayoutReading, 'listTags'>, cursor: string | undefined): Promise<TagPage> {
  const offset = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const names = await layout.listTags();
  const end = offset + layoutPageSize;
  return toTagPage(names.slice(offset, end), end < names.length ? String(end) : undefined);
}
