import { useQueryClient, type InfiniteData, type QueryCache } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { findRead, type Found, type ReadPlace } from './find-read.ts';
import { wordsOf, type ReadTag } from './known-tags.ts';
import { useMeanings } from './use-meanings.ts';
import { toRead } from './use-known-tags.ts';

const restMs = 150;

interface Input {
  readonly id?: string;
  readonly sourceId?: string;
  readonly repository: string;
  readonly reference?: string;
}

type TagPages = InfiniteData<OutputOf<'registries.listTags'>>;

/** Everything of a source that was read since Inkan was opened and is still at hand: tags, artifacts, reports. */
function toPlaces(cache: QueryCache, sourceId: string): ReadPlace[] {
  const tags = new Map<string, Omit<ReadPlace, 'words'>>();
  const read = new Map<string, ReadTag>();
  const note = (repository: string, reference: string): string => {
    const key = `${repository} ${reference}`;
    tags.set(key, { repository, reference });
    return key;
  };
  for (const query of cache.getAll()) {
    const [method, { id, sourceId: place, repository, reference } = {} as Input] = query.queryKey as [string, Input?];
    if (method === 'registries.listTags' && id === sourceId) {
      const pages = (query.state.data as TagPages | undefined)?.pages ?? [];
      for (const page of pages) for (const tag of page.tags) note(repository, tag);
    } else if (place === sourceId && reference !== undefined && query.state.data !== undefined) {
      if (method !== 'artifacts.readArtifact' && method !== 'verify.verifyArtifact') continue;
      const key = note(repository, reference);
      read.set(key, { ...read.get(key), ...toRead(query) });
    }
  }
  return [...tags].map(([key, named]) => ({ ...named, words: wordsOf(read.get(key) ?? {}) }));
}

/** Artifacts of a source in which a text stands, among those that were read. */
export function useFound(sourceId: string, text: string): readonly Found[] {
  const cache = useQueryClient().getQueryCache();
  const settled = useDebounced(text, restMs);
  const meanings = useMeanings(settled);
  return useMemo(
    () => (meanings.length === 0 ? [] : findRead(toPlaces(cache, sourceId), meanings)),
    [cache, sourceId, meanings],
  );
}
