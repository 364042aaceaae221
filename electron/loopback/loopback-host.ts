import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Dispatch } from '../../shared/rpc/dispatch.ts';
import { frameLimits } from '../../shared/rpc/frames.ts';
import type { Server } from '../../shared/rpc/server.ts';
import { judgeCallOrigin, judgeOrigin, judgeRequest } from './guard.ts';
import { answerCall, refuseCall } from './http-call.ts';
import { createTokenGate, type TokenGate } from './token-gate.ts';
import { closeWebSocket, createWebSocketPipe } from './web-socket-pipe.ts';

export interface LoopbackOptions {
  readonly dispatch: Dispatch;
  readonly server: Server;
  /** The files of the page by path, with all their headers; undefined for anything else. */
  readonly respondWithFile: (path: string, host: string) => Response | undefined;
  /** 0 for any free port. */
  readonly port: number;
  readonly idleLimitMs: number;
  readonly onRefusal: (reason: string) => void;
  /** Told once, after everything was closed. */
  readonly onStop: (reason: StopReason) => void;
}
/** `asked`: {@link LoopbackHost.stop} was called; `lockout`: too many wrong tokens. */
export type StopReason = 'asked' | 'idle' | 'lockout';

export interface LoopbackHost {
  /** Where a browser opens the app: the token stands in the fragment, which no server is sent. */
  readonly address: string;
  /** The addresses listened on. */
  readonly boundTo: readonly string[];
  stop(): void;
}

const rpcPath = '/rpc';
const webSocketProtocol = 'inkan';
const maxWebSockets = 32;

/** Serves the page and the contract on 127.0.0.1, and on ::1 where there is one, and nowhere else. */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const stopping = new AbortController();
  let stop = (_reason: StopReason) => {};
  const gate = createTokenGate(() => stop('lockout'));
  const idle = createIdleWatch(options.idleLimitMs, () => stop('idle'));
  const sockets = new WebSocketServer({
    noServer: true,
    // Twice the limit of the protocol, so that a frame that is a little too long is answered and not cut off.
    maxPayload: 2 * frameLimits.length,
    handleProtocols: () => webSocketProtocol,
  });
  const parts: Parts = { options, gate, sockets, onTraffic: () => idle.touch() };
  const [v4, port] = await listen(parts, '127.0.0.1', options.port);
  const listening = [
    v4,
    ...(await listen(parts, '::1', port).then(
      ([v6]) => [v6],
      () => [],
    )),
  ];
  stop = (reason) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    idle.end();
    for (const socket of sockets.clients) closeWebSocket(socket);
    void Promise.all(listening.map(closeServer)).then(() => options.onStop(reason));
  };
  return {
    address: `http://127.0.0.1:${port}/#token=${gate.token}`,
    boundTo: listening.map((server) => (server.address() as AddressInfo).address),
    stop: () => stop('asked'),
  };
}

interface Parts {
  readonly options: LoopbackOptions;
  readonly gate: TokenGate;
  readonly sockets: WebSocketServer;
  readonly onTraffic: () => void;
}

function createIdleWatch(limitMs: number, onIdle: () => void): { touch(): void; end(): void } {
  const timer = setTimeout(onIdle, limitMs);
  return { touch: () => void timer.refresh(), end: () => clearTimeout(timer) };
}

async function listen(parts: Parts, address: string, port: number): Promise<[HttpServer, number]> {
  const http = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 1000,
  });
  http.maxConnections = 256;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen({ host: address, port, ipv6Only: true }, resolve);
  });
  const bound = (http.address() as AddressInfo).port;
  http.on('request', (request, response) => {
    // What fails here is a caller that went away in the middle of its own request.
    answer(parts, request, response, bound).catch(() => response.destroy());
  });
  http.on('upgrade', (request, socket, head) => upgrade(parts, request, socket, head, bound));
  return [http, bound];
}

async function closeServer(http: HttpServer): Promise<void> {
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeIdleConnections();
  setTimeout(() => http.closeAllConnections(), 1000).unref();
  await closed;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  const { options, gate } = parts;
  parts.onTraffic();
  for (const [name, value] of Object.entries(protectiveHeaders)) response.setHeader(name, value);
  const verdict = judgeRequest(request, port);
  if (verdict !== undefined) return refuse(parts, response, verdict);
  if (request.method !== 'POST') return sendFile(options, request, response);
  const origin = judgeCallOrigin(request);
  if (origin !== undefined) return refuse(parts, response, origin);
  if (!gate.admits(bearerToken(request))) return refuseCall(response, 'rpc.unauthorized');
  const [path = ''] = (request.url ?? '').split('?');
  const method = path.startsWith(`${rpcPath}/`) ? path.slice(rpcPath.length + 1) : '';
  await answerCall(request, response, method, options.dispatch);
}

function refuse({ options }: Parts, response: ServerResponse, reason: string): void {
  options.onRefusal(reason);
  refuseCall(response, 'rpc.refusedSender');
}

function bearerToken(request: IncomingMessage): string | undefined {
  const [scheme, token, ...more] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && more.length === 0 ? token : undefined;
}

/** On every answer, so that no other site can frame it, open it with a handle on it, or read it. No CORS header ever. */
const protectiveHeaders = {
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

async function sendFile(options: LoopbackOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = options.respondWithFile(request.url ?? '', request.headers.host ?? '');
  if (file === undefined) {
    response.statusCode = 404;
    response.end();
    return;
  }
  for (const [name, value] of file.headers) response.setHeader(name, value);
  const body = Buffer.from(await file.arrayBuffer());
  response.setHeader('content-length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function upgrade(parts: Parts, request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const { options, gate, sockets } = parts;
  parts.onTraffic();
  const verdict = judgeRequest(request, port) ?? judgeOrigin(request);
  if (verdict !== undefined) {
    options.onRefusal(verdict);
    return refuseUpgrade(socket, '403 Forbidden');
  }
  if (request.url !== rpcPath) return refuseUpgrade(socket, '404 Not Found');
  if (!gate.admits(offeredToken(request))) return refuseUpgrade(socket, '401 Unauthorized');
  if (sockets.clients.size >= maxWebSockets) return refuseUpgrade(socket, '503 Service Unavailable');
  sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => {
    options.server.attach(createWebSocketPipe(opened, parts.onTraffic));
  });
}

/** The page offers two subprotocols: ours and the token, so that it travels in a header. */
function offeredToken(request: IncomingMessage): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
  return offered.length === 2 && offered[0] === webSocketProtocol ? offered[1] : undefined;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
