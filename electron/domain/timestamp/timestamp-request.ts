import { createHash } from 'node:crypto';
import type { Random } from '../ports.ts';
import { der, derBoolean, derInteger, derNull, derOctetString, derOid, derSequence } from '../x509/der-writer.ts';
import { oidOfHash, type HashName } from './hash-algorithms.ts';

/** A question to a timestamp authority, and what its answer must repeat. */
export interface TimestampRequest {
  /** DER of TimeStampReq. */
  readonly bytes: Uint8Array;
  /** DER of the message imprint. */
  readonly rawImprint: Uint8Array;
  /** Lower-case hex. */
  readonly nonce: string;
}

const nonceBytes = 20;

/** Random, positive, and never shorter than its 20 bytes. */
function createNonce(random: Random): Uint8Array {
  const nonce = Uint8Array.from(random.bytes(nonceBytes));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/**
 * A question for a token over a signature (RFC 3161, section 2.4.1): version 1, the hash with NULL parameters, a random nonce, the
 * certificates asked for, no policy.
 *
 * @param hash of the signing key (signature specification, "Timestamp countersignature")
 */
export function createTimestampRequest(signature: Uint8Array, hash: HashName, random: Random): TimestampRequest {
  const digest = createHash(hash).update(signature).digest();
  const rawImprint = derSequence(derSequence(derOid(oidOfHash(hash)), derNull()), derOctetString(digest));
  const nonce = createNonce(random);
  const version = der(0x02, Uint8Array.of(1));
  return {
    bytes: derSequence(version, rawImprint, derInteger(nonce), derBoolean(true)),
    rawImprint,
    nonce: Buffer.from(nonce).toString('hex'),
  };
}
