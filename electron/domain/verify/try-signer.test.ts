import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';
import { createTrustStoreReader } from '../trust/trust-store.ts';
import { trySigner } from './try-signer.ts';

let chain: TestChain;
let bench: VerificationBench;
beforeAll(() => {
  const subject = [
    ['C', 'US'],
    ['ST', 'WA'],
    ['O', 'Notary'],
    ['CN', 'suji'],
  ] as const;
  chain = createTestChain({ length: 2, leaf: { ...leafShape, subject } });
});
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
});

function attempt(trustStores: readonly string[], trustedIdentities: readonly string[], change: object = {}) {
  const signer = {
    subject: chain.certificates[0]?.subject ?? '',
    chain: chain.certificates.map(({ sha256 }) => sha256),
    ...change,
  };
  return trySigner({ trustStores, trustedIdentities }, signer, createTrustStoreReader(bench.directory));
}

describe('trySigner', () => {
  it('tells where the chain meets a store, and that others are not asked', async () => {
    bench.trust(chain, 'authority', 'signingAuthority');
    bench.trust(createTestChain({ length: 1 }), 'other');
    const stores = ['ca:acme', 'ca:other', 'signingAuthority:authority', 'tsa:corp', 'nonsense', 'x:y'];
    expect(await attempt(stores, ['*'])).toEqual({
      stores: [
        { store: 'ca:acme', result: 'anchors', position: 1, file: '1.crt' },
        { store: 'ca:other', result: 'noMatch' },
        { store: 'signingAuthority:authority', result: 'otherScheme' },
        { store: 'tsa:corp', result: 'otherScheme' },
        { store: 'nonsense', result: 'malformed' },
        { store: 'x:y', result: 'malformed' },
      ],
      isAnchored: true,
      identities: [{ identity: '*', result: 'any', parts: [] }],
      isIdentified: true,
    });
    const authority = await attempt(stores, ['*'], { scheme: 'notary.x509.signingAuthority' });
    expect(authority.stores.map(({ result }) => result).slice(0, 3)).toEqual(['otherScheme', 'otherScheme', 'anchors']);
  });

  it('one faulty store fails them all, as in verification', async () => {
    expect(await attempt(['ca:acme', 'ca:gone'], [])).toMatchObject({
      stores: [{ result: 'anchors' }, { result: 'faulty', fault: 'authenticity.storeMissing' }],
      isAnchored: false,
      isIdentified: false,
    });
    expect(await attempt(['ca:acme', 'ca:..'], [])).toMatchObject({ isAnchored: false });
    expect(await attempt([], [])).toMatchObject({ stores: [], isAnchored: false });
  });

  it('compares an identity name part by name part, in its own order', async () => {
    const { identities, isIdentified } = await attempt(
      [],
      [
        'x509.subject: O=Notary, C=US, ST=OR, L=Seattle',
        'x509.subject: C=US, S=WA, O=Notary',
        'x509.subject: C=US',
        'other:x',
        '',
      ],
    );
    expect(identities).toEqual([
      {
        identity: 'x509.subject: O=Notary, C=US, ST=OR, L=Seattle',
        result: 'differs',
        parts: [
          { attribute: 'O', wanted: 'Notary', found: 'Notary', equal: true },
          { attribute: 'C', wanted: 'US', found: 'US', equal: true },
          { attribute: 'ST', wanted: 'OR', found: 'WA', equal: false },
          { attribute: 'L', wanted: 'Seattle', equal: false },
        ],
      },
      expect.objectContaining({ result: 'matches' }),
      { identity: 'x509.subject: C=US', result: 'invalid', parts: [] },
      { identity: 'other:x', result: 'other', parts: [] },
      { identity: '', result: 'invalid', parts: [] },
    ]);
    expect(isIdentified).toBe(true);
  });

  it('tells why no identity can match a subject', async () => {
    const trial = await attempt([], ['x509.subject: C=US, ST=WA, O=Notary'], { subject: 'CN=x,O=Notary,C=US' });
    expect(trial).toMatchObject({
      subjectFault: { kind: 'missing', attribute: 'ST' },
      identities: [{ result: 'differs', parts: [{ equal: false }, { equal: false }, { equal: false }] }],
      isIdentified: false,
    });
    expect(await attempt([], ['*'], { subject: '' })).toMatchObject({ isIdentified: true });
  });
});
