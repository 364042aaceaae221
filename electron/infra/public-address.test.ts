import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '../domain/ports.ts';
import { createHttpClient } from './http-client.ts';
import { isPublicAddress } from './public-address.ts';

describe('an address that anyone can reach', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00::1',
    '::ffff:8.8.8.8',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('case S-10: a guarded request', () => {
  let server: Server;
  let port = 0;
  let connections = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => response.end('here')).on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = async (host: string, addresses: 'any' | 'public', environment = {}) => {
    const client = createHttpClient(environment);
    const request = {
      method: 'GET',
      url: `http://${host}:${port}/`,
      headers: {},
      addresses,
      deadlineMs: 3000,
    } as const;
    try {
      const response = await client.send(request, new AbortController().signal);
      response.discard();
      return response.status;
    } catch (error) {
      return error instanceof HttpFailure ? error.kind : error;
    } finally {
      await client.close();
    }
  };

  it.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '0177.0.0.1', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'makes no connection to %s',
    async (host) => {
      const before = connections;
      expect(await send(host, 'public')).toBe('privateAddress');
      expect(connections).toBe(before);
    },
  );

  it('makes none through a proxy either', async () => {
    const before = connections;
    const environment = { HTTP_PROXY: `http://127.0.0.1:${port}` };
    expect(await send('10.0.0.1', 'public', environment)).toBe('privateAddress');
    expect(await send('[fe80::1]', 'public', environment)).toBe('privateAddress');
    expect(connections).toBe(before);
  });

  it('is made where that is allowed', async () => {
    expect(await send('localhost', 'any')).toBe(200);
  });
});
