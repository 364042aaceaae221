/**
 * A dumb pipe of strings: Electron IPC, a WebSocket, or a memory pair. What it carries is the business of
 * `createClient` and `createServer`; that the other end is who it should be is checked by whoever made the pipe.
 */
export interface Pipe {
  /** Gives a text to the other end; does nothing when the pipe is closed. */
  send(text: string): void;
  /** Sets the one listener for texts from the other end. */
  onMessage(listener: (text: string) => void): void;
  /** Sets the one listener for the end of the pipe; absent where the pipe lives as long as the page. */
  onClose?(listener: () => void): void;
}

/** Name of the global under which the desktop's preload script gives the page its {@link Pipe}. */
export const desktopPipeName = 'inkanPipe';
/** The two channels of that pipe, one each way. */
export const desktopChannels = { toHost: 'inkan:to-host', toPage: 'inkan:to-page' } as const;

/** What {@link createMemoryPipe} gives: two ends, and a way to end both. */
export interface MemoryPipe {
  readonly client: Pipe;
  readonly server: Pipe;
  close(): void;
}

/** Two pipes joined back to back; texts arrive in order, in a later microtask, and none after `close`. */
export function createMemoryPipe(): MemoryPipe {
  const listeners = { client: (_text: string) => {}, server: (_text: string) => {} };
  const closers: (() => void)[] = [];
  let open = true;
  const end = (mine: 'client' | 'server', other: 'client' | 'server'): Pipe => ({
    send: (text) => queueMicrotask(() => open && listeners[other](text)),
    onMessage: (listener) => void (listeners[mine] = listener),
    onClose: (listener) => void closers.push(listener),
  });
  return {
    client: end('client', 'server'),
    server: end('server', 'client'),
    close: () => {
      if (!open) return;
      open = false;
      for (const closer of closers) closer();
    },
  };
}
