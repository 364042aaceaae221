import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAppError, type AppError } from '../../../shared/errors/app-error.ts';
import { createTestChain, testKey } from '../../testing/chain-factory.ts';
import { toPem } from './pem.ts';
import { assertKeyMatchesCertificate, parsePrivateKey } from './private-key.ts';

const rsa = testKey('RSA-2048', 'leaf');
const ec = testKey('EC-256', 'leaf');
const pemOf = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', extra: object = {}): string =>
  key.export({ type: type as 'pkcs8', format: 'pem', ...extra }).toString();

function errorOf(pem: string): AppError | undefined {
  try {
    parsePrivateKey(pem);
    return undefined;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

describe('parsePrivateKey', () => {
  it.each([
    ['PKCS#8 RSA', pemOf(rsa, 'pkcs8'), rsa],
    ['PKCS#1', pemOf(rsa, 'pkcs1'), rsa],
    ['PKCS#8 EC', pemOf(ec, 'pkcs8'), ec],
    ['SEC1', pemOf(ec, 'sec1'), ec],
    [
      'a key after its parameters',
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pemOf(ec, 'sec1')}`,
      ec,
    ],
    ['PKCS#8 under another label', toPem('RSA PRIVATE KEY', ec.export({ type: 'pkcs8', format: 'der' })), ec],
  ])('reads %s', (_name, pem, key) => {
    expect(parsePrivateKey(pem).equals(key)).toBe(true);
  });

  it.each([
    ['encrypted PKCS#8', pemOf(ec, 'pkcs8', { cipher: 'aes-256-cbc', passphrase: 'secret' }), 'key.encrypted'],
    ['encrypted PKCS#1', pemOf(rsa, 'pkcs1', { cipher: 'aes-256-cbc', passphrase: 'secret' }), 'key.encrypted'],
    ['no PEM', 'secret', 'key.malformed'],
    ['a certificate', createTestChain().chainPem, 'key.malformed'],
    ['a public key', toPem('PUBLIC KEY', Uint8Array.of(1)), 'key.malformed'],
    ['rubbish in PEM', toPem('PRIVATE KEY', Uint8Array.of(1, 2, 3)), 'key.malformed'],
    ['half a key', pemOf(ec, 'pkcs8').slice(0, 80), 'key.malformed'],
    ['too much', 'x'.repeat(65_537), 'key.malformed'],
    ['RSA of 1024 bits', pemOf(testKey('RSA-1024', 'leaf'), 'pkcs8'), 'key.unsupported'],
    ['P-224', pemOf(testKey('EC-224', 'leaf'), 'pkcs8'), 'key.unsupported'],
    ['Ed25519', pemOf(testKey('Ed25519', 'leaf'), 'pkcs8'), 'key.unsupported'],
  ])('refuses %s', (_name, pem, code) => {
    expect(errorOf(pem)?.code).toBe(code);
  });

  it('never tells the key', () => {
    const pem = pemOf(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey, 'pkcs8').replace('MI', 'M!');
    const error = errorOf(pem);
    expect(JSON.stringify([error?.message, error?.details, error?.stack, String(error?.cause)])).not.toContain(
      pem.split('\n')[1]?.slice(10, 40),
    );
  });

  it('never tells a key that ran into the label of its block', () => {
    const [begin = '', first = ''] = pemOf(ec, 'sec1').split('\n');
    const error = errorOf(`${begin}${first}-----\n`);
    expect(error?.code).toBe('key.malformed');
    expect(JSON.stringify([error?.message, error?.details, error?.stack])).not.toContain(first);
  });
});

describe('assertKeyMatchesCertificate', () => {
  const [leaf] = createTestChain({ algorithm: 'EC-256' }).certificates;
  if (!leaf) throw new Error('no leaf');

  it('takes the key of the certificate', () => {
    expect(() => assertKeyMatchesCertificate(ec, leaf)).not.toThrow();
  });

  it.each([
    ['another key of the kind', testKey('EC-256', 'other')],
    ['a key of another kind', rsa],
  ])('refuses %s', (_name, key) => {
    expect(() => assertKeyMatchesCertificate(key, leaf)).toThrow(
      expect.objectContaining({ code: 'key.doesNotMatch', details: { subject: leaf.subject } }) as Error,
    );
  });
});
