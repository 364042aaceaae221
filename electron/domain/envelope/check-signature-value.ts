import { errors, flattenedVerify } from 'jose';
import { toBase64Url } from '../codec/base64.ts';
import { keyFault, signatureAlgorithmOf } from '../x509/key-algorithm.ts';
import type { DecodedEnvelope } from './envelope.ts';
import { signatureAlgorithms } from './jws-format.ts';

/** Whether the signature value fits; if not, why, as the reference says it. */
export type SignatureValueCheck = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** A JWS through jose, which refuses any algorithm but the one allowed and any PSS salt but one as long as the digest (rule J-03). */
async function verifyJws(
  envelope: DecodedEnvelope,
  leaf: DecodedEnvelope['chain'][number],
): Promise<SignatureValueCheck> {
  const [header = '', payload = ''] = Buffer.from(envelope.signedBytes).toString('latin1').split('.');
  const jws = { protected: header, payload, signature: toBase64Url(envelope.signature) };
  // Critical attributes that nobody knows are the verifier's to refuse (rule O-01); the value is judged apart from them.
  const critical = envelope.protectedHeaders
    .filter((protectedHeader) => protectedHeader.critical)
    .map(({ name }) => [name, true]);
  try {
    await flattenedVerify(jws, leaf.publicKey, {
      algorithms: [envelope.algorithm],
      crit: Object.fromEntries(critical) as Record<string, boolean>,
    });
    return { ok: true };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      return {
        ok: false,
        message: `signature is invalid. Error: crypto/${leaf.publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ecdsa'}: verification error`,
      };
    }
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      return { ok: false, message: `signature is invalid. Error: ${error.message}` };
    throw error;
  }
}

/**
 * Whether an envelope's signature value was made over its bytes with the key of its first certificate, by the one algorithm that
 * belongs to that key. Says nothing about trust in the certificate.
 */
export async function checkSignatureValue(envelope: DecodedEnvelope): Promise<SignatureValueCheck> {
  const [leaf] = envelope.chain;
  if (!leaf) return { ok: false, message: 'certificate chain is not present' };
  const derived = signatureAlgorithmOf(leaf.publicKey);
  if (derived === undefined) return { ok: false, message: keyFault(leaf.publicKey) ?? 'unsupported public key type' };
  if (derived !== envelope.algorithm) {
    const [ofKey, specified] = [derived, envelope.algorithm].map(
      (algorithm) => signatureAlgorithms.indexOf(algorithm) + 1,
    );
    return {
      ok: false,
      message: `mismatch between signature algorithm derived from signing certificate (${ofKey}) and signing algorithm specified (${specified}s)`,
    };
  }
  return verifyJws(envelope, leaf);
}
