import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { maxManifestBytes } from '../oci/manifest.ts';
import { referrersTagOf } from '../oci/parse-reference.ts';
import type { Referrer, ReferrersAnswer, ReferrersPage } from '../oci/repository.ts';
import type { FallbackIndex, TagIndexState } from './fallback-index.ts';
import type { Operation } from './operation.ts';
import { parseNextLink } from './parse-link.ts';
import { parseReferrersIndex, type ReferrersIndex } from './referrers-index.ts';
import { readAnswerError, type RegistryClient } from './registry-client.ts';

export interface ReferrersOptions {
  readonly artifactType?: string;
  readonly limit: number;
}

interface ReferrersApiAnswer {
  /** Whether the registry has the referrers API. */
  readonly supported: boolean;
  readonly status: number;
  readonly descriptors: readonly Descriptor[];
  readonly truncated: boolean;
}

const maxPages = 50;

/**
 * Asks the referrers API (distribution specification, "Listing Referrers"). A 404 that does not say that the repository is unknown, a
 * 400 or 405, and an answer that is no image index mean that there is no such API. Pages are followed within the API of this
 * origin only, never twice, at most fifty (rule V-15).
 * @throws AppError `registry.*`
 */
export async function readReferrersApi(
  client: RegistryClient,
  repository: string,
  subject: Digest,
  options: ReferrersOptions,
  operation: Operation,
): Promise<ReferrersApiAnswer> {
  const descriptors: Descriptor[] = [];
  const asked = new Set<string>();
  let query = options.artifactType ? `?artifactType=${encodeURIComponent(options.artifactType)}` : '';
  let truncated = false;
  for (;;) {
    asked.add(query);
    const answer = await readApiPage(client, repository, subject, query, operation);
    if (!answer.page) return { supported: false, status: answer.status, descriptors: [], truncated: false };
    truncated ||= answer.page.unreadable > 0;
    descriptors.push(...matching(answer.page.descriptors, options.artifactType));
    const { nextQuery } = answer;
    if (descriptors.length > options.limit || nextQuery === undefined) break;
    if (asked.has(nextQuery) || asked.size >= maxPages) {
      truncated = true;
      break;
    }
    query = nextQuery;
  }
  return { supported: true, status: 200, descriptors, truncated };
}

interface ApiPage {
  readonly status: number;
  /** Undefined where there is no such API. */
  readonly page?: ReferrersIndex;
  /** Query of the next page, as the registry gave it. */
  readonly nextQuery?: string;
}

/** @param query - with its `?`, or nothing for the first page */
async function readApiPage(
  client: RegistryClient,
  repository: string,
  subject: Digest,
  query: string,
  operation: Operation,
): Promise<ApiPage> {
  const base = `/v2/${repository}/referrers/${subject}`;
  const path = base + query;
  const { host } = client.address;
  if (client.ownUrl(path)?.pathname !== base)
    throw new AppError('registry.badAnswer', { host, what: 'referrers', fault: 'a cursor that leads elsewhere' });
  const headers = { accept: mediaTypes.ociIndex };
  const scope = `repository:${repository}:pull`;
  const request = { method: 'GET', path, headers, maxBytes: maxManifestBytes, what: 'referrers', scope } as const;
  const response = await client.ask(request, operation);
  const isIndex = response.headers['content-type']?.split(';')[0]?.trim() === mediaTypes.ociIndex;
  if ([400, 404, 405].includes(response.status) || (response.status === 200 && !isIndex)) {
    if (response.status === 404 && readAnswerError(response).code === 'NAME_UNKNOWN')
      throw client.toStatusError(response, repository);
    return { status: response.status };
  }
  if (response.status !== 200) throw client.toStatusError(response, 'referrers');
  const page = parseReferrersIndex(response.body, host, 'referrers');
  const link = parseNextLink(response.headers['link']);
  return { status: 200, page, ...(link !== undefined && { nextQuery: nextQueryOf(client, link, response.url, base) }) };
}

/** A registry need not filter, and may claim to have filtered: the listing's own field decides, as in the reference implementation. */
function matching(descriptors: readonly Descriptor[], artifactType: string | undefined): readonly Descriptor[] {
  return artifactType === undefined
    ? descriptors
    : descriptors.filter((descriptor) => descriptor.artifactType === artifactType);
}

function nextQueryOf(client: RegistryClient, link: string, base: string, pathname: string): string {
  const url = client.ownUrl(link, base);
  if (url?.pathname !== pathname) {
    throw new AppError('registry.badAnswer', {
      host: client.address.host,
      what: 'referrers',
      fault: 'the next page is elsewhere',
    });
  }
  return url.search;
}

