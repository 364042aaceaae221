import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import type { Translate } from '../../locales/use-text.tsx';
import { findDuplicates, toEndings } from './anchors.ts';

function certificate(commonName: string): Certificate {
  return {
    ...{ subject: `CN=${commonName},O=Notary,ST=WA,C=US`, issuer: '', commonName, serialNumber: '01' },
    ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z', sha256: commonName.padEnd(64, '0') },
    ...{ keyAlgorithm: 'EC P-256', signatureAlgorithm: 'ECDSA-SHA256', isCa: true, isSelfSigned: true },
    ...{ keyUsages: [], extendedKeyUsages: [], ocspUrls: [], crlUrls: [], extensions: [], rules: [], pem: '' },
    role: 'root',
  };
}

function store(name: string, usedBy: string[], ...certificates: readonly Certificate[]): TrustStore {
  return { type: 'ca', name, usedBy, files: [{ file: `${name}.crt`, certificates: [...certificates] }] };
}

function key(name: string, ...chain: readonly Certificate[]): SigningKey {
  return { name, isDefault: false, kind: 'local', chain: [...chain], isTest: false, chainRules: [], problems: [] };
}

const t = ((id: string, values: { readonly name?: string } = {}) => `${id} ${values.name ?? ''}`) as Translate;
const [root, own] = [certificate('root'), certificate('own')];

describe('anchors', () => {
  it('tell what leans on them', () => {
    const endings = toEndings([store('acme', ['prod'], root), store('other', [])], [key('k', own, root)], {
      t,
      isTest: () => true,
      seen: new Map([[root.sha256, 2]]),
    });
    expect(endings).toMatchObject([
      {
        name: 'root',
        isTest: true,
        dependents: [
          'certificates.dependsStore ca:acme',
          'certificates.dependsPolicy prod',
          'certificates.dependsKey k',
          'certificates.dependsSignatures ',
        ],
      },
    ]);
  });

  it('are found again in other stores and files', () => {
    const duplicates = findDuplicates([store('a', [], root, own), store('b', [], root)]);
    expect([...duplicates].map(([sha256, places]) => [sha256, places.map((place) => place.store)])).toEqual([
      [root.sha256, ['ca:a', 'ca:b']],
    ]);
  });
});
