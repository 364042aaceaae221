import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { callHost } from './connection.ts';
import { stop, stoppable } from './stoppable.ts';

/** How many rows are read or judged at a time, so that a long list does not flood a registry. */
const width = 4;

type LaneMethod = 'verify.verifyArtifact' | 'artifacts.readArtifact';

interface Waiting {
  readonly start: () => void;
  readonly signal: AbortSignal;
}

const waiting: Waiting[] = [];
const running = new Set<string>();
const watchers = new Set<() => void>();

const keyOf = (method: LaneMethod, input: unknown) => `${method} ${JSON.stringify(input)}`;

function changed(): void {
  for (const watcher of watchers) watcher();
}

function next(): void {
  while (running.size < width) {
    const first = waiting.shift();
    if (!first) return;
    if (!first.signal.aborted) first.start();
  }
}

/** What a list asks for by itself is nothing that the user did. */
function unrecorded<M extends LaneMethod>(method: M, input: InputOf<M>): InputOf<M> {
  return method === 'verify.verifyArtifact' ? { ...input, recorded: false } : input;
}

function inLane<M extends LaneMethod>(method: M, input: InputOf<M>, signal: AbortSignal): Promise<OutputOf<M>> {
  const key = keyOf(method, input);
  return new Promise((resolve, reject) => {
    const start = () => {
      running.add(key);
      changed();
      callHost(method, unrecorded(method, input), signal)
        .then(resolve, reject)
        .finally(() => {
          running.delete(key);
          changed();
          next();
        });
    };
    signal.addEventListener('abort', () => reject(new AppError('rpc.cancelled', {})), { once: true });
    waiting.push({ start, signal });
    next();
  });
}

/** A row stays fresh for a minute; events of the host refresh it earlier. */
const freshMs = 60_000;

/** A query of which at most four run at a time; those of rows that left the screen are dropped. */
export function laneOptions<M extends LaneMethod>(method: M, input: InputOf<M>, enabled = true) {
  return queryOptions<OutputOf<M>>({
    queryKey: [method, input],
    queryFn: ({ signal }) => stoppable(keyOf(method, input), signal, (either) => inLane(method, input, either)),
    staleTime: freshMs,
    enabled,
  });
}

/** Asks at once, out of turn, because the user wants it. @throws AppError */
export function askNow<M extends LaneMethod>(method: M, input: InputOf<M>, signal: AbortSignal): Promise<OutputOf<M>> {
  return stoppable(keyOf(method, input), signal, (either) => callHost(method, input, either));
}

/** Stops asking; whoever waits is told `rpc.cancelled`. */
export function stopAsking<M extends LaneMethod>(method: M, input: InputOf<M>): void {
  stop(keyOf(method, input));
}

/** Asks for what a row shows while it is on screen; `isRunning` tells whether its turn has come. */
export function useLaneCall<M extends LaneMethod>(
  method: M,
  input: InputOf<M>,
  enabled = true,
): { readonly query: UseQueryResult<OutputOf<M>>; readonly isRunning: boolean } {
  const isRunning = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => running.has(keyOf(method, input)),
  );
  return { query: useQuery(laneOptions(method, input, enabled)), isRunning };
}
