import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import type { RemoteRepository } from '../domain/registry/remote-repository.ts';

/** What the signatures here are about. */
export const subject: Descriptor = {
  mediaType: mediaTypes.ociManifest,
  digest: computeDigest(Buffer.from('subject')),
  size: 7,
};

/** A signature manifest without an envelope, told from others by its name. */
export function signature(name: string): Parameters<RemoteRepository['pushReferrer']>[0] {
  const config = { mediaType: mediaTypes.ociEmpty, digest: computeDigest(Buffer.from('{}')), size: 2 };
  const kind = { mediaType: mediaTypes.ociManifest, artifactType: mediaTypes.notarySignature };
  const annotations = { name };
  const manifest = { schemaVersion: 2, ...kind, config, layers: [], subject, annotations };
  return { ...kind, bytes: Buffer.from(JSON.stringify(manifest)), subject, annotations };
}

export const digestOfSignature = (name: string): string => computeDigest(signature(name).bytes);
