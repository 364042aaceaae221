import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { DigestAlgorithm } from '../../../shared/model/digest.ts';
import type { SignatureAlgorithm } from '../envelope/envelope.ts';
import type { Digests } from '../oci/running-digests.ts';

/** What is signed of a file. */
export interface BlobContent {
  readonly digests: Digests;
  readonly size: number;
}

/** A file is named by the digest under the hash of the signature's own algorithm (blob signing workflow of the reference). */
export function describeBlob(
  { digests, size }: BlobContent,
  algorithm: SignatureAlgorithm,
  mediaType: string,
): Descriptor {
  return { mediaType, digest: digests[`sha${algorithm.slice(2)}` as DigestAlgorithm], size };
}
