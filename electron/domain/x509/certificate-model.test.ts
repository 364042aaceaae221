import { describe, expect, it } from 'vitest';
import { certificateSchema } from '../../../shared/model/certificate.ts';
import { caShape, createTestChain } from '../../testing/chain-factory.ts';
import { parseCertificates } from './certificate-file.ts';
import { roleAt, toCertificateModel } from './certificate-model.ts';
import { checkCodeSigningChain } from './chain-check.ts';

describe('toCertificateModel', () => {
  it('is what the contract carries', () => {
    const { certificates } = createTestChain({
      length: 3,
      algorithm: 'RSA-2048',
      intermediate: {
        ...caShape('intermediate'),
        basicConstraints: { ca: true, pathLength: 0 },
        crlUrls: ['http://crl.example/'],
      },
    });
    const check = checkCodeSigningChain(certificates, { now: new Date() });
    const models = certificates.map((certificate, position) =>
      toCertificateModel(certificate, roleAt(position, 3), check.certificates[position] ?? []),
    );
    expect(models.map((model) => certificateSchema.parse(model))).toEqual(models);
    expect(models).toMatchObject([
      {
        role: 'leaf',
        commonName: 'leaf',
        keyAlgorithm: 'RSA 2048',
        signatureAlgorithm: 'ECDSA-SHA256',
        isCa: false,
        isSelfSigned: false,
        keyUsages: ['digitalSignature'],
        extendedKeyUsages: ['codeSigning'],
      },
      { role: 'intermediate', isCa: true, pathLength: 0, isSelfSigned: false, crlUrls: ['http://crl.example/'] },
      {
        role: 'root',
        keyAlgorithm: 'EC P-256',
        isCa: true,
        isSelfSigned: true,
        keyUsages: ['keyCertSign', 'cRLSign'],
        extendedKeyUsages: [],
      },
    ]);
    expect(models.every(({ rules }) => rules.length > 0 && rules.every(({ status }) => status === 'holds'))).toBe(true);
    expect(models.flatMap(({ pem }) => parseCertificates(Buffer.from(pem)))).toEqual(certificates);
  });

  it('shows the whole subject where there is no common name', () => {
    const [lone] = createTestChain({ length: 1, leaf: { subject: [['O', 'o']] } }).certificates;
    expect(lone && toCertificateModel(lone, roleAt(0, 1), [])).toMatchObject({
      commonName: 'O=o',
      role: 'leaf',
      isSelfSigned: true,
    });
  });
});
