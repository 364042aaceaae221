import { useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Verdict } from '../../../shared/model/verification.ts';

const gatherMs = 120;

/** The verdicts known so far of a repository's tags, from rows that were on screen and from jobs. */
export function useKnownVerdicts(sourceId: string, repository: string): ReadonlyMap<string, Verdict> {
  const cache = useQueryClient().getQueryCache();
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gather = () => {
      timer = undefined;
      setVerdicts(new Map(cache.getAll().flatMap((query) => entryOf(query, sourceId, repository))));
    };
    const later = () => (timer ??= setTimeout(gather, gatherMs));
    later();
    const stop = cache.subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[0] === 'verify.verifyArtifact') later();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [cache, sourceId, repository]);
  return verdicts;
}

interface Input {
  readonly sourceId: string;
  readonly repository: string;
  readonly reference: string;
}

function entryOf(query: Query, sourceId: string, repository: string): [string, Verdict][] {
  const [method, input] = query.queryKey as readonly [string, Input];
  const isHere = input.sourceId === sourceId && input.repository === repository && !isDigest(input.reference);
  if (method !== 'verify.verifyArtifact' || !isHere) return [];
  const report = query.state.data as OutputOf<'verify.verifyArtifact'> | undefined;
  if (query.state.status === 'error') return [[input.reference, 'couldNotCheck']];
  return report ? [[input.reference, report.verdict]] : [];
}
