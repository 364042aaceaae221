import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import { callOptions } from '../../client/use-call.ts';
import { buildTree, type AttachmentsTree } from './attachments-tree.ts';
import { walkAttachments, type AttachmentsWalk, type WalkAsk } from './walk-attachments.ts';

/** What a walk may spend before it asks whether to go on; each "go on" doubles the requests. */
const requestsAtFirst = 400;
const depthAStep = 4;
/** Rows that come within this time are drawn together; the first ones at once. */
const drawnEveryMs = 80;
/** A page that is opened again asks again; going on from a step to the next does not. */
const freshMs = 5000;

interface Place {
  readonly sourceId: string;
  readonly repository: string;
  readonly artifact: Artifact;
}

/** Everything attached to an artifact, as far as it was read. */
export interface Attachments {
  readonly tree: AttachmentsTree;
  /** Undefined until the first answer. */
  readonly walk: AttachmentsWalk | undefined;
  readonly isFetching: boolean;
  readonly updatedAt: number;
  /** Goes on where the limits stopped it. */
  readonly onContinue: () => void;
  /** Asks everything anew. */
  readonly refetch: () => void;
}

/** Reads what is attached, and grows while answers arrive. Answers about a page are shared, so that going on asks for new ones only. */
export function useAttachments({ sourceId, repository, artifact }: Place): Attachments {
  const [steps, setSteps] = useState(1);
  const queries = useQueryClient();
  const { descriptor, manifests } = artifact;
  const { digest } = descriptor;
  const queryKey = ['artifacts.walk', { sourceId, repository, digest, steps }];
  const query = useQuery<AttachmentsWalk>({
    queryKey,
    queryFn: async ({ signal }) => {
      const draw = drawing(queries, queryKey, signal);
      const limits = { requests: requestsAtFirst * 2 ** (steps - 1), depth: depthAStep * steps };
      const ask = askThrough(queries, { sourceId, repository }, steps === 1 ? freshMs : Infinity, signal);
      return await walkAttachments({ digest, manifests }, limits, ask, draw);
    },
    placeholderData: (previous) => previous,
  });
  const { data: walk, refetch } = query;
  const tree = useMemo(() => buildTree(artifact, walk), [artifact, walk]);
  const again = useCallback(() => {
    forgetPages(queries, { sourceId, repository });
    void refetch();
  }, [queries, sourceId, repository, refetch]);
  return {
    tree,
    walk,
    isFetching: query.isFetching,
    updatedAt: walk?.isDone ? query.dataUpdatedAt : 0,
    onContinue: () => setSteps((count) => count + 1),
    refetch: again,
  };
}

/** Answers that are known and not made old by an event are not asked for again. */
function askThrough(
  queries: QueryClient,
  place: Pick<Place, 'sourceId' | 'repository'>,
  staleTimeMs: number,
  signal: AbortSignal,
): WalkAsk {
  const options = { staleTimeMs };
  return {
    list: async (input) => {
      signal.throwIfAborted();
      return await queries.fetchQuery(callOptions('artifacts.listAttachments', { ...place, ...input }, options));
    },
    describe: async (input) => {
      signal.throwIfAborted();
      return await queries.fetchQuery(callOptions('artifacts.describeAttachments', { ...place, ...input }, options));
    },
  };
}

function forgetPages(queries: QueryClient, { sourceId, repository }: Pick<Place, 'sourceId' | 'repository'>): void {
  void queries.invalidateQueries({
    refetchType: 'none',
    predicate: ({ queryKey: [method, input] }) => {
      const place = input as Partial<Place> | undefined;
      const isPage = method === 'artifacts.listAttachments' || method === 'artifacts.describeAttachments';
      return isPage && place?.sourceId === sourceId && place.repository === repository;
    },
  });
}

/** Shows what is there of a walk that has not ended; a walk that replaces another takes its place only when it is done. */
function drawing(
  queries: QueryClient,
  queryKey: readonly unknown[],
  signal: AbortSignal,
): (read: () => AttachmentsWalk) => void {
  const before = queries.getQueryData<AttachmentsWalk>(queryKey);
  if (before?.isDone) return () => undefined;
  let drawnAt = -Infinity;
  return (read) => {
    if (signal.aborted || performance.now() - drawnAt < drawnEveryMs) return;
    drawnAt = performance.now();
    queries.setQueryData<AttachmentsWalk>(queryKey, read());
  };
}
