import { createHash } from 'node:crypto';
import type { Digest, DigestAlgorithm } from '../../../shared/model/digest.ts';

export type Digests = Readonly<Record<DigestAlgorithm, Digest>>;

const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];

/** The digests of bytes that come piece by piece, under every algorithm that a key may ask for. */
export class RunningDigests {
  readonly #hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);

  update(bytes: Uint8Array): void {
    for (const [, hash] of this.#hashes) hash.update(bytes);
  }

  /** The digests of everything so far. To be called once, at the end. */
  finish(): Digests {
    const entries = this.#hashes.map(([algorithm, hash]) => [algorithm, `${algorithm}:${hash.digest('hex')}`]);
    return Object.fromEntries(entries) as Digests;
  }
}
