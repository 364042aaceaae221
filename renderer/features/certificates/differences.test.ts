import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { compareCertificates } from './differences.ts';

const certificate: Certificate = {
  ...{ subject: 'CN=a', issuer: 'CN=a', commonName: 'a', serialNumber: '01', sha256: 'a'.repeat(64), pem: '' },
  ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z', keyAlgorithm: 'EC P-256' },
  ...{ signatureAlgorithm: 'ECDSA-SHA256', isCa: false, isSelfSigned: true, keyUsages: [], extendedKeyUsages: [] },
  ...{ ocspUrls: [], crlUrls: [], rules: [], role: 'leaf' },
  extensions: [{ oid: '2.5.29.15', name: 'keyUsage', critical: true, values: ['digitalSignature'] }],
};
const differing = (change: Partial<Certificate>) =>
  compareCertificates(certificate, { ...certificate, ...change }).filter(({ differs }) => differs);

describe('compareCertificates', () => {
  it('finds nothing between a certificate and itself', () => {
    expect(differing({})).toEqual([]);
  });

  it.each([
    ['subject', { subject: 'CN=b' }],
    ['notAfter', { notAfter: '2028-01-01T00:00:00Z' }],
    ['fingerprint', { sha256: 'b'.repeat(64) }],
  ] as const)('marks another %s', (id, change) => {
    expect(differing(change).map((line) => line.id)).toEqual([id]);
  });

  it('marks an extension that is missing, new, less critical, or of another value', () => {
    const [usage] = certificate.extensions;
    if (!usage) throw new Error('no extension');
    expect(differing({ extensions: [] })).toMatchObject([{ id: '2.5.29.15', right: [] }]);
    const more = { oid: '1.2.3', critical: false, values: [] };
    expect(differing({ extensions: [usage, more] })).toMatchObject([{ id: '1.2.3', left: [], right: [] }]);
    expect(differing({ extensions: [{ ...usage, critical: false }] })).toHaveLength(1);
    expect(differing({ extensions: [{ ...usage, values: ['keyCertSign'] }] })).toHaveLength(1);
  });
});
