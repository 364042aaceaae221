import type { CertificateRuleName } from '../../shared/model/certificate.ts';
import type { KeyUsageName } from '../domain/x509/parsed-certificate.ts';
import {
  caShape,
  createTestChain,
  type CertificateShape,
  type TestChain,
  type TestChainRequest,
} from './chain-factory.ts';

/** A chain and the rule that the reference would name first; no rule: the chain is good. */
export interface ChainCase {
  readonly name: string;
  readonly chain: () => TestChain;
  readonly rule?: CertificateRuleName;
}

const serverAuth = '1.3.6.1.5.5.7.3.1';
const codeSigning = '1.3.6.1.5.5.7.3.3';
const forbiddenExtendedUsages: Readonly<Record<string, string>> = {
  serverAuth,
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};
const forbiddenUsages: readonly KeyUsageName[] = [
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];
const quotedName: CertificateShape = {
  subject: [
    ['C', 'US'],
    ['ST', 'W"A'],
    ['O', 'a\\b, c+d'],
    ['OU', ' edge '],
    ['OU', '#two'],
    ['CN', '印鑑'],
    ['1.2.840.113549.1.9.1', Uint8Array.from([0x16, 3, 0x61, 0x40, 0x62])],
    ['0.9.2342.19200300.100.1.25', 'example'],
  ],
};

function one(name: string, rule: CertificateRuleName | undefined, request: TestChainRequest): ChainCase {
  return { name, chain: () => createTestChain(request), ...(rule && { rule }) };
}

/** The same chain in another order, or without some of it. */
function arranged(
  name: string,
  rule: CertificateRuleName,
  request: TestChainRequest,
  positions: readonly number[],
): ChainCase {
  const chain = (): TestChain => {
    const made = createTestChain(request);
    const pick = <T>(list: readonly T[]): T[] => positions.flatMap((position) => list[position] ?? []);
    return { ...made, ders: pick(made.ders), certificates: pick(made.certificates) };
  };
  return { name, chain, rule };
}

const goodCases: readonly ChainCase[] = [
  one('one certificate', undefined, { length: 1 }),
  one('two certificates', undefined, { length: 2 }),
  one('three certificates', undefined, { length: 3 }),
  one('RSA-2048', undefined, { algorithm: 'RSA-2048' }),
  one('EC-384', undefined, { algorithm: 'EC-384' }),
  one('EC-521', undefined, { algorithm: 'EC-521' }),
  one('an RSA root', undefined, { root: { key: 'RSA-2048' } }),
  one('a root of 1024 bits', undefined, { root: { key: 'RSA-1024' } }),
  one('an Ed25519 root', undefined, { root: { key: 'Ed25519' } }),
  one('a lone certificate signed with SHA-1', undefined, { length: 1, leaf: { hash: 'sha1' } }),
  one('no extended key usage', undefined, { leaf: { extendedKeyUsage: null } }),
  one('anyExtendedKeyUsage', undefined, { leaf: { extendedKeyUsage: { oids: ['2.5.29.37.0'] } } }),
  one('an unknown extended key usage', undefined, { leaf: { extendedKeyUsage: { oids: ['1.2.3.4'] } } }),
  one('nonRepudiation beside digitalSignature', undefined, {
    leaf: { keyUsage: { usages: ['digitalSignature', 'nonRepudiation'] } },
  }),
  one('basic constraints that say no CA', undefined, { leaf: { basicConstraints: { ca: false } } }),
  one('expired certificates', undefined, {
    leaf: { notAfter: new Date('2020-01-01T00:00:00Z') },
    root: { notAfter: new Date('2020-01-01T00:00:00Z') },
  }),
  one('a CA whose basic constraints are not critical', undefined, {
    root: { basicConstraints: { ca: true, critical: false } },
  }),
  one('a root with room for one intermediate', undefined, {
    length: 3,
    root: { basicConstraints: { ca: true, pathLength: 1 } },
  }),
  one('names that need quoting', undefined, { leaf: quotedName }),
];

const leafCases: readonly ChainCase[] = [
  one('a leaf that is a CA', 'notCa', { leaf: { basicConstraints: { ca: true } } }),
  one('no key usage', 'keyUsageCritical', { leaf: { keyUsage: null } }),
  one('key usage not critical', 'keyUsageCritical', {
    leaf: { keyUsage: { usages: ['digitalSignature'], critical: false } },
  }),
  one('no digitalSignature', 'keyUsageDigitalSignature', { leaf: { keyUsage: { usages: ['nonRepudiation'] } } }),
  one('an empty key usage', 'keyUsageDigitalSignature', { leaf: { keyUsage: { usages: [] } } }),
  ...forbiddenUsages.map((usage) =>
    one(`key usage ${usage}`, 'keyUsageOnlySigning', { leaf: { keyUsage: { usages: ['digitalSignature', usage] } } }),
  ),
  one('every key usage', 'keyUsageOnlySigning', {
    leaf: { keyUsage: { usages: ['digitalSignature', ...forbiddenUsages] } },
  }),
  ...Object.entries(forbiddenExtendedUsages).map(([usage, oid]) =>
    one(`extended key usage ${usage}`, 'extendedKeyUsage', {
      leaf: { extendedKeyUsage: { oids: [codeSigning, oid] } },
    }),
  ),
  one('an RSA leaf of 1024 bits', 'keyAlgorithm', { algorithm: 'RSA-1024' }),
  one('a leaf on P-224', 'keyAlgorithm', { algorithm: 'EC-224' }),
  one('an Ed25519 leaf', 'keyAlgorithm', { algorithm: 'Ed25519' }),
  one('a lone certificate with serverAuth', 'extendedKeyUsage', {
    length: 1,
    leaf: { extendedKeyUsage: { oids: [serverAuth] } },
  }),
  one('a lone certificate that is a CA', 'notCa', { length: 1, leaf: { basicConstraints: { ca: true } } }),
  one('a broken rule and a name that needs quoting', 'keyUsageCritical', { leaf: { ...quotedName, keyUsage: null } }),
];

