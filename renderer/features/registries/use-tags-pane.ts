import { useMemo, useState } from 'react';
import type { Verdict } from '../../../shared/model/verification.ts';
import { useKnownVerdicts } from './use-known-verdicts.ts';
import { sortTags, useTags } from './use-tags.ts';

/** What the tags pane shows and what was chosen in it. */
export function useTagsPane(sourceId: string, repository: string) {
  const list = useTags(sourceId, repository);
  const verdicts = useKnownVerdicts(sourceId, repository);
  const [filter, setFilter] = useState('');
  const [facet, setFacet] = useState<Verdict | null>(null);
  const [newestFirst, setNewestFirst] = useState(true);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const pages = list.data?.pages;
  const tags = useMemo(() => sortTags(pages?.flatMap((page) => page.tags) ?? [], newestFirst), [pages, newestFirst]);
  const wanted = filter.trim().toLowerCase();
  const judged = useMemo(
    () => (facet === null ? tags : tags.filter((tag) => verdicts.get(tag) === facet)),
    [tags, facet, verdicts],
  );
  const shown = useMemo(
    () => (wanted === '' ? judged : judged.filter((tag) => tag.toLowerCase().includes(wanted))),
    [judged, wanted],
  );
  const couldNot = useMemo(() => tags.filter((tag) => verdicts.get(tag) === 'couldNotCheck').length, [tags, verdicts]);
  return {
    list,
    tags,
    shown,
    hidden: pages?.reduce((sum, page) => sum + page.hiddenSignatureTags, 0) ?? 0,
    verdicts,
    couldNot,
    filter,
    setFilter,
    facet,
    setFacet,
    newestFirst,
    toggleOrder: () => setNewestFirst(!newestFirst),
    selected,
    setSelected,
  };
}

export type TagsPaneState = ReturnType<typeof useTagsPane>;
