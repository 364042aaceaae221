import { create } from 'zustand';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { EventName, InputOf, MethodName, OutputOf, PayloadOf } from '../../shared/contract/contract.ts';
import { openPipe } from './transport.ts';

/** `lost`: the host went away and we try again. `ended`: we no longer try. `refused`: there is no token to try with. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'ended' | 'refused';

interface Connection {
  readonly state: ConnectionState;
  readonly attempt: number;
}

export const useConnection = create<Connection>(() => ({ state: 'connecting', attempt: 0 }));

type AnyListener = (payload: unknown) => void;
const listeners = new Map<EventName, Set<AnyListener>>();
let client: Client | null = null;

const firstRetryMs = 500;
const lastRetryMs = 10_000;
/** Few: a restarted host has another token, and it stops listening when a wrong one comes too often. */
const attempts = 5;

/** Connects to the host, and again whenever the connection ends. */
export function connect(): void {
  const pipe = openPipe();
  if (pipe === null) {
    useConnection.setState({ state: 'refused' });
    return;
  }
  const fresh = createClient(pipe);
  client = fresh;
  for (const event of listeners.keys()) relay(fresh, event);
  fresh.onDisconnect(() => {
    const { attempt } = useConnection.getState();
    const goOn = attempt < attempts;
    useConnection.setState({ state: goOn ? 'lost' : 'ended', attempt: attempt + 1 });
    if (goOn) setTimeout(connect, Math.min(lastRetryMs, firstRetryMs * 2 ** attempt));
  });
  fresh.call('app.describeHost', {}).then(
    () => useConnection.setState({ state: 'connected', attempt: 0 }),
    () => {},
  );
}

function relay(from: Client, event: EventName): void {
  from.on(event, (payload) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  });
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

/** Listens to an event of the host across reconnections, until the function it gives back is called. */
export function onHostEvent<E extends EventName>(event: E, listener: (payload: PayloadOf<E>) => void): () => void {
  let set = listeners.get(event);
  if (!set) {
    set = new Set();
    listeners.set(event, set);
    if (client) relay(client, event);
  }
  set.add(listener as AnyListener);
  return () => void set.delete(listener as AnyListener);
}
