import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Pipe } from '../../shared/rpc/pipe.ts';
import { contractSuite, createSuiteHost, plantedSecret, type SuiteHost } from '../testing/contract-suite.ts';
import { startLoopbackHost, type LoopbackHost, type LoopbackOptions, type StopReason } from './loopback-host.ts';

interface Running extends LoopbackHost, SuiteHost {
  readonly port: number;
  readonly token: string;
  readonly refusals: string[];
  readonly stopped: Promise<StopReason>;
}

const running: LoopbackHost[] = [];
afterEach(() => running.splice(0).forEach((host) => host.stop()));

async function start(options: Partial<LoopbackOptions> = {}): Promise<Running> {
  const suite = createSuiteHost();
  const refusals: string[] = [];
  let onStop = (_reason: StopReason) => {};
  const stopped = new Promise<StopReason>((resolve) => (onStop = resolve));
  const host = await startLoopbackHost({
    dispatch: suite.dispatch,
    server: suite.server,
    respondWithFile: (path, address) =>
      path === '/'
        ? new Response('<!doctype html>', { headers: { 'content-security-policy': `for ${address}` } })
        : undefined,
    port: 0,
    idleLimitMs: 60_000,
    onRefusal: (reason) => refusals.push(reason),
    onStop,
    ...options,
  });
  running.push(host);
  const { port, hash } = new URL(host.address);
  return { ...host, ...suite, port: Number(port), token: hash.slice('#token='.length), refusals, stopped };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** An exchange with exactly these headers; `fetch` would mend or refuse most of them. */
async function send(
  host: Running,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const outgoing = request({ host: '127.0.0.1', port: host.port, method, path, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks = await response.toArray();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks as Buffer[]).toString(),
  };
}

/** Writes bytes as they are and gives the status line of the answer. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return chunk.toString().split('\r\n')[0] ?? '';
}

const json = { 'content-type': 'application/json' };
const script = (host: Running) => ({ ...json, authorization: `Bearer ${host.token}` });
const browser = (host: Running) => ({
  ...script(host),
  origin: `http://127.0.0.1:${host.port}`,
  'sec-fetch-site': 'same-origin',
});

async function openPipe(host: Running): Promise<Pipe> {
  const socket = openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan', host.token]);
  await once(socket, 'open');
  return {
    send: (text) => socket.send(text),
    onMessage: (listener) => socket.on('message', (data) => listener(String(data))),
    onClose: (listener) => socket.on('close', listener),
  };
}

function openSocket(host: Running, origin: string | undefined, protocols: string[], path = '/rpc'): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, {
    ...(origin === undefined ? {} : { origin }),
  });
}

/** The status that an upgrade is refused with. */
async function refusedWith(socket: WebSocket): Promise<number> {
  const [error] = (await once(socket, 'error')) as [Error];
  return Number(/(\d{3})$/.exec(error.message)?.[1] ?? 0);
}

describe('case I-02: the contract over a WebSocket', () => {
  for (const { title, run } of contractSuite) it(title, async () => run(await openPipe(await start())));
});

describe('what the loopback host serves', () => {
  it('case H-04: serves the page, protected', async () => {
    const host = await start();
    const { status, headers, body } = await send(host, 'GET', '/', {
      'sec-fetch-site': 'none',
      'sec-fetch-dest': 'document',
    });
    expect([status, body]).toEqual([200, '<!doctype html>']);
    expect(headers).toMatchObject({
      'content-security-policy': `for 127.0.0.1:${host.port}`,
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'set-cookie')).toEqual(
      [],
    );
    expect((await send(host, 'HEAD', '/')).body).toBe('');
    expect((await send(host, 'GET', '/absent')).status).toBe(404);
  });

  it.each([
    ['browsers', browser],
    ['scripts', script],
  ])('answers calls of %s by plain HTTP', async (_title, headers) => {
    const host = await start();
    const { status, body } = await send(host, 'POST', '/rpc/app.readSettings', headers(host), '{}');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ language: 'en' });
    expect(body).not.toContain(plantedSecret);
  });

  it.each([
    ['keys.exportKey', '{}', 404, 'rpc.unknownMethod'],
    ['keys.createTestKey', '{"name":""}', 400, 'rpc.badInput'],
    ['app.openExternal', '{}', 501, 'rpc.notOnThisHost'],
    ['keys.setDefaultKey', '{"name":"absent"}', 422, 'key.notFound'],
    ['keys.deleteKey', '{"name":"x"}', 500, 'rpc.internal'],
    ['keys.listKeys', '{}', 500, 'rpc.badOutput'],
    ['jobs.listJobs', '{', 400, 'rpc.badFrame'],
    ['jobs.listJobs', '', 400, 'rpc.badFrame'],
    ['jobs.listJobs', ' '.repeat(4 * 1024 * 1024 + 1), 400, 'rpc.badFrame'],
  ])('answers %s with a status and a code', async (method, input, status, code) => {
    const host = await start();
    const answer = await send(host, 'POST', `/rpc/${method}`, script(host), input);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
    expect(answer.body).not.toContain(plantedSecret);
  });

  it('answers a script that uses fetch, which marks its mode and nothing else', async () => {
    const host = await start();
    const url = `http://127.0.0.1:${host.port}/rpc/jobs.listJobs`;
    const answer = await fetch(url, { method: 'POST', headers: script(host), body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([200, { jobs: [] }]);
  });

  it('stops a query whose caller went away', async () => {
    const host = await start();
    const headers = { ...script(host), 'content-length': '2' };
    const outgoing = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/rpc/activity.listActivity',
      headers,
    });
    outgoing.on('error', () => {});
    outgoing.end('{}');
    await new Promise((resolve) => setTimeout(resolve, 50));
    outgoing.destroy();
    await expect.poll(() => host.aborted).toEqual(['activity.listActivity']);
  });
});

