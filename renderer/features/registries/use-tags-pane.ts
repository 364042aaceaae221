import { useMemo, useState } from 'react';
import { filterTags, isSigned, type TagVerdict } from './known-tags.ts';
import { useTagTable } from './use-browsing.ts';
import { useMeanings } from './use-meanings.ts';
import { useKnownTags } from './use-known-tags.ts';
import { sortTags, useTags } from './use-tags.ts';

/** Which tags are shown by what is known of them; `signed` is every verdict over a signature. */
export type TagFacet = TagVerdict | 'signed';

/** What the tags pane shows and what was chosen in it. */
export function useTagsPane(sourceId: string, repository: string) {
  const list = useTags(sourceId, repository);
  const known = useKnownTags(sourceId, repository);
  const [table, changeTable] = useTagTable();
  const [filter, setFilter] = useState('');
  const [facet, setFacet] = useState<TagFacet | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const meanings = useMeanings(filter);
  const pages = list.data?.pages;
  const { newestFirst, showsSignatureTags } = table;
  const { verdicts, words } = known;
  const signatureTags = useMemo(() => pages?.flatMap((page) => page.signatureTags) ?? [], [pages]);
  const tags = useMemo(() => {
    const named = pages?.flatMap((page) => page.tags) ?? [];
    return sortTags(showsSignatureTags ? [...named, ...signatureTags] : named, newestFirst);
  }, [pages, signatureTags, showsSignatureTags, newestFirst]);
  const judged = useMemo(() => {
    if (facet === null) return tags;
    return tags.filter((tag) => (facet === 'signed' ? isSigned(verdicts.get(tag)) : verdicts.get(tag) === facet));
  }, [tags, facet, verdicts]);
  const shown = useMemo(() => filterTags(judged, meanings, words), [judged, meanings, words]);
  const couldNot = useMemo(() => tags.filter((tag) => verdicts.get(tag) === 'couldNotCheck').length, [tags, verdicts]);
  const unseen = useMemo(
    () => (facet === null ? [] : tags.filter((tag) => !verdicts.has(tag))),
    [tags, facet, verdicts],
  );
  return {
    ...{ list, tags, shown, known, couldNot, table, changeTable },
    /** Tags that hold signatures and referrers. */
    signatureTags: signatureTags.length,
    /** Tags that a facet leaves out because nothing is known of them yet. */
    unseen,
    ...{ filter, setFilter, facet, setFacet, selected, setSelected },
    toggleOrder: () => changeTable({ newestFirst: !newestFirst }),
  };
}

export type TagsPaneState = ReturnType<typeof useTagsPane>;
