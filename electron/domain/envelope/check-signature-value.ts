import { constants, verify, type KeyObject } from 'node:crypto';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { keyFault, signatureAlgorithmOf } from '../x509/key-algorithm.ts';
import type { DecodedEnvelope, SignatureAlgorithm } from './envelope.ts';
import { signatureAlgorithms } from './envelope-rules.ts';

/** Whether the signature value fits; if not, why, as the reference says it. */
export type SignatureValueCheck = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * What each algorithm is: its digest, how long that and so a PSS salt is (rule J-03), and how long the two numbers of an ECDSA
 * signature are together (RFC 7518, sections 3.4 and 3.5).
 */
const schemes: Readonly<
  Record<SignatureAlgorithm, { hash: string } & ({ saltLength: number } | { signatureLength: number })>
> = {
  PS256: { hash: 'sha256', saltLength: 32 },
  PS384: { hash: 'sha384', saltLength: 48 },
  PS512: { hash: 'sha512', saltLength: 64 },
  ES256: { hash: 'sha256', signatureLength: 64 },
  ES384: { hash: 'sha384', signatureLength: 96 },
  ES512: { hash: 'sha512', signatureLength: 132 },
};

/** Whether a signature value was made over bytes with a key, whose kind and size fit the algorithm already. */
export function verifySignatureValue(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  signedBytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  const scheme = schemes[algorithm];
  if ('saltLength' in scheme) {
    const { hash, saltLength } = scheme;
    return verify(hash, signedBytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
  }
  if (signature.length !== scheme.signatureLength) return false;
  return verify(scheme.hash, signedBytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Why the envelope's algorithm is not the one that belongs to the key, in the words the reference has for the format. */
function mismatchMessage(format: SignatureFormat, ofKey: SignatureAlgorithm, specified: SignatureAlgorithm): string {
  if (format === 'cose')
    return `signature is invalid. Error: algorithm mismatch: verifier ${ofKey}: header ${specified}`;
  const [derived, declared] = [ofKey, specified].map((algorithm) => signatureAlgorithms.indexOf(algorithm) + 1);
  return `mismatch between signature algorithm derived from signing certificate (${derived}) and signing algorithm specified (${declared}s)`;
}

/**
 * Whether an envelope's signature value was made over its bytes with the key of its first certificate, by the one algorithm that
 * belongs to that key. Says nothing about trust in the certificate, nor about critical attributes (rule O-01).
 */
export function checkSignatureValue(envelope: DecodedEnvelope): SignatureValueCheck {
  const { format, algorithm } = envelope;
  const [leaf] = envelope.chain;
  if (!leaf) return { ok: false, message: 'certificate chain is not present' };
  const { publicKey } = leaf;
  const derived = signatureAlgorithmOf(publicKey);
  if (derived === undefined) return { ok: false, message: keyFault(publicKey) ?? 'unsupported public key type' };
  // RFC 8230, section 6.1: a modulus of 2047 bits fills as many bytes, and is refused in COSE all the same.
  const modulusBits = publicKey.asymmetricKeyDetails?.modulusLength ?? Infinity;
  if (format === 'cose' && modulusBits < 2048) return { ok: false, message: 'RSA key must be at least 2048 bits long' };
  if (derived !== algorithm) return { ok: false, message: mismatchMessage(format, derived, algorithm) };
  if (verifySignatureValue(algorithm, publicKey, envelope.signedBytes, envelope.signature)) return { ok: true };
  const family = publicKey.asymmetricKeyType === 'rsa' ? 'crypto/rsa: ' : 'crypto/ecdsa: ';
  return { ok: false, message: `signature is invalid. Error: ${format === 'jws' ? family : ''}verification error` };
}
