import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure, type HttpRequest } from '../domain/ports.ts';
import { der } from '../domain/x509/der-writer.ts';
import { FakeRegistry, type FakeRegistryOptions } from '../testing/fake-registry.ts';
import { answering, hanging, raw, resetting, stalling } from '../testing/fake-registry-faults.ts';
import { createServerCertificate, thisMachine } from '../testing/server-certificate.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { httpLimits } from './http-faults.ts';

const never = new AbortController().signal;
const requestOf = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  deadlineMs: 5000,
  ...more,
});

let client: HttpClient;
const registries: FakeRegistry[] = [];
async function start(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = await FakeRegistry.start(options);
  registries.push(registry);
  return registry;
}

beforeAll(() => {
  client = createHttpClient({});
});
afterEach(async () => {
  await Promise.all(registries.splice(0).map((registry) => registry.stop()));
});
afterAll(() => client.close());

async function bodyOf(request: HttpRequest, signal = never): Promise<string> {
  const { body } = await client.send(request, signal);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function failureOf(request: HttpRequest, signal = never): Promise<HttpFailure> {
  const thrown: unknown = await bodyOf(request, signal).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HttpFailure);
  return thrown as HttpFailure;
}

describe('an exchange', () => {
  it('gives status, headers and body, and sends what it was given', async () => {
    const registry = await start();
    const response = await client.send(requestOf(`${registry.origin}/v2/`, { headers: { accept: 'x/y' } }), never);
    expect([response.status, response.headers['content-type']]).toEqual([200, 'application/json']);
    response.discard();
    expect(registry.requests[0]?.headers).toMatchObject({ accept: 'x/y' });
  });

  it('follows no redirect and decodes nothing', async () => {
    const registry = await start();
    registry.misbehave('/moved', answering(302, { location: '/v2/' }));
    registry.misbehave('/zipped', answering(200, { 'content-encoding': 'gzip' }, 'not gzip'));
    expect((await client.send(requestOf(`${registry.origin}/moved`), never)).status).toBe(302);
    expect(await bodyOf(requestOf(`${registry.origin}/zipped`))).toBe('not gzip');
  });

  it('keeps connections', async () => {
    const registry = await start();
    for (let count = 0; count < 5; count += 1) await bodyOf(requestOf(`${registry.origin}/v2/`));
    expect(registry.openSockets).toBeLessThanOrEqual(2);
  });

  it('joins repeated headers', async () => {
    const registry = await start();
    registry.misbehave('/', (_request, response) => {
      response
        .writeHead(
          401,
          [
            ['www-authenticate', 'Basic realm="a"'],
            ['www-authenticate', 'Bearer realm="b"'],
          ].flat(),
        )
        .end();
    });
    const { headers } = await client.send(requestOf(registry.origin), never);
    expect(headers['www-authenticate']).toBe('Basic realm="a", Bearer realm="b"');
  });
});

describe('failures', () => {
  it.each([
    ['a connection broken before the answer', resetting, 'reset'],
    ['headers of 1 MiB', raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1 << 20)}\r\n\r\n`), 'badHeaders'],
    ['10,000 headers', raw(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`), 'badHeaders'],
    [
      '201 different headers',
      raw(
        `HTTP/1.1 200 OK\r\n${Array.from({ length: 201 }, (_, index) => `x${index}: y\r\n`).join('')}content-length: 0\r\n\r\n`,
      ),
      'badHeaders',
    ],
    ['no HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n'), 'badHeaders'],
    ['a bare line feed in a header', raw('HTTP/1.1 200 OK\r\nx: a\n b\r\n\r\n'), 'badHeaders'],
  ] as const)('cases R-01, R-21: names %s', async (_, fault, kind) => {
    const registry = await start();
    registry.misbehave('/', fault);
    expect((await failureOf(requestOf(registry.origin))).kind).toBe(kind);
  });

  it('case R-09: names a body that ends early', async () => {
    const registry = await start();
    registry.misbehave('/', (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => response.socket?.destroy());
    });
    expect((await failureOf(requestOf(registry.origin))).kind).toBe('reset');
  });

  it('case R-01: names a closed port and an unknown name, at once', async () => {
    const registry = await start();
    const { origin } = registry;
    await registry.stop();
    const started = performance.now();
    expect((await failureOf(requestOf(origin))).kind).toBe('refused');
    expect(performance.now() - started).toBeLessThan(6000);
    expect((await failureOf(requestOf('http://no-such-host.invalid/'))).kind).toBe('dns');
  });

  it('cases R-01, R-20: names HTTP that answers TLS, and TLS that answers HTTP', async () => {
    const registry = await start();
    expect((await failureOf(requestOf(`https://${registry.host}/v2/`))).kind).toBe('spokeHttp');
    registry.misbehave('/', raw('\u0015\u0003\u0001\u0000\u0002\u0002F'));
    expect((await failureOf(requestOf(`${registry.origin}/v2/`))).kind).toBe('spokeHttps');
  });

  it('case R-20: trusts a custom authority for the registry it was given for, and for no other', async () => {
    const tls = createServerCertificate(thisMachine);
    const registry = await start({ tls });
    expect((await failureOf(requestOf(`${registry.origin}/v2/`))).kind).toBe('tls');
    expect(await bodyOf(requestOf(`${registry.origin}/v2/`, { customCaPem: tls.cert }))).toBe('{}');
    expect((await failureOf(requestOf(`${registry.origin}/v2/`))).kind).toBe('tls');
    expect(registry.requests).toHaveLength(1);
  });

  it.each<[string, FakeRegistryOptions['tls']]>([
    ['a certificate of another name', createServerCertificate(der(0x82, Buffer.from('other.example')))],
    ['an expired certificate', createServerCertificate(thisMachine, { notAfter: new Date(Date.now() - 1000) })],
    [
      'TLS 1.1',
      {
        ...createServerCertificate(thisMachine),
        minVersion: 'TLSv1.1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      },
    ],
  ])('case R-20: refuses %s, although the authority is trusted', async (_, tls) => {
    const registry = await start({ ...(tls && { tls }) });
    expect((await failureOf(requestOf(`${registry.origin}/v2/`, { customCaPem: tls?.cert ?? '' }))).kind).toBe('tls');
    expect(registry.requests).toEqual([]);
  });
});

