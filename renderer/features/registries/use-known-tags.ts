import { useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { nothingKnown, toKnownTags, type KnownTags, type ReadTag } from './known-tags.ts';

const gatherMs = 120;
const methods: readonly unknown[] = ['verify.verifyArtifact', 'artifacts.readArtifact'];

/** What is known so far of a repository's tags, from rows that were on screen and from jobs. */
export function useKnownTags(sourceId: string, repository: string): KnownTags {
  const cache = useQueryClient().getQueryCache();
  const [known, setKnown] = useState(nothingKnown);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gather = () => {
      timer = undefined;
      const read = new Map<string, ReadTag>();
      for (const query of cache.getAll()) {
        const tag = tagOf(query, sourceId, repository);
        if (tag !== undefined) read.set(tag, { ...read.get(tag), ...toRead(query) });
      }
      setKnown(toKnownTags(read));
    };
    const later = () => (timer ??= setTimeout(gather, gatherMs));
    later();
    const stop = cache.subscribe(({ type, query }) => {
      if (type === 'updated' && methods.includes(query.queryKey[0])) later();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [cache, sourceId, repository]);
  return known;
}

interface Input {
  readonly sourceId: string;
  readonly repository: string;
  readonly reference: string;
}

/** The tag that a query is about, when it is one of this repository, asked without options. */
function tagOf({ queryKey }: Query, sourceId: string, repository: string): string | undefined {
  if (!methods.includes(queryKey[0])) return undefined;
  const input = queryKey[1] as Input;
  const isHere = input.sourceId === sourceId && input.repository === repository && !isDigest(input.reference);
  return isHere ? input.reference : undefined;
}

/** What an answer of the host tells of a tag. */
export function toRead({ queryKey, state }: Query): ReadTag {
  if (queryKey[0] === 'artifacts.readArtifact') return state.data ? { artifact: state.data as Artifact } : {};
  if (state.status === 'error') return { isUnjudged: true };
  return state.data ? { report: state.data as VerificationReport } : {};
}
