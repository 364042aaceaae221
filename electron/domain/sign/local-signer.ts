import { constants, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SignatureAlgorithm, Signer } from '../envelope/envelope.ts';
import { keyFault, signatureAlgorithmOf } from '../x509/key-algorithm.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { assertKeyMatchesCertificate, parsePrivateKey } from '../x509/private-key.ts';

const signAsync = promisify(sign);

async function signBytes(key: KeyObject, algorithm: SignatureAlgorithm, bytes: Uint8Array): Promise<Uint8Array> {
  const options = algorithm.startsWith('PS')
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : { key, dsaEncoding: 'ieee-p1363' as const };
  return new Uint8Array(await signAsync(`sha${algorithm.slice(2)}`, bytes, options));
}

/**
 * A signer for a private key in PEM and its chain, leaf first. The key must be the leaf's.
 *
 * @throws AppError `key.malformed`, `key.encrypted`, `key.unsupported`, `key.doesNotMatch`; `certificate.malformed` without a chain
 */
export function createLocalSigner(keyPem: string, chain: readonly ParsedCertificate[]): Signer {
  const privateKey = parsePrivateKey(keyPem);
  const [leaf] = chain;
  if (!leaf)
    throw new AppError('certificate.malformed', { fault: 'certificate chain must contain at least one certificate' });
  assertKeyMatchesCertificate(privateKey, leaf);
  const algorithm = signatureAlgorithmOf(privateKey);
  if (!algorithm) throw new AppError('key.unsupported', { algorithm: keyFault(privateKey) ?? '' });
  return {
    algorithm,
    chain,
    privateKey,
    sign: async (bytes, signal) => {
      signal.throwIfAborted();
      return signBytes(privateKey, algorithm, bytes);
    },
  };
}
