import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { trustOfChain } from './accepting-policies.ts';
import { endOfChain, toLanes } from '../../ui/expiry-lanes.ts';
import { algorithmName, fileName, isPlainName, restOfSubject, suggestedName, isGone } from './key-words.ts';
import { faultsOf, initialTestKey, toInput } from './test-key-form.ts';

const dayMs = 24 * 60 * 60 * 1000;

function certificate(commonName: string, endsInDays = 1): Certificate {
  return {
    subject: `CN=${commonName},O=Notary,L=Seattle,ST=WA,C=US`,
    issuer: `CN=${commonName},O=Notary,L=Seattle,ST=WA,C=US`,
    commonName,
    serialNumber: '01',
    notBefore: new Date(0).toISOString(),
    notAfter: new Date(1000 * dayMs + endsInDays * dayMs).toISOString(),
    sha256: commonName.padEnd(64, '0'),
    keyAlgorithm: 'RSA 2048',
    signatureAlgorithm: 'SHA256-RSA',
    isCa: false,
    isSelfSigned: true,
    ...{ keyUsages: [], extendedKeyUsages: [], ocspUrls: [], crlUrls: [], extensions: [], rules: [] },
    role: 'leaf',
    pem: '',
  };
}

function key(name: string, endsInDays?: number): SigningKey {
  const chain = endsInDays === undefined ? [] : [certificate(name, endsInDays)];
  return { name, isDefault: false, kind: 'local', chain, isTest: true, chainRules: [], problems: [] };
}

describe('the trust in a chain', () => {
  const chain = [certificate('a')];
  const store = (name: string, type: 'ca' | 'tsa', held: readonly Certificate[]) => ({
    ...{ type, name, usedBy: [] },
    files: [{ file: 'x.crt', certificates: [...held] }],
  });
  const statement = (name: string, trustStores: string[], trustedIdentities: string[]): TrustPolicyStatement => ({
    ...{ name, registryScopes: ['x/y'], signatureVerification: { level: 'strict' }, trustStores, trustedIdentities },
  });
  const stores = [store('a', 'ca', chain), store('other', 'ca', [certificate('b')]), store('t', 'tsa', chain)];

  it.each([
    ['any signer', ['ca:a'], ['*'], true],
    ['the subject', ['ca:a'], ['x509.subject: C=US, ST=WA, O=Notary, CN=a'], true],
    ['part of the subject', ['ca:other', 'ca:a'], ['x509.subject: C=US, ST=WA, O=Notary'], true],
    ['another name', ['ca:a'], ['x509.subject: C=US, ST=WA, O=Notary, CN=b'], false],
    ['another store', ['ca:other'], ['*'], false],
    ['a store of another type', ['tsa:t'], ['*'], false],
  ])('reaches a statement for %s', (_, trustStores, identities, accepted) => {
    const trust = trustOfChain(chain, stores, [statement('s', trustStores, identities)]);
    expect(trust).toEqual({ stores: ['a'], policies: accepted ? ['s'] : [] });
  });

  it('is none without a certificate', () => {
    expect(trustOfChain([], stores, [])).toEqual({ stores: [], policies: [] });
  });
});

describe('the expiry board', () => {
  it('sorts keys by how soon their certificates end', () => {
    const keys = [
      key('far', 91),
      key('soon', 3),
      key('none'),
      key('gone', -1),
      key('sooner', 1),
      key('month', 30),
      key('quarter', 90),
    ];
    const endings = keys.flatMap(({ name, chain }) => {
      const notAfter = endOfChain(chain);
      return notAfter === undefined ? [] : [{ id: name, name, notAfter, dependents: [], isTest: false }];
    });
    const lanes = toLanes(endings, 1000 * dayMs);
    const names = Object.entries(lanes).map(([lane, found]) => [lane, ...found.map(({ name }) => name)]);
    expect(names).toEqual([
      ['overdue', 'gone'],
      ['week', 'sooner', 'soon'],
      ['month', 'month'],
      ['quarter', 'quarter'],
    ]);
  });
});

describe('words for keys', () => {
  it.each([
    ['file.unreadable', 'ENOENT', true],
    ['file.unreadable', 'notAbsolute', true],
    ['file.unreadable', 'EACCES', false],
    ['key.malformed', 'ENOENT', false],
  ])('tell whether files are gone from %s by %s', (code, cause, expected) => {
    expect(
      isGone({
        problems: [
          { code: 'key.readableByOthers', details: {} },
          { code, details: { cause } },
        ],
      }),
    ).toBe(expected);
  });

  it('are short', () => {
    expect(algorithmName('RSA-3072')).toBe('RSA 3072');
    expect(algorithmName('EC-256')).toBe('EC P-256');
    expect(fileName('C:\\keys\\a.key')).toBe('a.key');
    expect(fileName('/keys/a.key')).toBe('a.key');
    expect(restOfSubject('CN=a,O=b\\,c,ST=WA,C=US')).toBe('C=US, ST=WA, O=b\\,c');
  });

  it('keep odd names out of command lines', () => {
    expect(['a', 'fade-out', '_x.1'].every(isPlainName)).toBe(true);
    expect(['-a', 'a b', '鍵', '', 'a;b', '.a'].some(isPlainName)).toBe(false);
  });

  it('suggest a name that is free', () => {
    expect(suggestedName([])).toBe('test-key');
    expect(suggestedName([key('test-key'), key('test-key-2')])).toBe('test-key-3');
  });
});

describe('the form of a test key', () => {
  const form = initialTestKey('suji-toshi-mashoya');
  it('starts with what the reference does', () => {
    expect(toInput(form)).toEqual({
      name: 'suji-toshi-mashoya',
      algorithm: 'RSA-2048',
      validityDays: 1,
      subject: { country: 'US', state: 'WA', locality: 'Seattle', organization: 'Notary' },
      trust: true,
      makeDefault: true,
    });
    expect(faultsOf(form)).toEqual([]);
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ days: '0' }, 'validityDays'],
    [{ days: '1.5' }, 'validityDays'],
    [{ days: '99999' }, 'validityDays'],
    [{ country: 'USA' }, 'country'],
    [{ state: '' }, 'state'],
    [{ organization: '' }, 'organization'],
  ])('names the field that is wrong in %j', (changes, field) => {
    expect(faultsOf({ ...form, ...changes })).toEqual([field]);
  });
});
