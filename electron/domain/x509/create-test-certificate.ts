import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CertificateSubject, KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { Clock, Random } from '../ports.ts';
import { toPem } from './pem.ts';
import { assertSubject, generationOf, toSerialNumber, toSubjectName } from './test-certificate-parts.ts';

/** What {@link createTestCertificate} makes it from. */
export interface TestCertificateRequest {
  /** Becomes the common name. */
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly validityDays: number;
  readonly subject: CertificateSubject;
  readonly random: Random;
  readonly clock: Clock;
}

const msPerDay = 86_400_000;

/**
 * A new key and its self-signed certificate with the profile of the reference's `cert generate-test`: critical key usage
 * digitalSignature alone, extended key usage codeSigning, no basic constraints, no key identifiers; valid from now on. The key is
 * PKCS#8 in PEM, not encrypted.
 *
 * @throws AppError `key.badSubject`
 */
export async function createTestCertificate(
  request: TestCertificateRequest,
): Promise<{ keyPem: string; certificatePem: string }> {
  const { name, subject } = request;
  assertSubject({ name, ...subject });
  const algorithm = generationOf(request.algorithm);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notBefore = new Date(Math.floor(request.clock.now().getTime() / 1000) * 1000);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: toSerialNumber(request.random),
      name: toSubjectName(name, subject),
      notBefore,
      notAfter: new Date(notBefore.getTime() + request.validityDays * msPerDay),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.codeSigning], false),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    keyPem: toPem('PRIVATE KEY', new Uint8Array(pkcs8)),
    certificatePem: toPem('CERTIFICATE', new Uint8Array(certificate.rawData)),
  };
}
