import { desktopPipeName, type Pipe } from '../../shared/rpc/pipe.ts';
import { takeToken } from './token.ts';

/** A pipe to the host; `null` when the page was opened without the token that the host printed. */
export function openPipe(): Pipe | null {
  const desktop = (globalThis as unknown as Record<string, unknown>)[desktopPipeName] as Pipe | undefined;
  if (desktop) return desktop;
  const token = takeToken();
  return token === null ? null : openWebSocketPipe(token);
}

/** A pipe over a WebSocket to the host that served this page. The token travels as a subprotocol, never in an address. */
function openWebSocketPipe(token: string): Pipe {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/rpc`, ['inkan', token]);
  const waiting: string[] = [];
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => socket.addEventListener('message', (event) => listener(String(event.data))),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
  };
}
