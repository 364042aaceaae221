import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import { laneOptions } from '../../client/lane.ts';

interface Place {
  readonly sourceId: string;
  readonly repository: string;
  readonly reference: string;
}

/** The artifact that a reference pointed at when it was opened. A tag that moves later does not exchange it unasked. */
export function usePinnedArtifact(place: Place): UseQueryResult<Artifact> & { readonly pinned: Artifact | undefined } {
  const { sourceId, repository, reference } = place;
  const query = useQuery(laneOptions('artifacts.readArtifact', { sourceId, repository, reference }));
  const key = JSON.stringify([sourceId, repository, reference]);
  const [held, setHeld] = useState<{ readonly key: string; readonly artifact: Artifact } | null>(null);
  if (query.data && !query.isFetching && held?.key !== key) setHeld({ key, artifact: query.data });
  return { ...query, pinned: held?.key === key ? held.artifact : undefined };
}
