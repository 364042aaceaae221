import {
  queryOptions,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type {
  CommandName,
  EventName,
  InputOf,
  OutputOf,
  PayloadOf,
  QueryName,
} from '../../shared/contract/contract.ts';
import { callHost, onHostEvent } from './connection.ts';

export interface CallOptions {
  /** Ask only when true. */
  readonly enabled?: boolean | undefined;
  /** How long an answer counts as fresh; an answer about a digest may count as fresh for ever. */
  readonly staleTimeMs?: number | undefined;
  /** Show the last answer while the input changes. */
  readonly keepPrevious?: boolean | undefined;
  /** Ask again and again while it is on screen. */
  readonly everyMs?: number | undefined;
}

/** The query of a method and an input: keyed by both, so that everyone who asks the same shares one answer. */
export function callOptions<M extends QueryName>(method: M, input: InputOf<M>, options: CallOptions = {}) {
  return queryOptions<OutputOf<M>>({
    queryKey: [method, input],
    queryFn: ({ signal }) => callHost(method, input, signal),
    enabled: options.enabled ?? true,
    staleTime: options.staleTimeMs ?? 0,
  });
}

/** Asks the host and keeps the answer: `const keys = useCall('keys.listKeys', {})`. */
export function useCall<M extends QueryName>(
  method: M,
  input: InputOf<M>,
  options: CallOptions = {},
): UseQueryResult<OutputOf<M>> {
  return useQuery({
    ...callOptions(method, input, options),
    refetchInterval: options.everyMs ?? false,
    placeholderData: options.keepPrevious ? (previous) => previous : undefined,
  });
}

/** A command: `const add = useCommand('keys.addKey'); add.mutate(input)`. Events of the host refresh what it changed. */
export function useCommand<M extends CommandName>(method: M): UseMutationResult<OutputOf<M>, Error, InputOf<M>> {
  return useMutation<OutputOf<M>, Error, InputOf<M>>({
    mutationKey: [method],
    mutationFn: (input) => callHost(method, input),
  });
}

/** Calls the listener for each event of the host while the component is there. */
export function useHostEvent<E extends EventName>(event: E, listener: (payload: PayloadOf<E>) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onHostEvent(event, (payload) => latest.current(payload)), [event]);
}
