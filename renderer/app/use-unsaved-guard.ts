import { useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import { callOptions, useCall } from '../client/use-call.ts';
import { useFiles } from '../features/files/files-store.ts';
import { useDraft } from '../features/policies/draft-store.ts';

/**
 * Asks before the page is left or its window closed while something is saved nowhere: signatures of files, those in a copy of an
 * archive, or a draft of a policy. A browser asks by itself; for the desktop's window the main process does.
 */
export function useUnsavedGuard(): void {
  const hasFiles = useFiles(({ entries }) => entries.some(({ unsaved }) => unsaved));
  const hasDraft = useDraft(({ draft, others }) =>
    [draft, ...Object.values(others)].some((kept) => kept !== null && kept.text !== kept.base.text),
  );
  const hasCopies = useHasUnsavedCopies();
  const isNeeded = hasFiles || hasDraft || hasCopies;
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}

/** Whether a layout in an archive holds signatures that are in no file. */
function useHasUnsavedCopies(): boolean {
  const sources = useCall('registries.listSources', {}).data?.sources ?? [];
  const archives = sources.filter(({ archive }) => archive !== undefined);
  return useQueries({
    queries: archives.map(({ id }) => callOptions('layouts.readUnsaved', { id })),
    combine: (results) => results.some(({ data }) => (data?.signatures ?? 0) > 0),
  });
}
