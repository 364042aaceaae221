import { constants, createHash, verify, type VerifyKeyObjectInput } from 'node:crypto';
import { DerReader, parseDerOid, derTag } from '../x509/der-reader.ts';
import { parseDerTime } from '../x509/der-time.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { hashOf, type HashName } from './hash-algorithms.ts';
import type { SignerInfo, TimestampToken } from './signed-data.ts';
import { findSigningCertificate } from './signing-certificate.ts';
import { decodeDer, TimestampFault } from './timestamp-fault.ts';

/** A signer whose signature over the token holds, and the certificate it was made with. Nothing says yet that it is trusted. */
export interface TokenSigner {
  readonly certificate: ParsedCertificate;
  /** A claim of the signer; its chain must have been valid then. */
  readonly signingTime?: Date;
}

const attributes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const;
const tstInfo = '1.2.840.113549.1.9.16.1.4';

interface Scheme {
  readonly keyType: 'rsa' | 'ec';
  readonly isPss?: boolean;
  /** Absent: the signer's digest algorithm decides. */
  readonly hash?: HashName;
}
const schemes: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.1': { keyType: 'rsa' },
  '1.2.840.113549.1.1.10': { keyType: 'rsa', isPss: true },
  '1.2.840.113549.1.1.11': { keyType: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { keyType: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { keyType: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { keyType: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { keyType: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { keyType: 'ec', hash: 'sha512' },
};

function failure(message: string): TimestampFault {
  return new TimestampFault(`cms verification failure: ${message}`, { code: 'tokenInvalid' });
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

function fits(hash: HashName, bytes: Uint8Array, key: VerifyKeyObjectInput, value: Uint8Array): boolean {
  try {
    return verify(hash, bytes, key, value);
  } catch {
    // A key too small for the digest, for one; the value does not fit.
    return false;
  }
}

/** The value under the key of the certificate; with PSS the salt is as long as the digest, as everywhere (rule J-03). */
function checkValue(signer: SignerInfo, signedBytes: Uint8Array, { publicKey }: ParsedCertificate): void {
  const scheme = Object.hasOwn(schemes, signer.signatureAlgorithm) ? schemes[signer.signatureAlgorithm] : undefined;
  const hash = scheme?.hash ?? hashOf(signer.digestAlgorithm);
  if (scheme === undefined || hash === undefined) throw failure('unknown signature algorithm');
  if (publicKey.asymmetricKeyType !== scheme.keyType)
    throw failure('x509: signature algorithm does not belong to the public key of the certificate');
  if (!fits(hash, signedBytes, scheme.isPss ? { key: publicKey, ...pss } : { key: publicKey }, signer.signature))
    throw failure(scheme.keyType === 'rsa' ? 'crypto/rsa: verification error' : 'x509: ECDSA verification failure');
}

/** RFC 5652, section 11: content type and digest must be signed, and must be the token's own. */
function checkAttributes(token: TimestampToken, signer: SignerInfo): void {
  const { signedAttributes } = signer;
  const contentType = signedAttributes.get(attributes.contentType);
  if (contentType === undefined) throw failure('invalid content type: attribute not found');
  const found = decodeDer('cms verification failure: invalid content type', 'tokenInvalid', () =>
    parseDerOid(new DerReader(contentType.raw).readContent(derTag.oid, 'content type')),
  );
  if (found !== tstInfo)
    throw failure(`mismatch content type: found "${found}" in signer info, and "${tstInfo}" in signed data`);
  const digest = signedAttributes.get(attributes.messageDigest);
  if (digest === undefined) throw failure('invalid message digest: attribute not found');
  const expected = decodeDer('cms verification failure: invalid message digest', 'tokenInvalid', () =>
    new DerReader(digest.raw).readContent(derTag.octetString, 'message digest'),
  );
  const hash = hashOf(signer.digestAlgorithm);
  if (hash === undefined) throw failure('unsupported digest algorithm');
  if (Buffer.compare(createHash(hash).update(token.content).digest(), expected) !== 0)
    throw failure('mismatch message digest');
}

function readSigningTime({ signedAttributes }: SignerInfo): Date | undefined {
  const time = signedAttributes.get(attributes.signingTime);
  return time && decodeDer('cms verification failure: invalid signing time', 'tokenInvalid', () => parseDerTime(time));
}

/**
 * Whether a signer's signature over a token holds, before anything that it signs is looked at (rule A-25): the certificate by
 * its signed attribute, the value under its key, and the signed attributes, which a token may not lack (rule A-26).
 * RFC 5652, section 5.6; RFC 3161, section 2.4.2.
 *
 * @throws TimestampFault in the reference's words
 */
export function checkSigner(token: TimestampToken, signer: SignerInfo): TokenSigner {
  const certificate = findSigningCertificate(token, signer);
  if (signer.version !== '01')
    throw failure(
      `invalid signer info version: only version 1 is supported; got ${Number.parseInt(signer.version, 16)}`,
    );
  if (signer.signedBytes === undefined) throw failure('missing signed attributes');
  checkValue(signer, signer.signedBytes, certificate);
  checkAttributes(token, signer);
  const signingTime = readSigningTime(signer);
  return { certificate, ...(signingTime && { signingTime }) };
}