describe('limits', () => {
  it('case R-02: ends an exchange whose first byte does not come', async () => {
    const impatient = createHttpClient({}, { ...httpLimits, firstByteMs: 100 });
    const registry = await start();
    registry.misbehave('/hang', hanging);
    const waiting = impatient.send(requestOf(`${registry.origin}/hang`), never).catch((error: unknown) => error);
    expect(await waiting).toMatchObject({ kind: 'timeout', stage: 'firstByte' });
    await impatient.close();
  });

  it('case R-03: a byte now and then does not stretch the deadline of the whole', async () => {
    const registry = await start();
    registry.misbehave('/drip', (_request, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const started = performance.now();
    const failure = await failureOf(requestOf(`${registry.origin}/drip`, { deadlineMs: 400 }));
    expect(failure).toMatchObject({ kind: 'timeout', stage: 'whole', limitMs: 400 });
    expect(performance.now() - started).toBeLessThan(2000);
    await expect.poll(() => registry.openSockets).toBe(0);
  });

  it('cases R-02, R-03: ends an exchange at its deadline, waiting or reading', async () => {
    const registry = await start();
    registry.misbehave('/hang', hanging);
    registry.misbehave('/stall', stalling);
    for (const way of ['hang', 'stall']) {
      const failure = await failureOf(requestOf(`${registry.origin}/${way}`, { deadlineMs: 150 }));
      expect(failure).toMatchObject({ kind: 'timeout', stage: 'whole', limitMs: 150 });
    }
  });

  it.each(['hang', 'stall', 'connect'])('case R-22: is cancelled within 200 ms while it waits: %s', async (stage) => {
    const registry = await start();
    registry.misbehave('/hang', hanging);
    registry.misbehave('/stall', stalling);
    const controller = new AbortController();
    const url = stage === 'connect' ? 'http://10.255.255.1/' : `${registry.origin}/${stage}`;
    const waiting = bodyOf(requestOf(url), controller.signal).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    controller.abort(new Error('enough'));
    const thrown = await waiting;
    expect(performance.now() - started).toBeLessThan(200);
    if (stage !== 'connect') expect(thrown).toMatchObject({ message: 'enough' });
    await expect.poll(() => registry.openSockets).toBe(0);
  });

  it('case R-23: is not held up by another host that stalls', async () => {
    const [slow, quick] = [await start(), await start()];
    slow.misbehave('/', hanging);
    const controller = new AbortController();
    const stuck = Array.from({ length: 50 }, () =>
      bodyOf(requestOf(slow.origin), controller.signal).catch(() => 'ended'),
    );
    const started = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => bodyOf(requestOf(`${quick.origin}/v2/`))));
    expect(performance.now() - started).toBeLessThan(1500);
    controller.abort();
    expect(new Set(await Promise.all(stuck))).toEqual(new Set(['ended']));
  });
});

describe('a proxy', () => {
  let proxy: Server;
  const seen: string[] = [];
  const credentials: (string | undefined)[] = [];
  beforeAll(async () => {
    proxy = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (chunk) => {
        seen.push(chunk.toString().split('\r\n')[0] ?? '');
        credentials.push(/^proxy-authorization: (.*)\r$/im.exec(chunk.toString())?.[1]);
        socket.end('HTTP/1.1 418 teapot\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => proxy.close(resolve)));

  it('is asked whole addresses for http and for a tunnel for https', async () => {
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const response = await client.send(requestOf('http://registry.invalid/v2/', { proxy: address }), never);
    response.discard();
    await failureOf(requestOf('https://registry.invalid/v2/', { proxy: address }));
    expect(response.status).toBe(418);
    expect(seen).toEqual(['GET http://registry.invalid/v2/ HTTP/1.1', 'CONNECT registry.invalid:443 HTTP/1.1']);
    expect(credentials.splice(0)).toEqual([undefined, undefined]);
  });

  it.each(['http', 'https'])('is told the name and the password that its address holds, for %s', async (scheme) => {
    const address = `http://name:p%40ss%3A@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const request = requestOf(`${scheme}://registry.invalid/v2/`, { proxy: address });
    if (scheme === 'http') (await client.send(request, never)).discard();
    else expect((await failureOf(request)).kind).toBe('proxyRefused');
    expect(credentials.splice(0)).toEqual([`Basic ${Buffer.from('name:p@ss:').toString('base64')}`]);
  });
});
