import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson } from '../codec/strict-json.ts';
import type { Operation } from './operation.ts';
import { parseNextLink } from './parse-link.ts';
import type { RegistryClient } from './registry-client.ts';

/** Names of a listing, and where the next page starts. The cursor is ours: what a registry's `Link` may say is checked before. */
export interface NamePage {
  readonly names: readonly string[];
  readonly nextCursor?: string;
}

interface ReadPage {
  readonly names: readonly string[];
  /** Query of the next page, as the registry gave it. */
  readonly nextQuery?: string;
}
/** One walk through a listing: the queries asked, and the last page, which may hold more names than were given out. */
interface Walk {
  readonly asked: Set<string>;
  query: string;
  page: ReadPage;
}

const pageSize = 1000;
const maxPages = 1000;
const maxWalks = 32;
const maxPageBytes = 4 * 1024 * 1024;
const maxNameLength = 300;
const firstQuery = `n=${pageSize}`;

interface Cursor {
  readonly walk: number;
  readonly offset: number;
  readonly query: string;
}

function parseCursor(cursor: string | undefined): Cursor {
  const [walk = '', offset = '', ...rest] = (cursor ?? '').split('.');
  const isCount = (text: string): boolean => /^\d{1,9}$/.test(text);
  if (!isCount(walk) || !isCount(offset)) return { walk: -1, offset: 0, query: firstQuery };
  return { walk: Number(walk), offset: Number(offset), query: rest.join('.') };
}

/**
 * Pages through `tags/list` and `_catalog` (distribution specification, "Listing tags"). A registry may ignore `n`: what it sends beyond
 * a page is kept for the next ones, in bounded memory, and asked for again when that has been dropped. `Link` is followed only within
 * the same listing of the same origin, never twice to the same page (rule V-15).
 */
export class PagedListing {
  readonly #client: RegistryClient;
  readonly #path: string;
  readonly #member: 'tags' | 'repositories';
  readonly #scope: string;
  readonly #walks = new Map<number, Walk>();
  #walkCount = 0;

  constructor(client: RegistryClient, path: string, member: 'tags' | 'repositories', scope: string) {
    this.#client = client;
    this.#path = path;
    this.#member = member;
    this.#scope = scope;
  }

  /** @throws AppError `registry.*` */
  async readPage(cursor: string | undefined, operation: Operation): Promise<NamePage> {
    const { walk: id, offset, query } = parseCursor(cursor);
    const known = this.#walks.get(id);
    const page = known?.query === query ? known.page : await this.#fetchPage(query, operation);
    const walk: Walk = known ?? { asked: new Set(), query, page };
    walk.query = query;
    walk.page = page;
    walk.asked.add(query);
    const names = page.names.slice(offset, offset + pageSize);
    const next = this.#nextOf(walk, offset);
    if (!next) {
      this.#walks.delete(id);
      return { names };
    }
    return { names, nextCursor: `${this.#keep(known ? id : undefined, walk)}.${next.offset}.${next.query}` };
  }

  #nextOf(walk: Walk, offset: number): { offset: number; query: string } | undefined {
    if (walk.page.names.length > offset + pageSize) return { offset: offset + pageSize, query: walk.query };
    const { nextQuery } = walk.page;
    if (nextQuery === undefined || walk.asked.has(nextQuery) || walk.asked.size >= maxPages) return undefined;
    return { offset: 0, query: nextQuery };
  }

  #keep(id: number | undefined, walk: Walk): number {
    const kept = id ?? (this.#walkCount += 1);
    this.#walks.delete(kept);
    this.#walks.set(kept, walk);
    const [oldest] = this.#walks.keys();
    if (this.#walks.size > maxWalks && oldest !== undefined) this.#walks.delete(oldest);
    return kept;
  }

  async #fetchPage(query: string, operation: Operation): Promise<ReadPage> {
    const request = { method: 'GET', maxBytes: maxPageBytes, what: this.#path, scope: this.#scope } as const;
    const headers = { accept: 'application/json' };
    const path = `${this.#path}?${query}`;
    if (this.#client.ownUrl(path)?.pathname !== this.#path) throw this.#badAnswer('a cursor that leads elsewhere');
    let response = await this.#client.ask({ ...request, headers, path }, operation);
    // Some registries refuse a page size they find too large; they choose their own when none is asked for.
    if (response.status === 400 && query === firstQuery)
      response = await this.#client.ask({ ...request, headers, path: this.#path }, operation);
    if (response.status !== 200) throw this.#client.toStatusError(response, this.#path);
    const nextQuery = this.#nextQuery(response.headers['link'], response.url);
    return { names: this.#parseNames(response.body), ...(nextQuery !== undefined && { nextQuery }) };
  }

  #nextQuery(link: string | undefined, base: string): string | undefined {
    const target = parseNextLink(link);
    if (target === undefined || target.length > 3000) return undefined;
    const url = this.#client.ownUrl(target, base);
    if (url?.pathname !== this.#path) throw this.#badAnswer('the next page is elsewhere');
    return url.search.slice(1);
  }

  #badAnswer(fault: string): AppError {
    return new AppError('registry.badAnswer', { host: this.#client.address.host, what: this.#path, fault });
  }

  #parseNames(body: Uint8Array): readonly string[] {
    try {
      const value = parseStrictJson(body, { maxBytes: maxPageBytes });
      const names = isJsonObject(value) ? memberOf(value, this.#member) : undefined;
      if (names === null) return [];
      if (!Array.isArray(names)) throw this.#badAnswer(`no list of ${this.#member}`);
      return names.filter((name): name is string => typeof name === 'string' && name.length <= maxNameLength);
    } catch (error) {
      if (error instanceof CodecError) throw this.#badAnswer(error.message);
      throw error;
    }
  }
}
