import { create } from 'zustand';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { EventName, InputOf, MethodName, OutputOf, PayloadOf } from '../../shared/contract/contract.ts';
import { openPipe } from './transport.ts';

/**
 * `ended`: the host went away. `refused`: there is no token to connect with. Neither is tried again from here: whatever
 * listens on the port by then may be another program, and it must not be sent the token.
 */
export type ConnectionState = 'open' | 'ended' | 'refused';

export const useConnection = create<{ readonly state: ConnectionState }>(() => ({ state: 'open' }));

let client: Client | null = null;

/** Connects to the host, once. */
export function connect(): void {
  const pipe = openPipe();
  if (pipe === null) {
    useConnection.setState({ state: 'refused' });
    return;
  }
  client = createClient(pipe);
  client.onDisconnect(() => useConnection.setState({ state: 'ended' }));
}

/** Asks the host. @throws AppError */
export async function callHost<M extends MethodName>(
  method: M,
  input: InputOf<M>,
  signal?: AbortSignal,
): Promise<OutputOf<M>> {
  if (client === null) throw new AppError('rpc.disconnected', {});
  return client.call(method, input, { signal });
}

/** Listens to an event of the host until the function it gives back is called. */
export function onHostEvent<E extends EventName>(event: E, listener: (payload: PayloadOf<E>) => void): () => void {
  return client?.on(event, listener) ?? (() => {});
}
