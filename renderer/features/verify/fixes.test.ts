import { describe, expect, it } from 'vitest';
import type { AppliedPolicy, SignatureOutcome } from '../../../shared/model/verification.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { namedStore, storeHolding, toBlobPolicyFixes, toPolicyFixes } from './fixes.ts';

const scope = 'localhost:5000/alpine';
const signer = 'C=US, ST=WA, O=Notary, CN=fade-out';
const identity = `x509.subject: ${signer}`;

function outcome(code: 'authenticity.noPolicy' | 'authenticity.identityMismatch', stores: string[]): SignatureOutcome {
  return {
    manifestDigest: `sha256:${'0'.repeat(64)}` as Digest,
    verdict: 'notTrusted',
    checks: [{ check: 'authenticity', result: 'skipped', action: null, reason: { code, details: { stores } } }],
    fatal: [],
    signer,
    userMetadata: {},
  };
}

const notApplicable: AppliedPolicy = {
  kind: 'notApplicable',
  sha256: '',
  selection: {
    path: scope,
    applied: null,
    candidates: [{ name: 'busybox-images', index: 0, scopes: ['localhost:5000/busybox'], verdict: 'notEqual' }],
    nearest: 0,
  },
};

describe('toPolicyFixes', () => {
  it('offers a statement for scope, store and signer, then the nearest statement’s scopes', () => {
    expect(toPolicyFixes(notApplicable, outcome('authenticity.noPolicy', ['ca:fade-out']), scope)).toEqual([
      { propose: 'statement', scope, store: 'ca:fade-out', identity },
      { propose: 'scope', statement: 'busybox-images', scope },
    ]);
  });

  it('offers a statement without a store when none holds the certificate', () => {
    expect(toPolicyFixes({ kind: 'missing' }, outcome('authenticity.noPolicy', []), scope)).toEqual([
      { propose: 'statement', scope, identity },
    ]);
  });

  it('offers the identity when only that is missing', () => {
    const applied: AppliedPolicy = {
      kind: 'applied',
      name: 'prod',
      level: 'strict',
      actions: {},
      sha256: '',
      selection: { ...notApplicable.selection, applied: 0 },
    };
    expect(toPolicyFixes(applied, outcome('authenticity.identityMismatch', []), scope)).toEqual([
      { propose: 'identity', statement: 'prod', identity },
    ]);
  });

  it('offers nothing for a policy that is not valid', () => {
    expect(toPolicyFixes({ kind: 'invalid', problems: [] }, outcome('authenticity.noPolicy', []), scope)).toEqual([]);
  });
});

describe('storeHolding', () => {
  const store = (type: TrustStore['type'], name: string, sha256: string): TrustStore => ({
    type,
    name,
    files: [{ file: 'a.crt', certificates: [{ sha256 } as Certificate] }],
    usedBy: [],
  });

  it('finds the ca store that has a certificate of the chain', () => {
    const stores = [store('tsa', 'times', 'aa'), store('ca', 'other', 'bb'), store('ca', 'acme', 'aa')];
    expect(storeHolding(stores, [{ sha256: 'cc' }, { sha256: 'aa' }])).toBe('ca:acme');
    expect(storeHolding(stores, [{ sha256: 'dd' }])).toBeUndefined();
  });
});

describe('namedStore', () => {
  it.each([
    [['tsa:times', 'ca:acme'], { type: 'ca', name: 'acme' }],
    [['signingAuthority:acme-services'], { type: 'signingAuthority', name: 'acme-services' }],
    [['tsa:times'], undefined],
    [undefined, undefined],
  ])('takes of %j the store %j', (stores, named) => {
    expect(namedStore(stores)).toEqual(named);
  });
});

describe('toBlobPolicyFixes', () => {
  const selection = { path: '', applied: null, candidates: [], nearest: null };
  const judged = outcome('authenticity.noPolicy', ['ca:a']);

  it('proposes a statement without scope where none is global', () => {
    const fix = { propose: 'statement', store: 'ca:a', identity, document: 'blob' };
    expect(toBlobPolicyFixes({ kind: 'missing' }, judged)).toEqual([fix]);
    expect(toBlobPolicyFixes({ kind: 'notApplicable', sha256: '', selection }, judged)).toEqual([fix]);
  });

  it('makes up no statement for a name that was asked for', () => {
    const named = { ...selection, path: 'releases' };
    expect(toBlobPolicyFixes({ kind: 'notApplicable', sha256: '', selection: named }, judged)).toEqual([]);
    expect(toBlobPolicyFixes({ kind: 'invalid', problems: [] }, judged)).toEqual([]);
  });
});
