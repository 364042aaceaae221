import {
  contract,
  events,
  type EventName,
  type InputOf,
  type MethodName,
  type OutputOf,
  type PayloadOf,
} from '../contract/contract.ts';
import { AppError, fromWireError } from '../errors/app-error.ts';
import { frameLimits, serverFrameSchema, type ClientFrame } from './frames.ts';
import type { Pipe } from './pipe.ts';

/** The asking side of the contract. */
export interface Client {
  /**
   * Asks the host. When the signal is aborted, a query rejects at once; a command is asked to stop and then tells the
   * truth: `rpc.cancelled`, or its result when it was already done.
   * @throws AppError: the method's codes, or `rpc.*`
   */
  call<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<OutputOf<M>>;
  /** Listens to an event until the function it gives back is called. */
  on<E extends EventName>(event: E, listener: (payload: PayloadOf<E>) => void): () => void;
  /** Calls the listener once when the pipe ends; every call under way then fails with `rpc.disconnected`. */
  onDisconnect(listener: () => void): void;
}

interface PendingCall {
  resolve(output: unknown): void;
  reject(error: AppError): void;
}

/** A client over a pipe. It trusts the host's answers: the host checks them against the contract before it sends them. */
export function createClient(pipe: Pipe): Client {
  const pending = new Map<number, PendingCall>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const disconnectListeners: (() => void)[] = [];
  let connected = true;
  let lastId = 0;

  pipe.onMessage((text) => receive(text, pending, listeners));
  pipe.onClose?.(() => {
    connected = false;
    for (const { reject } of pending.values()) reject(new AppError('rpc.disconnected', {}));
    pending.clear();
    for (const listener of disconnectListeners) listener();
  });

  const call = async (method: MethodName, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    if (!connected) throw new AppError('rpc.disconnected', {});
    if (signal?.aborted) throw new AppError('rpc.cancelled', {});
    const id = ++lastId;
    const text = encode({ type: 'call', id, method, input });
    if (text.length > frameLimits.length) throw new AppError('rpc.badFrame', {});
    let cancel = () => {};
    const answer = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject });
      cancel = () => {
        pipe.send(encode({ type: 'cancel', id }));
        if (contract[method].kind === 'query') reject(new AppError('rpc.cancelled', {}));
      };
    });
    signal?.addEventListener('abort', cancel, { once: true });
    pipe.send(text);
    try {
      return await answer;
    } finally {
      pending.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  };

  return {
    call: (method, input, options) => call(method, input, options?.signal) as Promise<OutputOf<typeof method>>,
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    onDisconnect: (listener) => void disconnectListeners.push(listener),
  };
}

function encode(frame: ClientFrame): string {
  return JSON.stringify(frame);
}

function receive(
  text: string,
  pending: ReadonlyMap<number, PendingCall>,
  listeners: ReadonlyMap<string, ReadonlySet<(payload: never) => void>>,
): void {
  const frame = serverFrameSchema.parse(JSON.parse(text));
  if (frame.type === 'event') {
    if (!Object.hasOwn(events, frame.event)) return;
    for (const listener of listeners.get(frame.event) ?? []) listener(frame.payload as never);
  } else if (frame.type === 'result') {
    pending.get(frame.id)?.resolve(frame.output);
  } else if (frame.id !== null) {
    pending.get(frame.id)?.reject(fromWireError(frame.error));
  }
}
