import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CertificateSubject, KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import { parseCertificates } from './certificate-file.ts';
import { checkCodeSigningChain } from './chain-check.ts';
import { createTestCertificate } from './create-test-certificate.ts';
import { keyAlgorithmOf } from './key-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { assertKeyMatchesCertificate, parsePrivateKey } from './private-key.ts';
import { anchorFault } from './trust-anchor.ts';

const now = new Date('2026-11-23T07:45:11.789Z');
const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() };
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)), uuid: () => '' };
const subject: CertificateSubject = { country: 'US', state: 'WA', locality: 'Seattle', organization: 'Notary' };

async function create(
  changes: { name?: string; algorithm?: KeyAlgorithm; validityDays?: number; subject?: CertificateSubject } = {},
): Promise<{ keyPem: string; certificatePem: string; certificate: ParsedCertificate }> {
  const made = await createTestCertificate({
    name: 'suji',
    algorithm: 'EC-256',
    validityDays: 1,
    subject,
    random,
    clock,
    ...changes,
  });
  const [certificate, ...more] = parseCertificates(Buffer.from(made.certificatePem));
  if (!certificate || more.length > 0) throw new Error('not one certificate');
  return { ...made, certificate };
}

describe('createTestCertificate', () => {
  it.each([
    ['RSA-2048', 'SHA256-RSA'],
    ['RSA-3072', 'SHA256-RSA'],
    ['EC-256', 'ECDSA-SHA256'],
    ['EC-384', 'ECDSA-SHA384'],
    ['EC-521', 'ECDSA-SHA512'],
  ] as const)('makes %s with the profile of the reference', async (algorithm, signatureAlgorithm) => {
    const { keyPem, certificate } = await create({ algorithm, validityDays: 2 });
    expect(certificate).toMatchObject({
      version: 3,
      subject: 'CN=suji,O=Notary,L=Seattle,ST=WA,C=US',
      issuer: 'CN=suji,O=Notary,L=Seattle,ST=WA,C=US',
      notBefore: new Date('2026-11-23T07:45:11Z'),
      notAfter: new Date('2026-11-25T07:45:11Z'),
      keyUsage: { critical: true, usages: new Set(['digitalSignature']) },
      extendedKeyUsage: { critical: false, oids: ['1.3.6.1.5.5.7.3.3'] },
      signatureAlgorithm: { name: signatureAlgorithm },
      ocspUrls: [],
      crlUrls: [],
    });
    expect(certificate.basicConstraints).toBeUndefined();
    expect(certificate.serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(certificate.subjectAttributes.map(({ type }) => type)).toEqual(['C', 'ST', 'L', 'O', 'CN']);
    // Neither subject nor authority key identifier.
    expect(Buffer.from(certificate.raw).includes(Buffer.from([0x55, 0x1d, 0x0e]))).toBe(false);
    expect(Buffer.from(certificate.raw).includes(Buffer.from([0x55, 0x1d, 0x23]))).toBe(false);
    expect(keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(() => assertKeyMatchesCertificate(parsePrivateKey(keyPem), certificate)).not.toThrow();
    expect(keyAlgorithmOf(certificate.publicKey)).toBe(algorithm);
    expect(checkCodeSigningChain([certificate], { signingTime: now }).fault).toBeUndefined();
    expect(anchorFault(certificate, 'ca')).toBeUndefined();
  });

  it('takes any text in a name as text', async () => {
    const name = '印 CN=x,O=#y+"z"\\';
    const { certificate } = await create({ name, subject: { ...subject, locality: '', organization: '#0403AA' } });
    expect(certificate.subjectAttributes).toMatchObject([
      { value: 'US' },
      { value: 'WA' },
      { value: '#0403AA' },
      { value: name },
    ]);
  });

  it('never makes the same serial number or key twice', async () => {
    const [first, second] = await Promise.all([create(), create()]);
    expect(first.certificate.serialNumber).not.toBe(second.certificate.serialNumber);
    expect(first.keyPem).not.toBe(second.keyPem);
  });

  it.each<[string, string, Partial<CertificateSubject>]>([
    ['name', '', {}],
    ['name', 'x'.repeat(65), {}],
    ['name', 'a\u0000b', {}],
    ['country', 'x', { country: 'us' }],
    ['country', 'x', { country: 'U1' }],
    ['state', 'x', { state: '' }],
    ['organization', 'x', { organization: 'a\nb' }],
  ])('refuses a bad %s: %j', async (field, name, changes) => {
    await expect(create({ name, subject: { ...subject, ...changes } })).rejects.toMatchObject({
      code: 'key.badSubject',
      details: { field },
    });
  });
});