describe('who the loopback host refuses', () => {
  it.each([
    ['another name', (port: number) => `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\n\r\n`],
    ['a trailing dot', (port: number) => `GET / HTTP/1.1\r\nHost: localhost.:${port}\r\n\r\n`],
    ['no port', () => 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['two hosts', (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n\r\n`],
    [
      'the same host twice',
      (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    ],
    ['absolute form', (port: number) => `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`],
    ['two slashes', (port: number) => `GET //evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`],
  ])('case H-01, rebinding: %s', async (_title, text) => {
    const host = await start();
    expect(await sendRaw(host.port, text(host.port))).toBe('HTTP/1.1 403 Forbidden');
    expect(host.refusals).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('case H-01: but not its own name %s', async (name) => {
    const host = await start();
    expect(await sendRaw(host.port, `GET / HTTP/1.1\r\nHost: ${name}:${host.port}\r\n\r\n`)).toBe('HTTP/1.1 200 OK');
  });

  it.each<[string, string, (host: Running) => Record<string, string>]>([
    ['OPTIONS', 'OPTIONS', browser],
    ['PUT', 'PUT', browser],
    ['another origin', 'POST', (host) => ({ ...browser(host), origin: 'http://evil.example' })],
    ['null origin', 'POST', (host) => ({ ...browser(host), origin: 'null' })],
    ['another port', 'POST', (host) => ({ ...browser(host), origin: 'http://127.0.0.1:1' })],
    ['another name of ours', 'POST', (host) => ({ ...browser(host), origin: `http://localhost:${host.port}` })],
    ['another site', 'POST', (host) => ({ ...browser(host), 'sec-fetch-site': 'same-site' })],
    ['a browser without origin', 'POST', (host) => ({ ...script(host), 'sec-fetch-site': 'same-origin' })],
    ['neither origin nor token', 'POST', () => json],
    ['a link on another site', 'GET', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })],
    ['an image on no site', 'GET', () => ({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'image' })],
  ])('case H-02, other sites: %s', async (_title, method, headers) => {
    const host = await start();
    const { status, body } = await send(
      host,
      method,
      '/rpc/activity.clearActivity',
      headers(host),
      method === 'POST' ? '{}' : '',
    );
    expect([status, body]).toEqual([403, '{"code":"rpc.refusedSender","details":{}}']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'case H-02, forms: %j',
    async (type) => {
      const host = await start();
      const answer = await send(host, 'POST', '/rpc/jobs.listJobs', { ...browser(host), 'content-type': type }, '{}');
      expect(answer.status).toBe(400);
    },
  );

  it.each<[string, (host: Running) => Record<string, string>]>([
    ['absent', (host) => ({ ...json, origin: `http://127.0.0.1:${host.port}` })],
    ['wrong', (host) => ({ ...json, authorization: `Bearer ${host.token.slice(1)}` })],
    ['empty', () => ({ ...json, authorization: 'Bearer ' })],
    ['another scheme', (host) => ({ ...json, authorization: `Basic ${host.token}` })],
    ['twice', (host) => ({ ...json, authorization: `Bearer ${host.token} ${host.token}` })],
  ])('case H-03, tokens: %s', async (_title, headers) => {
    const host = await start();
    const answer = await send(host, 'POST', `/rpc/jobs.listJobs?token=${host.token}`, headers(host), '{}');
    expect([answer.status, answer.body]).toEqual([401, '{"code":"rpc.unauthorized","details":{}}']);
  });

  it('case H-03: stops listening after ten wrong tokens; the same one again is not another try', async () => {
    const host = await start();
    const attempt = (token: string) =>
      send(host, 'POST', '/rpc/jobs.listJobs', { ...json, authorization: `Bearer ${token}` }, '{}');
    for (let round = 0; round < 20; round += 1) expect((await attempt('old')).status).toBe(401);
    for (let round = 0; round < 9; round += 1) expect((await attempt(`guess-${round}`)).status).toBe(401);
    expect(await host.stopped).toBe('lockout');
    await expect(attempt(host.token)).rejects.toThrow('ECONNREFUSED');
  });

  it.each<[string, number, (host: Running) => WebSocket]>([
    ['another origin', 403, (host) => openSocket(host, 'http://evil.example', ['inkan', host.token])],
    ['no origin', 403, (host) => openSocket(host, undefined, ['inkan', host.token])],
    ['no token', 401, (host) => openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan'])],
    ['a wrong token', 401, (host) => openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan', 'wrong'])],
    [
      'a token in the query',
      404,
      (host) => openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan'], `/rpc?token=${host.token}`),
    ],
    ['another path', 404, (host) => openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan', host.token], '/')],
  ])('cases H-02, H-03, WebSockets: %s', async (_title, status, open) => {
    expect(await refusedWith(open(await start()))).toBe(status);
  });

  it('binary messages', async () => {
    const host = await start();
    const socket = openSocket(host, `http://127.0.0.1:${host.port}`, ['inkan', host.token]);
    await once(socket, 'open');
    socket.send(new Uint8Array(3));
    expect(await once(socket, 'close')).toMatchObject([1003, expect.anything()]);
  });
});

describe('how the loopback host lives', () => {
  it('case H-07: is bound to loopback addresses only', async () => {
    const { boundTo } = await start();
    expect(boundTo[0]).toBe('127.0.0.1');
    expect(boundTo.slice(1).every((address) => address === '::1')).toBe(true);
  });

  it('case H-07: answers at no other address of this machine', async () => {
    const { port } = await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of [...others, { address: '127.0.0.2' }]) {
      const socket = connect(port, address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect([address, error.code]).toEqual([address, 'ECONNREFUSED']);
    }
  });

  it('refuses a port that is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow('EADDRINUSE');
  });

  it('case H-03: has a token of 256 bits, another one each run', async () => {
    const [first, second] = [await start(), await start()];
    expect(Buffer.from(first.token, 'base64url')).toHaveLength(32);
    expect(first.token).not.toBe(second.token);
  });

  it('stops when idle, and not while it is used', async () => {
    const host = await start({ idleLimitMs: 300 });
    for (let round = 0; round < 8; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect((await send(host, 'GET', '/')).status).toBe(200);
    }
    expect(await host.stopped).toBe('idle');
  });

  it('stops with open sockets and connections', async () => {
    const host = await start();
    const pipe = await openPipe(host);
    const closed = new Promise<void>((resolve) => pipe.onClose?.(resolve));
    const idle = connect(host.port, '127.0.0.1');
    await once(idle, 'connect');
    host.stop();
    host.stop();
    expect(await host.stopped).toBe('asked');
    await closed;
  });

  it('case H-06: stays usable under a flood of connections and half requests', async () => {
    const host = await start();
    const flood = Array.from({ length: 400 }, () => connect(host.port, '127.0.0.1').on('error', () => {}));
    for (const socket of flood.slice(0, 100)) socket.write('GET / HTTP/1.1\r\nHost: ');
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const socket of flood) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await send(host, 'GET', '/')).status).toBe(200);
  });

  it('case H-06: cuts off endless headers and endless bodies', async () => {
    const host = await start();
    expect(await sendRaw(host.port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toContain('431');
    const endless = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/rpc/jobs.listJobs',
      headers: script(host),
    });
    endless.on('error', () => {});
    const fill = () => {
      while (endless.write(Buffer.alloc(65_536, 32)));
    };
    endless.on('drain', fill);
    fill();
    const [response] = (await once(endless, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(400);
    endless.destroy();
  });
});
