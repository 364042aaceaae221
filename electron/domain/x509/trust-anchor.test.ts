import { describe, expect, it } from 'vitest';
import { caShape, createTestChain, issueCertificate, leafShape } from '../../testing/chain-factory.ts';
import { parseCertificate } from './parse-certificate.ts';
import { anchorFault } from './trust-anchor.ts';

const chain = createTestChain({ length: 3 });
const [leaf, intermediate, root] = chain.certificates;
if (!leaf || !intermediate || !root) throw new Error('a chain of three');
const selfSigned = parseCertificate(issueCertificate(leafShape).der);
const renamed = parseCertificate(issueCertificate({ ...leafShape, issuer: [['CN', 'other']] }).der);
const expired = parseCertificate(
  issueCertificate({ ...caShape('old'), notAfter: new Date('2020-01-01T00:00:00Z') }).der,
);
const rootRenamed = parseCertificate(issueCertificate({ ...caShape('r'), issuer: [['CN', 'other']] }).der);
const notCa = (name: string): string =>
  `certificate with subject "CN=${name},O=Notary,ST=WA,C=US" is not a CA certificate or self-signed signing certificate`;
const notRoot = (name: string): string =>
  `certificate with subject "CN=${name},O=Notary,ST=WA,C=US" is not a root CA certificate: `;
const cannotSign = 'x509: invalid signature: parent certificate cannot sign this kind of certificate';

describe('trust anchors', () => {
  it.each([
    ['a root', root, undefined, undefined],
    ['an expired root', expired, undefined, undefined],
    ['an intermediate', intermediate, undefined, `${notRoot('intermediate')}x509: ECDSA verification failure`],
    ['a leaf', leaf, notCa('leaf'), notCa('leaf')],
    ['a self-signed certificate', selfSigned, undefined, `${notRoot('leaf')}${cannotSign}`],
    ['one that names another issuer', renamed, undefined, `${notRoot('leaf')}${cannotSign}`],
    [
      'a root that names another issuer',
      rootRenamed,
      undefined,
      `${notRoot('r')}issuer (CN=other) and subject (CN=r,O=Notary,ST=WA,C=US) are not the same`,
    ],
  ])('%s', (_name, certificate, asCa, asTsa) => {
    expect(anchorFault(certificate, 'ca')).toBe(asCa);
    expect(anchorFault(certificate, 'signingAuthority')).toBe(asCa);
    expect(anchorFault(certificate, 'tsa')).toBe(asTsa);
  });
});
