import { events, type Publish } from '../contract/contract.ts';
import { AppError, toWireError } from '../errors/app-error.ts';
import { isQuery, type Dispatch } from './dispatch.ts';
import { readClientFrame, type ClientFrame, type ServerFrame } from './frames.ts';
import type { Pipe } from './pipe.ts';

export interface ServerOptions {
  readonly dispatch: Dispatch;
  /** Told of every frame that was no frame. */
  readonly onBadFrame: () => void;
}

/** The answering side of the contract, for any number of pipes. */
export interface Server {
  /** Answers what comes through the pipe until it ends or the function given back is called. */
  attach(pipe: Pipe): () => void;
  /**
   * Tells every attached client of an event.
   * @throws ZodError when the payload is not what the contract says: a fault of ours
   */
  readonly publish: Publish;
}

/** A server without clients; see {@link Server.attach}. */
export function createServer({ dispatch, onBadFrame }: ServerOptions): Server {
  const connections = new Set<Pipe>();
  return {
    attach: (pipe) => {
      const connection = createConnection(pipe, dispatch, onBadFrame);
      const detach = () => {
        connections.delete(pipe);
        connection.end();
      };
      connections.add(pipe);
      pipe.onMessage((text) => connection.receive(text));
      pipe.onClose?.(detach);
      return detach;
    },
    publish: (event, payload) => {
      const text = encodeFrame({ type: 'event', event, payload: events[event].payload.parse(payload) });
      for (const pipe of connections) pipe.send(text);
    },
  };
}

interface Connection {
  receive(text: string): void;
  end(): void;
}

function createConnection(pipe: Pipe, dispatch: Dispatch, onBadFrame: () => void): Connection {
  const running = new Map<number, { readonly controller: AbortController; readonly method: string }>();
  let attached = true;
  const reply = (frame: ServerFrame) => attached && pipe.send(encodeFrame(frame));
  const refuseFrame = (id: number | null) => {
    onBadFrame();
    reply({ type: 'failure', id, error: toWireError(new AppError('rpc.badFrame', {})) });
  };
  const start = async ({ id, method, input }: Extract<ClientFrame, { type: 'call' }>) => {
    if (running.has(id)) return refuseFrame(id);
    const controller = new AbortController();
    running.set(id, { controller, method });
    const answer = await dispatch(method, input, controller.signal);
    running.delete(id);
    reply(answer.ok ? { type: 'result', id, output: answer.output } : { type: 'failure', id, error: answer.error });
  };
  return {
    receive: (text) => {
      if (!attached) return;
      const frame = readClientFrame(text);
      if (frame.type === 'refused') refuseFrame(frame.id);
      else if (frame.type === 'cancel') running.get(frame.id)?.controller.abort();
      else void start(frame);
    },
    end: () => {
      attached = false;
      for (const { controller, method } of running.values()) if (isQuery(method)) controller.abort();
    },
  };
}

/** An output that JSON cannot hold is a fault of ours, and still answered. */
function encodeFrame(frame: ServerFrame): string {
  try {
    return JSON.stringify(frame);
  } catch {
    const id = 'id' in frame ? frame.id : null;
    return JSON.stringify({ type: 'failure', id, error: toWireError(new AppError('rpc.internal', { traceId: '' })) });
  }
}
