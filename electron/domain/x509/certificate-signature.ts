import { constants, verify } from 'node:crypto';
import type { CertificateSignatureAlgorithm } from './certificate-signature-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';

/** Why a certificate's signature is not accepted: what kind of reason, and the reference's sentence. */
export interface SignatureFault {
  readonly kind: 'parentNotCa' | 'parentNoCertSign' | 'algorithm' | 'value';
  readonly message: string;
}

const constraintViolation = 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
const keyNames: Readonly<Record<string, string>> = { rsa: 'RSA', ec: 'ECDSA', ed25519: 'Ed25519', dsa: 'DSA' };
const goKeyTypes: Readonly<Record<string, string>> = {
  rsa: '*rsa.PublicKey',
  ec: '*ecdsa.PublicKey',
  ed25519: 'ed25519.PublicKey',
  dsa: '*dsa.PublicKey',
};
const valueFaults: Readonly<Record<string, string>> = {
  rsa: 'crypto/rsa: verification error',
  ec: 'x509: ECDSA verification failure',
  ed25519: 'x509: Ed25519 verification failure',
};
const minRsaBits = 1024;
const longBytes = 65_536;

/** Whether the value fits a key is asked again with every signature of the same signer, and never changes. */
const verified = new WeakMap<ParsedCertificate, WeakMap<ParsedCertificate, boolean>>();

function hasValueOf(certificate: ParsedCertificate, parent: ParsedCertificate): boolean {
  const known = verified.get(certificate) ?? new WeakMap<ParsedCertificate, boolean>();
  verified.set(certificate, known);
  const before = known.get(parent);
  if (before !== undefined) return before;
  let fits = false;
  try {
    fits = certificate.x509.verify(parent.publicKey);
  } catch {
    // A key that cannot verify this kind of signature; the value does not fit.
  }
  known.set(parent, fits);
  return fits;
}

function algorithmFault(message: string): SignatureFault {
  return { kind: 'algorithm', message };
}

/** Why no value of this algorithm can be a parent's signature, before the value is looked at. */
function algorithmFaultOf(
  algorithm: CertificateSignatureAlgorithm | undefined,
  { publicKey }: ParsedCertificate,
  allowSha1: boolean,
): SignatureFault | undefined {
  const keyType = publicKey.asymmetricKeyType ?? '';
  if (!algorithm || !Object.hasOwn(goKeyTypes, keyType))
    return algorithmFault('x509: cannot verify signature: algorithm unimplemented');
  if (algorithm.hash === 'md5' || (algorithm.hash === 'sha1' && !allowSha1)) {
    return algorithmFault(`x509: cannot verify signature: insecure algorithm ${algorithm.name}`);
  }
  if (algorithm.keyType !== keyType) {
    return algorithmFault(
      `x509: signature algorithm specifies an ${keyNames[algorithm.keyType]} public key, but have public key of type ${goKeyTypes[keyType]}`,
    );
  }
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < minRsaBits)
    return algorithmFault(
      `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`,
    );
  return Object.hasOwn(valueFaults, keyType)
    ? undefined
    : algorithmFault('x509: cannot verify signature: algorithm unimplemented');
}

function toValueFault({ publicKey }: ParsedCertificate): SignatureFault {
  return { kind: 'value', message: valueFaults[publicKey.asymmetricKeyType ?? ''] ?? '' };
}

/** The signature value and its algorithm, without asking whether the parent may sign certificates. */
function valueFault(
  certificate: ParsedCertificate,
  parent: ParsedCertificate,
  allowSha1: boolean,
): SignatureFault | undefined {
  const fault = algorithmFaultOf(certificate.signatureAlgorithm, parent, allowSha1);
  if (fault) return fault;
  return hasValueOf(certificate, parent) ? undefined : toValueFault(parent);
}

/** Why a certificate's signature is not one that `parent` may and did make; undefined when it is. MD5 and SHA-1 are refused. */
export function signatureFaultFrom(
  certificate: ParsedCertificate,
  parent: ParsedCertificate,
): SignatureFault | undefined {
  const basic = parent.basicConstraints;
  if ((parent.version === 3 && !basic) || (basic && !basic.ca))
    return { kind: 'parentNotCa', message: constraintViolation };
  const usages = parent.keyUsage?.usages;
  if (usages && usages.size > 0 && !usages.has('keyCertSign'))
    return { kind: 'parentNoCertSign', message: constraintViolation };
  return valueFault(certificate, parent, false);
}

/** Why a certificate is not signed with its own key; undefined when it is. SHA-1 passes here, as with the reference. */
export function ownSignatureFault(certificate: ParsedCertificate): SignatureFault | undefined {
  return valueFault(certificate, certificate, true);
}

/** Why a certificate's signature value is not made with `parent`'s key, which may be no CA's; undefined when it is. SHA-1 passes. */
export function keySignatureFault(
  certificate: ParsedCertificate,
  parent: ParsedCertificate,
): SignatureFault | undefined {
  return valueFault(certificate, parent, true);
}

/** A list or answer that somebody signed, with what the signature covers. */
export interface SignedBytes {
  readonly covered: Uint8Array;
  readonly algorithm: CertificateSignatureAlgorithm | undefined;
  readonly value: Uint8Array;
}

/**
 * Why bytes are not signed with a certificate's key; undefined when they are. SHA-1 passes, as with the reference. With many bytes
 * the work is done beside the event loop: lists may be long.
 */
export async function signedBytesFault(
  { covered, algorithm, value }: SignedBytes,
  signer: ParsedCertificate,
): Promise<SignatureFault | undefined> {
  const fault = algorithmFaultOf(algorithm, signer, true);
  if (fault || !algorithm) return fault;
  const isPss = algorithm.name.endsWith('RSAPSS');
  const key = isPss
    ? { key: signer.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : signer.publicKey;
  const hash = algorithm.hash === 'none' ? null : algorithm.hash;
  const fitsAtOnce = (): boolean => {
    try {
      return verify(hash, covered, key, value);
    } catch {
      // A value that is not even of the right form.
      return false;
    }
  };
  const fitsLater = (): Promise<boolean> =>
    new Promise((resolve) => {
      verify(hash, covered, key, value, (error, result) => resolve(error === null && result));
    });
  const fits = covered.length > longBytes ? await fitsLater() : fitsAtOnce();
  return fits ? undefined : toValueFault(signer);
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** Whether the names say so: subject of the parent and issuer of the certificate, byte for byte. */
export function isIssuerName(certificate: ParsedCertificate, parent: ParsedCertificate): boolean {
  return isEqual(parent.rawSubject, certificate.rawIssuer);
}

/** Whether names and signature say that a certificate stands for itself, whatever it may be used for. */
export function isSelfSigned(certificate: ParsedCertificate): boolean {
  return isIssuerName(certificate, certificate) && ownSignatureFault(certificate) === undefined;
}
