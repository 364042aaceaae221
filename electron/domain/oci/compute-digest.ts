import { createHash } from 'node:crypto';
import { algorithmOf, type Digest, type DigestAlgorithm } from '../../../shared/model/digest.ts';

/** The digest of bytes. */
export function computeDigest(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` as Digest;
}

/** The digest of bytes under the algorithm another digest uses, to be compared with it. */
export function recomputeDigest(bytes: Uint8Array, like: Digest): Digest {
  return computeDigest(bytes, algorithmOf(like));
}
