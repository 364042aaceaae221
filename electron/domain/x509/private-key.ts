import { createPrivateKey, type KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { keyAlgorithmOf, keyFault } from './key-algorithm.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { parsePem, type PemBlock } from './pem.ts';

const maxPemLength = 65_536;
/** PKCS#1, PKCS#8 and SEC1: the reference tries each of them, whatever the label says. */
const forms = ['pkcs8', 'pkcs1', 'sec1'] as const;

function malformed(fault: string): AppError {
  return new AppError('key.malformed', { fault });
}

function findKeyBlock(pem: string): PemBlock {
  if (pem.length > maxPemLength) throw malformed('larger than 64 KiB');
  let blocks: readonly PemBlock[];
  try {
    blocks = parsePem(pem);
  } catch (error) {
    throw error instanceof CodecError ? malformed(error.message) : error;
  }
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!block) throw malformed('no PEM block with a private key');
  const isEncrypted =
    block.label.startsWith('ENCRYPTED') || block.headers.some((header) => header.includes('ENCRYPTED'));
  if (isEncrypted) throw new AppError('key.encrypted', {});
  return block;
}

/**
 * A private key from the first key block of a PEM text: PKCS#8, PKCS#1 or SEC1, not encrypted, of a kind that Notation signs with.
 * The text never becomes part of an error.
 *
 * @throws AppError `key.malformed`, `key.encrypted`, `key.unsupported`
 */
export function parsePrivateKey(pem: string): KeyObject {
  const block = findKeyBlock(pem);
  const der = Buffer.from(block.bytes);
  for (const type of forms) {
    let key: KeyObject;
    try {
      key = createPrivateKey({ key: der, format: 'der', type });
    } catch {
      continue;
    }
    if (keyAlgorithmOf(key) === undefined) throw new AppError('key.unsupported', { algorithm: keyFault(key) ?? '' });
    return key;
  }
  throw malformed('not a PKCS#8, PKCS#1 or SEC1 private key');
}

/** Refuses a key that is not the certificate's. @throws AppError `key.doesNotMatch` */
export function assertKeyMatchesCertificate(key: KeyObject, certificate: ParsedCertificate): void {
  if (!certificate.x509.checkPrivateKey(key)) throw new AppError('key.doesNotMatch', { subject: certificate.subject });
}
