import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  X509CertificateGenerator,
  type JsonNameParams,
} from '@peculiar/x509';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CertificateSubject, KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { Clock, Random } from '../ports.ts';
import { toPem } from './pem.ts';

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
const serialBytes = 16;

function rsa(bits: number): webcrypto.RsaHashedKeyGenParams {
  return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) };
}

function ec(bits: number, hash: string): webcrypto.EcKeyGenParams & { hash: string } {
  return { name: 'ECDSA', namedCurve: `P-${bits}`, hash };
}

/** RSA certificates are signed as the reference's are, with SHA-256 and PKCS#1 v1.5 whatever the key's size. */
const algorithms = {
  'RSA-2048': rsa(2048),
  'RSA-3072': rsa(3072),
  'RSA-4096': rsa(4096),
  'EC-256': ec(256, 'SHA-256'),
  'EC-384': ec(384, 'SHA-384'),
  'EC-521': ec(521, 'SHA-512'),
} satisfies Record<KeyAlgorithm, unknown>;

const lengthLimits: Readonly<Record<string, number>> = {
  name: 64,
  country: 2,
  state: 128,
  locality: 128,
  organization: 64,
};

function assertSubject(fields: Readonly<Record<string, string>>): void {
  const refuse = (field: string, fault: string): never => {
    throw new AppError('key.badSubject', { field, fault });
  };
  for (const [field, value] of Object.entries(fields)) {
    if (value === '' && field !== 'locality') refuse(field, 'is empty');
    if (value.length > (lengthLimits[field] ?? 0)) refuse(field, `is longer than ${lengthLimits[field]} characters`);
    if (/[\p{Cc}\p{Cs}]/u.test(value)) refuse(field, 'has a control character');
  }
  if (!/^[A-Z]{2}$/.test(fields['country'] ?? '')) refuse('country', 'is not two capital letters');
}

/** PrintableString where the text allows it, as Go encodes names. The object form keeps any text from being read as name syntax. */
function toNameValue(text: string): { printableString: string } | { utf8String: string } {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? { printableString: text } : { utf8String: text };
}

/** In the order that Go writes a name in. */
function toSubjectName(name: string, subject: CertificateSubject): Name {
  const attributes: JsonNameParams = [
    { C: [toNameValue(subject.country)] },
    { ST: [toNameValue(subject.state)] },
    ...(subject.locality === '' ? [] : [{ L: [toNameValue(subject.locality)] }]),
    { O: [toNameValue(subject.organization)] },
    { CN: [toNameValue(name)] },
  ];
  return new Name(attributes);
}

function toSerialNumber(random: Random): string {
  const bytes = Uint8Array.from(random.bytes(serialBytes));
  // Positive, and never shortened: neither the sign bit nor a leading zero byte.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

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
  const algorithm = algorithms[request.algorithm];
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
