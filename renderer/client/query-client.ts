import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { MethodName } from '../../shared/contract/contract.ts';
import { onHostEvent } from './connection.ts';

/**
 * The host itself asks a busy registry again, and one whose connection breaks: once more would double a long wait. And what the
 * user stopped stays so.
 */
const askedOnce: readonly ErrorCode[] = [
  'rpc.cancelled',
  'registry.tooManyRequests',
  'registry.serverError',
  'registry.closedUnanswered',
  'registry.truncated',
];

/** The answers of the host. Nothing is asked twice behind the user's back but what may pass by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnWindowFocus: false,
      gcTime: 10 * 60 * 1000,
      retry: (count, error) => count < 1 && isAppError(error) && error.retryable && !askedOnce.includes(error.code),
      retryDelay: 700,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

type Namespace = MethodName extends `${infer N}.${string}` ? N : never;

function refresh(...namespaces: Namespace[]): void {
  const concerns = (key: QueryKey) => namespaces.some((name) => String(key[0]).startsWith(`${name}.`));
  void queryClient.invalidateQueries({ predicate: (query) => concerns(query.queryKey) });
}

/** What each area of the configuration directory has to do with. */
const areas: Readonly<Record<string, readonly Namespace[]>> = {
  keys: ['keys', 'sign', 'lab'],
  trustStores: ['trustStores', 'verify', 'policies', 'impact', 'keys', 'lab'],
  policies: ['policies', 'impact', 'verify', 'trustStores', 'lab'],
  settings: ['app', 'registries', 'keys', 'trustStores', 'policies', 'impact', 'verify', 'sign', 'lab'],
  credentials: ['registries', 'artifacts', 'verify', 'app', 'sign'],
  plugins: ['plugins', 'keys', 'sign', 'verify'],
};

/** Forgets what a registry showed to the account that was logged in before. */
function forgetContents(): void {
  const contents = /^(?:registries\.(?:listRepositories|listTags)$|artifacts\.|verify\.)/;
  void queryClient.resetQueries({ predicate: ({ queryKey }) => contents.test(String(queryKey[0])) });
}

/** Refetches what an event of the host made old. */
export function followHostEvents(): void {
  onHostEvent('config.changed', ({ area }) => {
    if (area === 'credentials') forgetContents();
    refresh(...(areas[area] ?? []));
  });
  onHostEvent('sources.changed', () => refresh('registries', 'layouts', 'lab', 'browsing'));
  onHostEvent('artifacts.changed', () => refresh('artifacts', 'verify', 'registries', 'layouts', 'lab'));
  onHostEvent('jobs.changed', () => refresh('jobs'));
  onHostEvent('browsing.changed', () => refresh('browsing'));
  onHostEvent('bulk.changed', () => refresh('bulk'));
  onHostEvent('activity.recorded', () => refresh('activity'));
}
