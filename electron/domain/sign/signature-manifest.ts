import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { annotationKeys, mediaTypes } from '../../../shared/model/media-types.ts';
import { toGoJson, toSortedMap, type GoJsonValue } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { toUtf8 } from '../codec/utf8.ts';
import type { Repository } from '../oci/repository.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';

/** The empty JSON object that stands for the config (image specification, "Guidance for an Empty Descriptor"). */
export const emptyConfig = {
  mediaType: mediaTypes.ociEmpty,
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' as Digest,
  size: 2,
  data: 'e30=',
} as const;

type SignatureManifest = Parameters<Repository['pushReferrer']>[0];

function toMembers({
  mediaType,
  digest,
  size,
}: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>): [string, GoJsonValue][] {
  return [
    ['mediaType', mediaType],
    ['digest', digest],
    ['size', size],
  ];
}

/**
 * Members that say what kind of manifest this is. In a layout nothing but the manifest itself tells, and releases 1.x of the
 * reference look at the config's media type only; every release reads that older form there.
 */
function toKind(place: Repository['kind']): [string, GoJsonValue][] {
  const { digest, size } = emptyConfig;
  if (place === 'layout')
    return [['config', new Map(toMembers({ mediaType: mediaTypes.notarySignature, digest, size }))]];
  return [
    ['artifactType', mediaTypes.notarySignature],
    ['config', new Map<string, GoJsonValue>(Object.entries(emptyConfig))],
  ];
}

/**
 * The manifest that ties an envelope to what it signs, byte for byte as the reference writes it, ready to be pushed as a referrer
 * in a registry or a layout. Signature specification, "Storage"; the empty config blob must be pushed first.
 *
 * @param more - annotations a plugin wants to have beside those of the specification, which it cannot replace
 */
export function toSignatureManifest(
  subject: Descriptor,
  envelope: Descriptor,
  chain: readonly ParsedCertificate[],
  signingTime: Date,
  place: Repository['kind'],
  more: Readonly<Record<string, string>> = {},
): SignatureManifest {
  const annotations = {
    ...more,
    [annotationKeys.thumbprints]: JSON.stringify(chain.map((certificate) => certificate.sha256)),
    [annotationKeys.created]: toRfc3339(signingTime),
  };
  const manifest = new Map<string, GoJsonValue>([
    ['schemaVersion', 2],
    ['mediaType', mediaTypes.ociManifest],
    ...toKind(place),
    ['layers', [new Map(toMembers(envelope))]],
    ['subject', new Map(toMembers(subject))],
    ['annotations', toSortedMap(annotations)],
  ]);
  return {
    mediaType: mediaTypes.ociManifest,
    artifactType: mediaTypes.notarySignature,
    bytes: toUtf8(toGoJson(manifest)),
    subject,
    annotations,
  };
}
