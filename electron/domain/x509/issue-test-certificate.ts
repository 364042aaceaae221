import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import type { CertificateSubject, KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { Random } from '../ports.ts';
import { derInteger } from './der-writer.ts';
import { parsePem, toPem } from './pem.ts';
import { assertSubject, generationOf, toSerialNumber, toSubjectName } from './test-certificate-parts.ts';

/** A test authority with its private key, able to issue. */
export interface TestIssuer {
  readonly algorithm: KeyAlgorithm;
  /** PEM, PKCS#8, unencrypted. */
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** What a test certificate is to be. */
export interface TestCertificateShape {
  /** Roots and intermediates issue; a leaf signs code. */
  readonly role: 'root' | 'intermediate' | 'leaf';
  /** Becomes the common name. */
  readonly name: string;
  readonly subject: CertificateSubject;
  /** The organizational unit, which marks it as a test certificate. */
  readonly unit: string;
  readonly algorithm: KeyAlgorithm;
  /** Whole seconds. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Where a list of revoked certificates is said to be. */
  readonly crlUrl?: string;
}

const crlNumberOid = '2.5.29.20';

function extensionsOf({ role, crlUrl }: TestCertificateShape): Extension[] {
  if (role === 'leaf')
    return [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.codeSigning], false),
      ...(crlUrl === undefined ? [] : [new CRLDistributionPointsExtension([crlUrl])]),
    ];
  return [
    new BasicConstraintsExtension(true, role === 'intermediate' ? 0 : undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

async function importKey({ keyPem, algorithm }: TestIssuer): Promise<webcrypto.CryptoKey> {
  const [block] = parsePem(keyPem);
  return webcrypto.subtle.importKey('pkcs8', block?.bytes ?? new Uint8Array(), generationOf(algorithm), false, [
    'sign',
  ]);
}

/**
 * A new key and its certificate, issued by `issuer` or, without one, by itself. It keeps the certificate requirements of its role
 * (signature specification, "Certificate requirements").
 *
 * @throws AppError `key.badSubject`
 */
export async function issueTestCertificate(
  shape: TestCertificateShape,
  random: Random,
  issuer?: TestIssuer,
): Promise<TestIssuer> {
  const { name, subject, unit, algorithm, notBefore, notAfter } = shape;
  assertSubject({ name, ...subject });
  const generation = generationOf(algorithm);
  const keys = await webcrypto.subtle.generateKey(generation, true, ['sign', 'verify']);
  const ownName = toSubjectName(name, subject, unit);
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: toSerialNumber(random),
      subject: ownName,
      issuer: issuer ? new X509Certificate(issuer.certificatePem).subjectName : ownName,
      notBefore,
      notAfter,
      publicKey: keys.publicKey,
      signingKey: issuer ? await importKey(issuer) : keys.privateKey,
      signingAlgorithm: issuer ? generationOf(issuer.algorithm) : generation,
      extensions: extensionsOf(shape),
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    algorithm,
    keyPem: toPem('PRIVATE KEY', new Uint8Array(pkcs8)),
    certificatePem: toPem('CERTIFICATE', new Uint8Array(certificate.rawData)),
  };
}

/** A list of the issuer that revokes one certificate (RFC 5280, section 5.1), in DER. Times in whole seconds. */
export async function issueTestCrl(
  issuer: TestIssuer,
  revoked: { readonly serialNumber: string; readonly revokedAt: Date },
  times: { readonly thisUpdate: Date; readonly nextUpdate: Date },
): Promise<Uint8Array> {
  const crl = await X509CrlGenerator.create(
    {
      issuer: new X509Certificate(issuer.certificatePem).subjectName,
      ...times,
      entries: [{ serialNumber: revoked.serialNumber, revocationDate: revoked.revokedAt }],
      extensions: [new Extension(crlNumberOid, false, derInteger(Uint8Array.of(1)))],
      signingAlgorithm: generationOf(issuer.algorithm),
      signingKey: await importKey(issuer),
    },
    webcrypto,
  );
  return new Uint8Array(crl.rawData);
}
