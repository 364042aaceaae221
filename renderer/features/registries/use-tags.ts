import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { callHost } from '../../client/connection.ts';

/** More than this is not read without being asked. */
const readUnasked = 10_000;

const compare = new Intl.Collator('en', { numeric: true }).compare;

/** All tags of a repository, page after page, `latest` first and then the newest version. */
export function useTags(id: string, repository: string) {
  const query = useInfiniteQuery({
    queryKey: ['registries.listTags', { id, repository }],
    queryFn: ({ pageParam, signal }) =>
      callHost('registries.listTags', { id, repository, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 30_000,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const read = query.data?.pages.reduce((sum, { tags }) => sum + tags.length, 0) ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && read < readUnasked) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, read, fetchNextPage]);
  return query;
}

/** `latest` stays on top when the newest come first. */
export function sortTags(tags: readonly string[], newestFirst: boolean): string[] {
  const sorted = [...new Set(tags)].sort((a, b) => (newestFirst ? compare(b, a) : compare(a, b)));
  if (!newestFirst || !sorted.includes('latest')) return sorted;
  return ['latest', ...sorted.filter((tag) => tag !== 'latest')];
}
