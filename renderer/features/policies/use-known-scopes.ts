import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callOptions, useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import type { Suggestion } from './chips-field.tsx';

const freshMs = 60_000;

/**
 * Repositories that a scope may mean: verified lately, pinned, of layouts, and in the catalogs of registries. Catalogs are read once the
 * user is about to choose; one that does not answer is left out.
 */
export function useKnownScopes(isWanted: boolean): readonly Suggestion[] {
  const t = useText();
  const known = useCall('impact.listKnown', {}).data?.known;
  const sources = useCall('registries.listSources', {}, { enabled: isWanted }).data?.sources;
  const registries = useMemo(() => (sources ?? []).filter(({ kind }) => kind === 'registry'), [sources]);
  const catalogs = useQueries({
    queries: registries.map(({ id }) =>
      callOptions('registries.listRepositories', { id }, { enabled: isWanted, staleTimeMs: freshMs }),
    ),
    combine: (answers) => answers.map(({ data }) => data?.repositories ?? []),
  });
  return useMemo(() => {
    const found = new Map<string, Suggestion>();
    const offer = (value: string, note: string) => {
      if (!found.has(value)) found.set(value, { value, note });
    };
    for (const { scope, from } of known ?? []) offer(scope, t(`policies.known_${from}`));
    registries.forEach(({ name }, at) => {
      for (const repository of catalogs[at] ?? []) offer(`${name}/${repository}`, t('policies.known_catalog'));
    });
    return [...found.values()];
  }, [known, registries, catalogs, t]);
}