/** A tag that cannot be read stands in nobody's way where the API answered. */
function toTagState(answer: unknown, isApiSupported: boolean): TagIndexState {
  if (!(answer instanceof Error)) return answer as TagIndexState;
  if (!isApiSupported || !isAppError(answer)) throw answer;
  return { status: 0 };
}

/**
 * Direct referrers of a digest from the API and from the referrers tag, both asked at once and merged by digest. Where both list one,
 * the API's entry stands: it is the one the reference implementation sees.
 * @throws AppError `registry.*`
 */
export async function listReferrers(
  client: RegistryClient,
  repository: string,
  fallback: FallbackIndex,
  subject: Digest,
  options: ReferrersOptions,
  operation: Operation,
): Promise<ReferrersAnswer> {
  const [api, tagAnswer] = await Promise.all([
    readReferrersApi(client, repository, subject, options, operation),
    fallback.read(subject, operation).catch((error: unknown) => error),
  ]);
  const tag = toTagState(tagAnswer, api.supported);
  const tagged = matching(tag.index?.descriptors ?? [], options.artifactType);
  const merged = new Map<Digest, Referrer>();
  for (const descriptor of api.descriptors)
    if (!merged.has(descriptor.digest)) merged.set(descriptor.digest, { descriptor, via: ['api'] });
  for (const descriptor of tagged) {
    const known = merged.get(descriptor.digest);
    if (!known) merged.set(descriptor.digest, { descriptor, via: ['tag'] });
    else if (!known.via.includes('tag'))
      merged.set(descriptor.digest, { descriptor: known.descriptor, via: [...known.via, 'tag'] });
  }
  const referrers = [...merged.values()];
  return {
    questions: [
      { asked: 'api', what: `referrers/${subject}`, status: api.status, items: api.descriptors.length },
      { asked: 'tag', what: referrersTagOf(subject), status: tag.status, items: tagged.length },
    ],
    referrers: referrers.slice(0, options.limit),
    truncated: api.truncated || (tag.index?.unreadable ?? 0) > 0 || referrers.length > options.limit,
  };
}

/**
 * One page of the direct referrers of a digest. With the first, the referrers tag is asked at the same time and merged in; what the tag
 * lists and a later page of the API lists too comes again with that page.
 * @throws AppError `registry.*`
 */
export async function listReferrersPage(
  client: RegistryClient,
  repository: string,
  fallback: FallbackIndex,
  subject: Digest,
  cursor: string | undefined,
  operation: Operation,
): Promise<ReferrersPage> {
  if (cursor !== undefined) {
    const { status, page, nextQuery } = await readApiPage(client, repository, subject, `?${cursor}`, operation);
    if (!page)
      throw new AppError('registry.badAnswer', {
        host: client.address.host,
        what: 'referrers',
        fault: `HTTP ${status} for a page that the page before named`,
      });
    return toPage([], page.descriptors, [], page.unreadable, nextQuery);
  }
  const [api, tagAnswer] = await Promise.all([
    readApiPage(client, repository, subject, '', operation),
    fallback.read(subject, operation).catch((error: unknown) => error),
  ]);
  const tag = toTagState(tagAnswer, api.page !== undefined);
  const listed = api.page?.descriptors ?? [];
  const tagged = tag.index?.descriptors ?? [];
  const questions: ReferrersPage['questions'] = [
    { asked: 'api', what: `referrers/${subject}`, status: api.status, items: listed.length },
    { asked: 'tag', what: referrersTagOf(subject), status: tag.status, items: tagged.length },
  ];
  const unreadable = (api.page?.unreadable ?? 0) + (tag.index?.unreadable ?? 0);
  return toPage(questions, listed, tagged, unreadable, api.nextQuery);
}

function toPage(
  questions: ReferrersPage['questions'],
  listed: readonly Descriptor[],
  tagged: readonly Descriptor[],
  unreadable: number,
  nextQuery: string | undefined,
): ReferrersPage {
  const merged = new Map<Digest, ReferrersPage['referrers'][number]>();
  for (const [via, descriptors] of [['api', listed] as const, ['tag', tagged] as const]) {
    const counts = new Map<Digest, number>();
    for (const descriptor of descriptors) {
      const count = (counts.get(descriptor.digest) ?? 0) + 1;
      counts.set(descriptor.digest, count);
      const known = merged.get(descriptor.digest);
      merged.set(descriptor.digest, {
        descriptor: known?.descriptor ?? descriptor,
        via: known ? [...new Set([...known.via, via])] : [via],
        listings: Math.max(known?.listings ?? 1, count),
      });
    }
  }
  const nextCursor = nextQuery?.slice(1);
  return { questions, referrers: [...merged.values()], unreadable, ...(nextCursor && { nextCursor }) };
}
