import { useCallback, useEffect, useRef } from 'react';
import type { Browsing, Place, TagTable } from '../../../shared/model/browsing.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useTellError } from '../../ui/toast.tsx';

const initialTable: TagTable = { hiddenColumns: [], newestFirst: true, showsSignatureTags: false };

function useBrowsing(): Browsing | undefined {
  return useCall('browsing.readBrowsing', {}, { staleTimeMs: Infinity }).data;
}

/** How the tag list is shown, and how that is changed; it stays so after a restart. */
export function useTagTable(): readonly [TagTable, (changes: Partial<TagTable>) => void] {
  const table = useBrowsing()?.tagTable ?? initialTable;
  const { mutate } = useCommand('browsing.changeTagTable');
  const tellError = useTellError();
  const tell = useRef(tellError);
  useEffect(() => {
    tell.current = tellError;
  });
  const change = useCallback(
    (changes: Partial<TagTable>) => mutate(changes, { onError: (error) => tell.current(error) }),
    [mutate],
  );
  return [table, change];
}

/** Whether a repository is pinned to the rail, and how that is changed. */
export function usePin(place: Place): readonly [boolean, () => void] {
  const pins = useBrowsing()?.pins ?? [];
  const { mutate } = useCommand('browsing.pinPlace');
  const tellError = useTellError();
  const isPinned = pins.some(
    ({ sourceId, repository }) => sourceId === place.sourceId && repository === place.repository,
  );
  return [isPinned, () => mutate({ ...place, isPinned: !isPinned }, { onError: tellError })];
}

/** Notes that a repository was opened; layouts have but one, and stand in the rail anyway. */
export function useNoteVisit(sourceId: string, repository: string): void {
  const { mutate } = useCommand('browsing.noteVisit');
  useEffect(() => {
    if (repository !== '') mutate({ sourceId, repository });
  }, [mutate, sourceId, repository]);
}
