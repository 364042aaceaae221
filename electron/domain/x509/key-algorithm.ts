import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { SignatureAlgorithm } from '../envelope/envelope.ts';

const curves: Readonly<Record<string, { bits: number; label: string }>> = {
  secp224r1: { bits: 224, label: 'P-224' },
  prime256v1: { bits: 256, label: 'P-256' },
  secp384r1: { bits: 384, label: 'P-384' },
  secp521r1: { bits: 521, label: 'P-521' },
};

const signatureAlgorithms: Readonly<Record<KeyAlgorithm, SignatureAlgorithm>> = {
  'RSA-2048': 'PS256',
  'RSA-3072': 'PS384',
  'RSA-4096': 'PS512',
  'EC-256': 'ES256',
  'EC-384': 'ES384',
  'EC-521': 'ES512',
};

/** The size as the reference counts it: of an RSA modulus whole bytes, so that 2047 bits are 2048. */
function bitsOf(key: KeyObject): number {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') return Math.ceil((details?.modulusLength ?? 0) / 8) * 8;
  const curve = details?.namedCurve ?? '';
  return Object.hasOwn(curves, curve) ? (curves[curve]?.bits ?? 0) : 0;
}

/** The key kind (signature specification, "Algorithm selection"), or undefined when Notation does not sign with such a key. */
export function keyAlgorithmOf(key: KeyObject): KeyAlgorithm | undefined {
  const family = key.asymmetricKeyType === 'rsa' ? 'RSA' : key.asymmetricKeyType === 'ec' ? 'EC' : undefined;
  const name = `${family}-${bitsOf(key)}`;
  return Object.hasOwn(signatureAlgorithms, name) ? (name as KeyAlgorithm) : undefined;
}

/** The one algorithm that belongs to a kind of key. */
export function signatureAlgorithmFor(algorithm: KeyAlgorithm): SignatureAlgorithm {
  return signatureAlgorithms[algorithm];
}

/** The one algorithm that belongs to a key, or undefined when Notation does not sign with it. */
export function signatureAlgorithmOf(key: KeyObject): SignatureAlgorithm | undefined {
  const algorithm = keyAlgorithmOf(key);
  return algorithm && signatureAlgorithms[algorithm];
}

/** What the reference says of a key that it does not sign with; undefined when it does. */
export function keyFault(key: KeyObject): string | undefined {
  if (keyAlgorithmOf(key) !== undefined) return undefined;
  if (key.asymmetricKeyType === 'rsa') return `rsa key size ${bitsOf(key)} bits is not supported`;
  if (key.asymmetricKeyType === 'ec') return `ecdsa key size ${bitsOf(key)} bits is not supported`;
  return 'unsupported public key type';
}

/** Whether the reference can read a certificate with this key: of elliptic curves it knows four. */
export function isKnownCurve(key: KeyObject): boolean {
  return key.asymmetricKeyType !== 'ec' || Object.hasOwn(curves, key.asymmetricKeyDetails?.namedCurve ?? '');
}

/** For display: `RSA 2048`, `EC P-256`, or the key's type. */
export function toKeyLabel(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return `RSA ${key.asymmetricKeyDetails?.modulusLength ?? 0}`;
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve !== undefined) return `EC ${(Object.hasOwn(curves, curve) ? curves[curve]?.label : undefined) ?? curve}`;
  return key.asymmetricKeyType ?? 'unknown';
}
