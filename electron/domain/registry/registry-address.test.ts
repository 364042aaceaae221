import { describe, expect, it } from 'vitest';
import { isInternal, isLoopback, isPlainHttp, mayLeadTo, originOf } from './registry-address.ts';
import { parseRealm } from './token-client.ts';

describe('isPlainHttp', () => {
  it.each([
    ['localhost:5000', 'auto', [], true],
    ['localhost', 'auto', [], false],
    ['127.0.0.1:5000', 'auto', [], false],
    ['[::1]:5000', 'auto', [], false],
    ['Localhost:5000', 'auto', [], false],
    ['reg.example:5000', 'auto', ['REG.example:5000'], true],
    ['reg.example:5000', 'auto', ['reg.example'], false],
    ['a.reg.example', 'auto', ['reg.example'], false],
    ['reg.example', 'always', [], true],
    ['localhost:5000', 'never', ['localhost:5000'], false],
  ] as const)('%s, %s, %j: %s', (host, choice, listed, expected) => {
    expect(isPlainHttp(host, choice, listed)).toBe(expected);
  });
});

it('contacts Docker Hub at its registry', () => {
  const address = { insecure: false, trustedRealms: [] };
  expect([originOf({ ...address, host: 'docker.io' }), originOf({ ...address, host: 'reg.example:443' })]).toEqual([
    'https://registry-1.docker.io',
    'https://reg.example',
  ]);
});

describe('networks', () => {
  const hostOf = (text: string): string => new URL(`http://${text}`).hostname;

  it.each(['localhost', 'a.localhost', 'localhost.', '127.0.0.1', '127.9.9.9', '2130706433', '0x7f.1', '[::1]'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback(hostOf(host))).toBe(true);
    },
  );

  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '[::]',
    '[64:ff9b::1]',
  ])('%s is internal', (host) => {
    expect([isInternal(hostOf(host)), isLoopback(hostOf(host))]).toEqual([true, false]);
  });

  it.each([
    'example.com',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '169.253.0.1',
    '[2606:4700::1]',
    '10.example',
    'notlocalhost',
  ])('%s is not', (host) => {
    expect(isInternal(hostOf(host))).toBe(false);
  });

  it.each([
    ['https://reg.example', 'https://cdn.example', true],
    ['https://reg.example', 'https://10.0.0.1', false],
    ['https://10.0.0.1', 'https://10.0.0.1:444', true],
    ['https://10.0.0.1', 'https://10.0.0.2', false],
    ['http://localhost:5000', 'http://127.0.0.1:5001', true],
    ['https://reg.example', 'http://localhost', false],
    ['https://10.0.0.1', 'https://[::1]', false],
  ])('%s may lead to %s: %s', (from, to, expected) => {
    expect(mayLeadTo(new URL(from), new URL(to))).toBe(expected);
  });
});

describe('parseRealm', () => {
  const address = (host: string, insecure = false, trustedRealms: string[] = []) => ({ host, insecure, trustedRealms });

  it.each([
    ['the registry itself', address('reg.example'), 'https://reg.example/token'],
    ['another port of its host', address('reg.example:5000'), 'https://reg.example:5001/token'],
    ['Docker Hub', address('docker.io'), 'https://auth.docker.io/token'],
    ['an accepted pair', address('reg.example', false, ['https://auth.example']), 'https://auth.example/token'],
    ['plain HTTP on this machine', address('localhost:5000', true), 'http://localhost:5001/token'],
    ['plain HTTP at the very same origin', address('192.168.1.5', true), 'http://192.168.1.5/service/token'],
  ])('takes %s', (_, to, realm) => {
    expect(parseRealm(realm, to, true).href).toBe(realm);
  });

  it.each([
    ['another host', address('reg.example'), 'https://auth.example/token'],
    ['a host that ends alike', address('reg.example'), 'https://evil-reg.example/token'],
    [
      'an accepted host over plain HTTP',
      address('reg.example', true, ['https://auth.example']),
      'http://auth.example/token',
    ],
    [
      'another port than accepted',
      address('reg.example', false, ['https://auth.example']),
      'https://auth.example:444/token',
    ],
    ['plain HTTP of a TLS registry', address('reg.example'), 'http://reg.example/token'],
    ['plain HTTP to another host of the network', address('192.168.1.5', true), 'http://192.168.1.6/token'],
    ['the accepted realm of another registry', address('constructor'), 'https://auth.docker.io/token'],
    ['this machine, from outside', address('reg.example', false, ['https://127.0.0.1']), 'https://127.0.0.1/token'],
  ])('gives no credential to %s', (_, to, realm) => {
    expect(() => parseRealm(realm, to, true)).toThrow(/registry\.untrustedRealm/);
  });

  it('lets a token be asked for without a credential on any public https host', () => {
    expect(parseRealm('https://auth.example/token', address('reg.example'), false).host).toBe('auth.example');
    expect(() => parseRealm('https://169.254.169.254/token', address('reg.example'), false)).toThrow(/untrustedRealm/);
  });
});
