import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { Name, type JsonNameParams } from '@peculiar/x509';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CertificateSubject, KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { Random } from '../ports.ts';

const serialBytes = 16;

function rsa(bits: number): webcrypto.RsaHashedKeyGenParams {
  return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) };
}

function ec(bits: number, hash: string): webcrypto.EcKeyGenParams & { hash: string } {
  return { name: 'ECDSA', namedCurve: `P-${bits}`, hash };
}

type KeyGeneration = ReturnType<typeof rsa> | ReturnType<typeof ec>;

/** RSA certificates are signed as the reference's are, with SHA-256 and PKCS#1 v1.5 whatever the key's size. */
const algorithms = {
  'RSA-2048': rsa(2048),
  'RSA-3072': rsa(3072),
  'RSA-4096': rsa(4096),
  'EC-256': ec(256, 'SHA-256'),
  'EC-384': ec(384, 'SHA-384'),
  'EC-521': ec(521, 'SHA-512'),
} satisfies Record<KeyAlgorithm, KeyGeneration>;

/** What web cryptography needs to make a key of a kind and to sign certificates with it. */
export function generationOf(algorithm: KeyAlgorithm): KeyGeneration {
  return algorithms[algorithm];
}

const lengthLimits: Readonly<Record<string, number>> = {
  name: 64,
  country: 2,
  state: 128,
  locality: 128,
  organization: 64,
};

/** Refuses a subject that no trust policy could name. @throws AppError `key.badSubject` */
export function assertSubject(fields: Readonly<Record<string, string>>): void {
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

/** A name in the order that Go writes one in; `unit` is the organizational unit, where there is to be one. */
export function toSubjectName(name: string, subject: CertificateSubject, unit?: string): Name {
  const attributes: JsonNameParams = [
    { C: [toNameValue(subject.country)] },
    { ST: [toNameValue(subject.state)] },
    ...(subject.locality === '' ? [] : [{ L: [toNameValue(subject.locality)] }]),
    { O: [toNameValue(subject.organization)] },
    ...(unit === undefined ? [] : [{ OU: [toNameValue(unit)] }]),
    { CN: [toNameValue(name)] },
  ];
  return new Name(attributes);
}

/** A fresh serial number of 16 bytes, in hex. */
export function toSerialNumber(random: Random): string {
  const bytes = Uint8Array.from(random.bytes(serialBytes));
  // Positive, and never shortened: neither the sign bit nor a leading zero byte.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}
