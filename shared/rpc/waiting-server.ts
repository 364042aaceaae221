import type { Pipe } from './pipe.ts';
import type { Server } from './server.ts';

/** A server that may be attached to before it is there. */
export interface WaitingServer extends Server {
  /** Lets in who waits, and from then on everyone at once. */
  readonly open: (server: Server) => void;
}

/**
 * What clients say before the server is there waits for it, in order, and so does their end; nobody is told of an event that
 * happened before.
 */
export function createWaitingServer(): WaitingServer {
  let server: Server | undefined;
  const letIn = new Set<(server: Server) => void>();
  return {
    open: (opened) => {
      server = opened;
      for (const enter of letIn) enter(opened);
      letIn.clear();
    },
    publish: (event, payload) => server?.publish(event, payload),
    attach: (pipe) => {
      if (server) return server.attach(pipe);
      const { enter, leave } = queue(pipe);
      letIn.add(enter);
      return () => {
        letIn.delete(enter);
        leave();
      };
    },
  };
}

/** Keeps the texts of one pipe until it is let in. */
function queue(pipe: Pipe): { readonly enter: (server: Server) => void; readonly leave: () => void } {
  const waiting: string[] = [];
  let hasClosed = false;
  let receive = (text: string): void => void waiting.push(text);
  let leave = (): void => {};
  let close = (): void => void (hasClosed = true);
  pipe.onMessage((text) => receive(text));
  pipe.onClose?.(() => close());
  const enter = (server: Server): void => {
    if (hasClosed) return;
    leave = server.attach({
      send: (text) => pipe.send(text),
      onMessage: (listener) => void (receive = listener),
      onClose: (listener) => void (close = listener),
    });
    for (const text of waiting) receive(text);
  };
  return { enter, leave: () => leave() };
}
