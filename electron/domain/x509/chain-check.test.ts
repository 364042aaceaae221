import { describe, expect, it } from 'vitest';
import { certificateRules } from '../../../shared/model/certificate.ts';
import { chainCases } from '../../testing/chain-cases.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { checkCodeSigningChain, checkCodeSigningLeaf } from './chain-check.ts';

const subjectOf = (name: string): string => `"CN=${name},O=Notary,ST=WA,C=US"`;

describe('checkCodeSigningChain', () => {
  it.each(chainCases.map((chainCase) => [chainCase.name, chainCase] as const))('%s', (_name, { chain, rule }) => {
    const { certificates } = chain();
    const check = checkCodeSigningChain(certificates);
    expect(check.fault?.rule).toBe(rule);
    const results = [...check.chain, ...check.certificates.flat()];
    const broken = results.filter(({ status }) => status === 'broken');
    // The first complaint is one of the results shown, and nothing is shown as broken without a sentence.
    expect(broken.some((result) => result.rule === rule && result.message === check.fault?.message)).toBe(
      rule !== undefined,
    );
    expect(broken.every(({ message }) => message !== undefined && message !== '')).toBe(true);
    expect(broken.length > 0).toBe(rule !== undefined);
    expect(results.every((result) => certificateRules.some((name) => name === result.rule))).toBe(true);
    expect(check.certificates).toHaveLength(certificates.length);
  });

  // What the reference says, word for word; every other sentence is held against it by the interop suite.
  it.each([
    [
      { leaf: { keyUsage: null } },
      `certificate with subject ${subjectOf('leaf')}: key usage extension must be present`,
    ],
    [
      { leaf: { keyUsage: { usages: ['digitalSignature', 'keyAgreement', 'cRLSign'] } } },
      `the certificate with subject ${subjectOf('leaf')} is invalid. The key usage must be "Digital Signature" only, but found "KeyAgreement", "CRLSign"`,
    ],
    [
      { algorithm: 'RSA-1024' },
      `certificate with subject ${subjectOf('leaf')}: rsa key size 1024 bits is not supported`,
    ],
    [
      { length: 3, root: { basicConstraints: { ca: true, pathLength: 0 } } },
      `certificate with subject ${subjectOf('root')}: expected path length of 1 but certificate has path length 0 instead`,
    ],
    [
      { leaf: { hash: 'sha1' } },
      `invalid certificates or certificate with subject ${subjectOf('leaf')} is not issued by ${subjectOf('root')}. Error: x509: cannot verify signature: insecure algorithm ECDSA-SHA1`,
    ],
    [
      { leaf: { issuer: [['CN', 'other']] } },
      `certificate with subject ${subjectOf('leaf')} is not issued by ${subjectOf('root')}`,
    ],
  ] as const)('says why: %#', (request, message) => {
    expect(checkCodeSigningChain(createTestChain(request).certificates).fault?.message).toBe(message);
  });

  it('refuses an empty chain', () => {
    expect(checkCodeSigningChain([]).fault?.message).toBe('certificate chain must contain at least one certificate');
  });

  it('breaks a chain that was not valid at signing time, and only tells of now', () => {
    const notBefore = new Date('2026-01-01T00:00:00Z');
    const notAfter = new Date('2026-01-02T00:00:00Z');
    const { certificates } = createTestChain({ leaf: { notBefore, notAfter } });
    const after = new Date('2026-01-02T00:00:01Z');
    expect(checkCodeSigningChain(certificates, { signingTime: after }).fault).toEqual({
      rule: 'validNow',
      subject: 'CN=leaf,O=Notary,ST=WA,C=US',
      message: `certificate with subject ${subjectOf('leaf')} was invalid at signing time of 2026-01-02 00:00:01 +0000 UTC. Certificate is valid from [2026-01-01 00:00:00 +0000 UTC] to [2026-01-02 00:00:00 +0000 UTC]`,
    });
    expect(checkCodeSigningChain(certificates, { signingTime: notBefore }).fault).toBeUndefined();
    expect(checkCodeSigningChain(certificates, { signingTime: notAfter }).fault).toBeUndefined();
    const told = checkCodeSigningChain(certificates, { now: after });
    expect(told.fault).toBeUndefined();
    expect(told.certificates[0]).toContainEqual({
      rule: 'validNow',
      status: 'note',
      evidence: '2026-01-01T00:00:00Z – 2026-01-02T00:00:00Z',
    });
    expect(told.certificates[1]).toContainEqual(expect.objectContaining({ rule: 'validNow', status: 'holds' }));
  });

  it('notes what the specification would refuse and the reference does not', () => {
    const any = createTestChain({ leaf: { extendedKeyUsage: { oids: ['2.5.29.37.0'] } } });
    expect(checkCodeSigningChain(any.certificates).certificates[0]).toContainEqual({
      rule: 'extendedKeyUsage',
      status: 'note',
      evidence: 'anyExtendedKeyUsage',
    });
    const weak = createTestChain({ length: 1, leaf: { hash: 'sha1' } });
    expect(checkCodeSigningChain(weak.certificates).certificates[0]).toContainEqual({
      rule: 'signatureAlgorithm',
      status: 'note',
      evidence: 'ECDSA-SHA1',
    });
  });
});

describe('checkCodeSigningLeaf', () => {
  it('judges a certificate without its chain', () => {
    const [leaf] = createTestChain({ leaf: { basicConstraints: { ca: true } } }).certificates;
    const broken = leaf ? checkCodeSigningLeaf(leaf).filter(({ status }) => status === 'broken') : [];
    expect(broken.map(({ rule }) => rule)).toEqual(['notCa']);
  });
});
