import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { ArchiveRepository } from '../domain/oci/archive-repository.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import { parseRepositoryName } from '../domain/oci/parse-reference.ts';
import type { Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import type { Clock, Directory, FileReader, Http, Random } from '../domain/ports.ts';
import type { CredentialSource } from '../domain/registry/credential.ts';
import type { Credentials } from '../domain/registry/credentials.ts';
import { PagedListing } from '../domain/registry/paged-listing.ts';
import { isPlainHttp } from '../domain/registry/registry-address.ts';
import { RegistryClient } from '../domain/registry/registry-client.ts';
import { createContentMemory, RemoteRepository, type ContentMemory } from '../domain/registry/remote-repository.ts';
import { ensurePlayground } from './playground.ts';
import { playgroundId, type SourceBook, type StoredSource } from './source-book.ts';

export interface SourceAccessOptions {
  readonly book: SourceBook;
  readonly credentials: Credentials;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly openDirectory: (path: string) => Promise<Directory>;
  readonly openFile: (path: string) => FileReader;
}
/** A layout, wherever it lies. */
type OpenedLayout = LayoutRepository | ArchiveRepository;

/** What was opened of a registry, with the settings it was opened under. */
interface OpenedRegistry {
  readonly settings: string;
  readonly client: RegistryClient;
  readonly catalog: PagedListing;
  readonly repositories: Map<string, RemoteRepository>;
  readonly content: ContentMemory;
}

const maxRepositories = 500;
const maxLayouts = 20;

/** Opens sources and keeps them open: connections, tokens and listings are shared by everything that asks the same source. */
export class SourceAccess implements RepositoryFinder {
  readonly #options: SourceAccessOptions;
  readonly #registries = new Map<string, OpenedRegistry>();
  readonly #layouts = new Map<string, OpenedLayout>();
  #playground: Promise<void> | undefined;

  constructor(options: SourceAccessOptions) {
    this.#options = options;
  }

  async open(sourceId: string, repository: string): Promise<Repository> {
    const source = await this.#options.book.get(sourceId);
    return source.kind === 'layout'
      ? await this.#openLayoutOf(source)
      : await this.#openRepositoryOf(source, repository);
  }

  async openLayout(sourceId: string): Promise<OpenedLayout> {
    return await this.#openLayoutOf(await this.#options.book.get(sourceId));
  }

  /** A layout in an archive. @throws AppError `registry.sourceNotFound` */
  async openArchive(sourceId: string): Promise<ArchiveRepository> {
    const layout = await this.openLayout(sourceId);
    if (layout instanceof ArchiveRepository) return layout;
    throw new AppError('registry.sourceNotFound', { id: sourceId });
  }

  async openRepository(sourceId: string, repository: string): Promise<RemoteRepository> {
    return await this.#openRepositoryOf(await this.#options.book.get(sourceId), repository);
  }

  /** The client and the catalog of a registry. */
  async openRegistry(source: StoredSource): Promise<Pick<OpenedRegistry, 'client' | 'catalog'>> {
    return await this.#openRegistryOf(source);
  }

  /** A client that uses these credentials and remembers nothing. */
  async createClient(source: StoredSource, credentials: CredentialSource): Promise<RegistryClient> {
    const { http, clock } = this.#options;
    const { place: host, plainHttp, customCaPem, proxy, trustedRealms } = source;
    const insecure = isPlainHttp(host, plainHttp, await this.insecureRegistries());
    const address = { host, insecure, trustedRealms, ...(customCaPem && { customCaPem }), ...(proxy && { proxy }) };
    return new RegistryClient(http, clock, address, credentials);
  }

  /** Hosts that Notation's configuration lets be spoken to over plain HTTP; none when it cannot be read. */
  async insecureRegistries(): Promise<readonly string[]> {
    try {
      return await this.#options.credentials.insecureRegistries();
    } catch (error) {
      if (isAppError(error, 'registry.badCredentialFile')) return [];
      throw error;
    }
  }

  /** Forgets what was opened, with its tokens. */
  forget(sourceId: string): void {
    this.#registries.delete(sourceId);
  }

  async #openRegistryOf(source: StoredSource): Promise<OpenedRegistry> {
    if (source.kind !== 'registry') throw new AppError('registry.sourceNotFound', { id: source.id });
    const client = await this.createClient(source, this.#options.credentials);
    const settings = JSON.stringify(client.address);
    const known = this.#registries.get(source.id);
    if (known?.settings === settings) return known;
    const catalog = new PagedListing(client, '/v2/_catalog', 'repositories', 'registry:catalog:*');
    const repositories = new Map<string, RemoteRepository>();
    const opened = { settings, client, catalog, repositories, content: createContentMemory() };
    this.#registries.set(source.id, opened);
    return opened;
  }

  async #openRepositoryOf(source: StoredSource, repository: string): Promise<RemoteRepository> {
    const name = parseRepositoryName(repository);
    const { client, repositories, content } = await this.#openRegistryOf(source);
    const known = repositories.get(name);
    if (known) return known;
    if (repositories.size >= maxRepositories) repositories.clear();
    const opened = new RemoteRepository(client, this.#options.random, name, content);
    repositories.set(name, opened);
    return opened;
  }

  async #openLayoutOf(source: StoredSource): Promise<OpenedLayout> {
    if (source.kind !== 'layout') throw new AppError('registry.sourceNotFound', { id: source.id });
    const known = this.#layouts.get(source.place);
    if (known) return known;
    const layout = source.archive
      ? new ArchiveRepository(this.#options.openFile(source.place))
      : new LayoutRepository(await this.#openFolderOf(source));
    await layout.assertIsLayout();
    this.#makeRoom();
    this.#layouts.set(source.place, layout);
    return layout;
  }

  /** What was signed in an archive and not saved stays as long as Inkan runs. */
  #makeRoom(): void {
    if (this.#layouts.size < maxLayouts) return;
    for (const [place, layout] of this.#layouts)
      if (!(layout instanceof ArchiveRepository && layout.unsaved > 0)) this.#layouts.delete(place);
  }

  async #openFolderOf(source: StoredSource): Promise<Directory> {
    const directory = await this.#options.openDirectory(source.place);
    if (source.id === playgroundId) await this.#ensurePlayground(directory);
    return directory;
  }

  async #ensurePlayground(directory: Directory): Promise<void> {
    this.#playground ??= ensurePlayground(directory);
    try {
      await this.#playground;
    } finally {
      this.#playground = undefined;
    }
  }
}
