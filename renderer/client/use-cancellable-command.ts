import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CommandName, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { callHost } from './connection.ts';

/**
 * A command that can be asked to stop. What it tells then is the truth: that it was cancelled, or its result when it was
 * already done.
 */
export function useCancellableCommand<M extends CommandName>(method: M) {
  const controller = useRef<AbortController>(null);
  const [isCancelling, setCancelling] = useState(false);
  const mutation = useMutation<OutputOf<M>, Error, InputOf<M>>({
    mutationKey: [method],
    mutationFn: (input) => {
      controller.current = new AbortController();
      return callHost(method, input, controller.current.signal);
    },
    onSettled: () => setCancelling(false),
  });
  const cancel = () => {
    setCancelling(true);
    controller.current?.abort();
  };
  return { ...mutation, cancel, isCancelling, isCancelled: isAppError(mutation.error, 'rpc.cancelled') };
}
