import type { WebSocket } from 'ws';
import type { Pipe } from '../../shared/rpc/pipe.ts';

const goingAway = 1001;
const textOnly = 1003;

/** A pipe over a socket that was let in. Binary messages end it. */
export function createWebSocketPipe(socket: WebSocket, onTraffic: () => void): Pipe {
  // ws tells of a broken frame here and then closes the socket by itself.
  socket.on('error', () => {});
  return {
    send: (text) => {
      onTraffic();
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        onTraffic();
        if (isBinary) socket.close(textOnly);
        else listener(String(data));
      });
    },
    onClose: (listener) => void socket.once('close', listener),
  };
}

/** Ends a socket politely; one that does not answer is cut off. */
export function closeWebSocket(socket: WebSocket): void {
  socket.close(goingAway);
  setTimeout(() => socket.terminate(), 500).unref();
}
