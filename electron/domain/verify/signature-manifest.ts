import { AppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { listedTypeOf, parseManifest } from '../oci/manifest.ts';
import type { Manifest } from '../oci/repository.ts';

/** What a signature manifest points at. */
export interface SignatureManifest {
  readonly subject?: Descriptor;
  readonly envelope: Descriptor;
}

/** Whether a manifest is a Notation signature by its own word, and what it refers to. */
export function subjectOfSignature({ bytes, descriptor }: Manifest): Descriptor | undefined {
  const manifest = parseManifest(bytes, descriptor.mediaType, descriptor.digest);
  return listedTypeOf(manifest) === mediaTypes.notarySignature ? manifest.subject : undefined;
}

/**
 * Reads a signature manifest (signature specification, "Signature manifest"): one layer, the envelope. Older forms are read as
 * the reference reads them: a config of the signature's media type, and artifact manifests.
 * @throws AppError `registry.badManifest`, `envelope.badSignatureManifest`
 */
export function parseSignatureManifest({ bytes, descriptor }: Manifest): SignatureManifest {
  const manifest = parseManifest(bytes, descriptor.mediaType, descriptor.digest);
  if (listedTypeOf(manifest) !== mediaTypes.notarySignature) {
    throw new AppError('envelope.badSignatureManifest', {
      fault: `its artifact type is ${listedTypeOf(manifest) ?? 'missing'}`,
    });
  }
  const [envelope, ...others] = manifest.layers;
  if (envelope === undefined || others.length > 0) {
    const fault = `signature manifest requries exactly one signature envelope blob, got ${manifest.layers.length}`;
    throw new AppError('envelope.badSignatureManifest', { fault });
  }
  return { envelope, ...(manifest.subject && { subject: manifest.subject }) };
}
