import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import type { KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import { createTestChain, issueCertificate, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { forgeJws, type JwsForgery, type JwsParts } from '../../testing/jws-forge.ts';
import { checkSignatureValue } from './check-signature-value.ts';
import { decodeJws } from './decode-jws.ts';

const chains = new Map<KeyAlgorithm, TestChain>();
function chainOf(algorithm: KeyAlgorithm): TestChain {
  const chain = chains.get(algorithm) ?? createTestChain({ algorithm });
  chains.set(algorithm, chain);
  return chain;
}

async function verdictOf(parts: JwsParts): Promise<string> {
  const check = checkSignatureValue(decodeJws(Buffer.from(JSON.stringify(parts))));
  return check.ok ? 'ok' : check.message;
}

function forge(algorithm: KeyAlgorithm, forgery: JwsForgery = {}): JwsParts {
  return forgeJws(chainOf(algorithm), forgery);
}

function withSignature(parts: JwsParts, change: (signature: Buffer) => Uint8Array): JwsParts {
  return { ...parts, signature: Buffer.from(change(Buffer.from(parts.signature, 'base64url'))).toString('base64url') };
}

const rsaFault = 'signature is invalid. Error: crypto/rsa: verification error';
const ecFault = 'signature is invalid. Error: crypto/ecdsa: verification error';
const curveOrder = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

describe('checkSignatureValue', () => {
  it.each(['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-256', 'EC-384', 'EC-521'] as const)(
    'accepts %s',
    async (algorithm) => {
      expect(await verdictOf(forge(algorithm))).toBe('ok');
    },
  );

  it.each([0, 20, 31, 222])('refuses a PSS salt of %i bytes', async (saltLength) => {
    expect(await verdictOf(forge('RSA-2048', { saltLength }))).toBe(rsaFault);
  });

  it('refuses PKCS#1 v1.5 under a PSS name', async () => {
    const parts = forge('RSA-2048');
    const signature = sign(
      'sha256',
      Buffer.from(`${parts.protected}.${parts.payload}`),
      chainOf('RSA-2048').privateKey,
    );
    expect(await verdictOf({ ...parts, signature: signature.toString('base64url') })).toBe(rsaFault);
  });

  it.each<[string, (signature: Buffer) => Uint8Array]>([
    ['63 bytes', (value) => value.subarray(1)],
    ['65 bytes', (value) => Buffer.concat([Buffer.of(0), value])],
    ['65 bytes, the zero last', (value) => Buffer.concat([value, Buffer.of(0)])],
    ['r = 0', (value) => Buffer.concat([Buffer.alloc(32), value.subarray(32)])],
    ['s = 0', (value) => Buffer.concat([value.subarray(0, 32), Buffer.alloc(32)])],
    ['s = n', (value) => Buffer.concat([value.subarray(0, 32), toBytes(curveOrder)])],
    ['r and s swapped', (value) => Buffer.concat([value.subarray(32), value.subarray(0, 32)])],
    ['zeros', () => Buffer.alloc(64)],
  ])('refuses ECDSA with %s', async (_name, change) => {
    expect(await verdictOf(withSignature(forge('EC-256'), change))).toBe(ecFault);
  });

  it('refuses ECDSA in DER', async () => {
    expect(await verdictOf(forge('EC-256', { dsaEncoding: 'der' }))).toBe(ecFault);
  });

  it('accepts the twin with n - s, as ECDSA does', async () => {
    const twin = withSignature(forge('EC-256'), (value) =>
      Buffer.concat([value.subarray(0, 32), toBytes(curveOrder - BigInt(`0x${value.subarray(32).toString('hex')}`))]),
    );
    expect(await verdictOf(twin)).toBe('ok');
  });

  it.each([
    ['RSA-2048', 'PS384', 1, 2],
    ['RSA-2048', 'PS512', 1, 3],
    ['EC-256', 'ES384', 4, 5],
    ['EC-384', 'ES256', 5, 4],
    ['EC-256', 'PS256', 4, 1],
    ['RSA-2048', 'ES256', 1, 4],
  ] as const)('refuses %s with %s', async (algorithm, alg, ofKey, specified) => {
    expect(await verdictOf(forge(algorithm, { header: { alg } }))).toBe(
      `mismatch between signature algorithm derived from signing certificate (${ofKey}) and signing algorithm specified (${specified}s)`,
    );
  });

  it('refuses a key that Notation does not sign with', async () => {
    const weak = forgeJws(createTestChain({ algorithm: 'RSA-1024' }), { header: { alg: 'PS256' } });
    expect(await verdictOf({ ...weak, signature: 'AAAA' })).toBe('rsa key size 1024 bits is not supported');
  });

  it('refuses a leaf that did not sign', async () => {
    const parts = forge('EC-256');
    const stranger = issueCertificate(leafShape, undefined, 'other').der;
    const x5c = [Buffer.from(stranger).toString('base64'), ...(parts.header['x5c'] as string[])];
    expect(await verdictOf({ ...parts, header: { x5c } })).toBe(ecFault);
  });

  it('judges the value apart from critical attributes that nobody knows', async () => {
    const header = { crit: ['io.cncf.notary.signingScheme', 'x', '__proto__'], x: 1 };
    const headerText = JSON.stringify({
      ...JSON.parse(Buffer.from(forge('EC-256').protected, 'base64url').toString()),
      ...header,
    }).replace('{', '{"__proto__":1,');
    const envelope = decodeJws(Buffer.from(JSON.stringify(forge('EC-256', { headerText }))));
    expect(envelope.extendedAttributes.filter(({ critical }) => critical).map(({ name }) => name)).toEqual([
      '__proto__',
      'x',
    ]);
    expect(checkSignatureValue(envelope)).toEqual({ ok: true });
  });
});

describe('an envelope with one byte changed', () => {
  const algorithm = 'EC-256';
  const text = JSON.stringify(forge(algorithm));
  // Deterministic, and spread over the whole envelope.
  const positions = Array.from({ length: 300 }, (_, index) => (index * 7919) % text.length);

  it('is refused, or says nothing else that was signed', async () => {
    const honest = decodeJws(Buffer.from(text));
    for (const position of positions) {
      const bytes = Buffer.from(text);
      bytes[position] = (bytes[position] ?? 0) ^ (1 + (position % 7));
      let changed;
      try {
        changed = decodeJws(bytes);
      } catch (error) {
        expect(isAppError(error, 'envelope.malformed'), String(error)).toBe(true);
        continue;
      }
      const check = checkSignatureValue(changed);
      if (!check.ok) continue;
      // Only what is not signed may differ: certificates above the leaf and unprotected attributes.
      const signed = ({
        algorithm: alg,
        protectedHeaders,
        target,
        signedBytes,
        signature,
        chain,
      }: typeof honest): unknown => ({
        alg,
        protectedHeaders,
        target,
        signedBytes,
        signature,
        leaf: chain[0]?.publicKey.export({ format: 'jwk' }),
      });
      expect(signed(changed)).toEqual(signed(honest));
    }
  });
});
