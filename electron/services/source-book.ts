import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { labSourceId } from '../../shared/model/lab.ts';
import { plainHttpSchema, type Source } from '../../shared/model/source.ts';
import { toUnpackedLayout } from '../domain/oci/unpacked-layout.ts';
import { isPlainHttp } from '../domain/registry/registry-address.ts';
import { ABSENT, type Directory, type Random } from '../domain/ports.ts';

const file = 'sources.json';
const maxBytes = 16 * 1024 * 1024;
const maxSources = 1000;
export const playgroundId = 'playground';

const storedSourceSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(['registry', 'layout']),
  /** Registry host, or the absolute path of the layout's folder or archive. */
  place: z.string().min(1).max(4096),
  /** How a layout that lies in a file is packed, and the folder in it that holds the layout. */
  archive: z.object({ form: z.enum(['tar', 'tar.gz']), root: z.string().max(4096) }).optional(),
  alias: z.string().optional(),
  colour: z.string().optional(),
  plainHttp: plainHttpSchema.default('auto'),
  customCaPem: z.string().optional(),
  proxy: z.string().optional(),
  pinnedRepositories: z.array(z.string()).default([]),
  trustedRealms: z.array(z.string()).default([]),
});
const bookSchema = z.object({ version: z.literal(1), sources: z.array(storedSourceSchema).max(maxSources) });

/** A source as it is kept. */
export type StoredSource = z.infer<typeof storedSourceSchema>;
type NewSource = Omit<StoredSource, 'id' | 'pinnedRepositories' | 'trustedRealms'>;

interface BookState {
  readonly sources: readonly StoredSource[];
  readonly revision: string;
}

export interface SourceBookOptions {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  readonly random: Random;
}

/**
 * The registries and layouts the user added, kept in Inkan's own directory. The playground is always first, the test lab is there as
 * long as it has a layout; neither is kept.
 */
export class SourceBook {
  readonly #inkan: Directory;
  readonly #random: Random;
  /** As read last; parsed again only when it changed. */
  #last: BookState | undefined;

  constructor({ inkan, random }: SourceBookOptions) {
    this.#inkan = inkan;
    this.#random = random;
  }

  #ownLayout(id: string): StoredSource {
    const place = path.join(this.#inkan.path, id);
    return { id, kind: 'layout', place, plainHttp: 'auto', pinnedRepositories: [], trustedRealms: [] };
  }

  get #playground(): StoredSource {
    return this.#ownLayout(playgroundId);
  }

  async list(): Promise<readonly StoredSource[]> {
    const hasLab = (await this.#inkan.stat(`${labSourceId}/index.json`)) !== undefined;
    const lab = hasLab ? [this.#ownLayout(labSourceId)] : [];
    return [this.#playground, ...lab, ...(await this.#read()).sources];
  }

  /** @throws AppError `registry.sourceNotFound` */
  async get(id: string): Promise<StoredSource> {
    const found = (await this.list()).find((source) => source.id === id);
    if (!found) throw new AppError('registry.sourceNotFound', { id });
    return found;
  }

  /** @throws AppError `registry.sourceExists` */
  async add(added: NewSource): Promise<StoredSource> {
    const source = { ...added, id: this.#random.uuid(), pinnedRepositories: [], trustedRealms: [] };
    await this.#change((sources) => {
      const isSame = (other: StoredSource): boolean =>
        other.kind === added.kind && other.place.toLowerCase() === added.place.toLowerCase();
      if ([this.#playground, this.#ownLayout(labSourceId), ...sources].some(isSame))
        throw new AppError('registry.sourceExists', { name: added.place });
      return [...sources, source];
    });
    return source;
  }

  /** @throws AppError `registry.sourceNotFound`, also for the playground */
  async update(id: string, change: (source: StoredSource) => StoredSource): Promise<StoredSource> {
    let changed: StoredSource | undefined;
    await this.#change((sources) =>
      sources.map((source) => {
        if (source.id !== id) return source;
        changed = change(source);
        return changed;
      }),
    );
    if (!changed) throw new AppError('registry.sourceNotFound', { id });
    return changed;
  }

  /** @throws AppError `registry.sourceNotFound`, also for the playground */
  async remove(id: string): Promise<void> {
    await this.#change((sources) => {
      const kept = sources.filter((source) => source.id !== id);
      if (kept.length === sources.length) throw new AppError('registry.sourceNotFound', { id });
      return kept;
    });
  }

  async #change(change: (sources: readonly StoredSource[]) => readonly StoredSource[]): Promise<void> {
    await this.#inkan.withLock('sources', async () => {
      const { sources, revision } = await this.#read();
      const text = `${JSON.stringify({ version: 1, sources: change(sources) }, null, 2)}\n`;
      await this.#inkan.write(file, new TextEncoder().encode(text), { ifRevision: revision });
    });
  }

  async #read(): Promise<BookState> {
    const state = await this.#inkan.read(file, { maxBytes, remember: true });
    if (!state) return { sources: [], revision: ABSENT };
    if (this.#last?.revision === state.revision) return this.#last;
    const book = bookSchema.safeParse(parseJson(state.bytes));
    if (!book.success) throw new AppError('file.malformed', { file, fault: z.prettifyError(book.error).slice(0, 300) });
    this.#last = { sources: book.data.sources, revision: state.revision };
    return this.#last;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('file.malformed', { file, fault: 'not JSON' }, { cause: error });
  }
}

/** A source as the renderer sees it: without the CA itself. */
export function toSource(stored: StoredSource, insecureRegistries: readonly string[]): Source {
  const { id, kind, place, archive, alias, colour, plainHttp, customCaPem, proxy, pinnedRepositories, trustedRealms } =
    stored;
  const isRegistry = kind === 'registry';
  return {
    id,
    kind,
    name: isRegistry ? place : path.basename(place),
    ...(alias !== undefined && { alias }),
    ...(colour !== undefined && { colour }),
    ...(!isRegistry && { path: place }),
    ...(archive && { archive: { form: archive.form, ...toUnpackedLayout(place, archive.root) } }),
    isPlayground: id === playgroundId,
    isTestLab: id === labSourceId,
    plainHttp,
    insecure: isRegistry && isPlainHttp(place, plainHttp, insecureRegistries),
    hasCustomCa: customCaPem !== undefined,
    ...(proxy !== undefined && { proxy }),
    pinnedRepositories,
    trustedRealms,
  };
}