const authorityCases: readonly ChainCase[] = [
  one('a root without basic constraints', 'isCa', { root: { basicConstraints: null } }),
  one('a root that says it is no CA', 'isCa', { root: { basicConstraints: { ca: false } } }),
  one('a version 1 root', 'isCa', { root: { version: 1, basicConstraints: null, keyUsage: null } }),
  one('an intermediate that is no CA', 'isCa', { length: 3, intermediate: { basicConstraints: null } }),
  one('a root without key usage', 'keyUsageCritical', { root: { keyUsage: null } }),
  one('a root whose key usage is not critical', 'keyUsageCritical', {
    root: { keyUsage: { usages: ['keyCertSign'], critical: false } },
  }),
  one('a root without keyCertSign', 'keyCertSign', { root: { keyUsage: { usages: ['cRLSign'] } } }),
  one('a root with an empty key usage', 'keyCertSign', { root: { keyUsage: { usages: [] } } }),
  one('an intermediate without keyCertSign', 'keyCertSign', {
    length: 3,
    intermediate: { keyUsage: { usages: ['digitalSignature'] } },
  }),
  one('a root with no room for intermediates', 'pathLength', {
    length: 3,
    root: { basicConstraints: { ca: true, pathLength: 0 } },
  }),
];

const shapeCases: readonly ChainCase[] = [
  one('a leaf signed by a stranger', 'chainIssuedInOrder', { leaf: { signedBy: 'stranger' } }),
  one('a leaf that names another issuer', 'chainIssuedInOrder', { leaf: { issuer: [['CN', 'other']] } }),
  one('an intermediate signed by a stranger', 'chainIssuedInOrder', {
    length: 3,
    intermediate: { signedBy: 'stranger' },
  }),
  one('a leaf signed with SHA-1', 'signatureAlgorithm', { leaf: { hash: 'sha1' } }),
  one('a leaf signed with MD5', 'signatureAlgorithm', { root: { key: 'RSA-2048' }, leaf: { hash: 'md5' } }),
  one('a root signed with SHA-1', 'signatureAlgorithm', { root: { hash: 'sha1' } }),
  one('a lone certificate signed with MD5', 'signatureAlgorithm', {
    length: 1,
    algorithm: 'RSA-2048',
    leaf: { hash: 'md5' },
  }),
  one('a lone certificate signed by a stranger', 'chainEndsInRoot', { length: 1, leaf: { signedBy: 'stranger' } }),
  one('a lone RSA certificate signed by an EC key', 'signatureAlgorithm', {
    length: 1,
    algorithm: 'RSA-2048',
    leaf: { signedBy: 'stranger' },
  }),
  one('a lone certificate that names another issuer', 'chainEndsInRoot', {
    length: 1,
    leaf: { issuer: [['CN', 'other']] },
  }),
  one('a root that names another issuer', 'chainEndsInRoot', { root: { issuer: [['CN', 'other']] } }),
  one('a root signed by a stranger', 'chainEndsInRoot', { root: { signedBy: 'stranger' } }),
  one('a self-signed CA as leaf', 'chainNoOtherSelfSigned', {
    leaf: { ...caShape('own'), issuer: caShape('own').subject ?? [], signedBy: 'self' },
  }),
  one('a self-signed intermediate', 'chainNoOtherSelfSigned', {
    length: 3,
    intermediate: { issuer: caShape('intermediate').subject ?? [], signedBy: 'self' },
  }),
  arranged('a chain without its root', 'chainEndsInRoot', { length: 3 }, [0, 1]),
  arranged('a leaf without its root', 'chainEndsInRoot', { length: 2 }, [0]),
  arranged('root first', 'chainNoOtherSelfSigned', { length: 2 }, [1, 0]),
  arranged('root twice', 'chainNoOtherSelfSigned', { length: 2 }, [0, 1, 1]),
  arranged('intermediate left out', 'chainIssuedInOrder', { length: 3 }, [0, 2]),
];

/** Chains for every rule of the signature specification's "Certificate requirements". */
export const chainCases: readonly ChainCase[] = [...goodCases, ...leafCases, ...authorityCases, ...shapeCases];
