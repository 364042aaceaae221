import { AppError } from '../../../shared/errors/app-error.ts';
import type { ArtifactKind } from '../../../shared/model/artifact.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Descriptor, Platform } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject, type JsonValue } from '../codec/strict-json.ts';

/** Largest manifest or index, as in the reference implementation. */
export const maxManifestBytes = 4 * 1024 * 1024;

/** Media types of what {@link parseManifest} reads, in the order they are asked for. */
export const manifestMediaTypes: readonly string[] = [
  mediaTypes.ociManifest,
  mediaTypes.ociIndex,
  mediaTypes.ociArtifactManifest,
  mediaTypes.dockerManifest,
  mediaTypes.dockerManifestList,
];

const indexTypes: readonly string[] = [mediaTypes.ociIndex, mediaTypes.dockerManifestList];

/** A manifest or index after strict reading. What it points at has not been looked at. */
export interface ParsedManifest {
  readonly mediaType: string;
  readonly isIndex: boolean;
  readonly artifactType?: string;
  /** Of an index. */
  readonly manifests: readonly Descriptor[];
  readonly config?: Descriptor;
  /** Layers of an image manifest, blobs of an artifact manifest. */
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations: Readonly<Record<string, string>>;
}

const knownMembers = [
  'schemaVersion',
  'mediaType',
  'artifactType',
  'config',
  'layers',
  'blobs',
  'manifests',
  'subject',
  'annotations',
];
const maxDescriptors = 100_000;

/** Says what is wrong; {@link parseManifest} adds where. */
class Fault extends Error {}

function textMember(object: JsonObject, name: string): string | undefined {
  const value = memberOf(object, name);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Fault(`${name} is not text`);
  return value;
}

function toAnnotations(value: JsonValue | undefined): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new Fault('annotations is not an object');
  const entries = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') throw new Fault(`annotation ${JSON.stringify(key)} is not text`);
    return [key, text];
  });
  return Object.fromEntries(entries);
}

function toPlatform(value: JsonValue | undefined): Platform | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new Fault('platform is not an object');
  const os = textMember(value, 'os') ?? '';
  const architecture = textMember(value, 'architecture') ?? '';
  const variant = textMember(value, 'variant');
  const osVersion = textMember(value, 'os.version');
  return { os, architecture, ...(variant && { variant }), ...(osVersion && { osVersion }) };
}

function toDescriptor(value: JsonValue | undefined, where: string): Descriptor {
  if (!isJsonObject(value)) throw new Fault(`${where} is not an object`);
  const mediaType = textMember(value, 'mediaType');
  const digest = memberOf(value, 'digest');
  const size = memberOf(value, 'size');
  if (mediaType === undefined) throw new Fault(`${where} has no media type`);
  if (!isDigest(digest)) throw new Fault(`${where} has no well-formed digest`);
  if (typeof size !== 'number' || size < 0) throw new Fault(`${where} has no well-formed size`);
  const artifactType = textMember(value, 'artifactType');
  const annotations = toAnnotations(memberOf(value, 'annotations'));
  const platform = toPlatform(memberOf(value, 'platform'));
  return {
    mediaType,
    digest,
    size,
    ...(artifactType && { artifactType }),
    ...(annotations && { annotations }),
    ...(platform && { platform }),
  };
}

/**
 * A descriptor of the image specification from decoded JSON; undefined when it is not well-formed. `urls` and `data` are left out:
 * content is only ever read by digest from where the descriptor was found.
 */
export function readDescriptor(value: JsonValue | undefined): Descriptor | undefined {
  try {
    return toDescriptor(value, 'descriptor');
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function toDescriptors(object: JsonObject, name: string): Descriptor[] {
  const value = memberOf(object, name);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Fault(`${name} is not a list`);
  if (value.length > maxDescriptors) throw new Fault(`${name} has more than ${maxDescriptors} entries`);
  return value.map((entry: JsonValue, index) => toDescriptor(entry, `${name}[${index}]`));
}

/** Decoders differ in whether `Layers` is `layers`: a body that depends on it is refused. */
function refuseOtherCase(object: JsonObject): void {
  for (const name of Object.keys(object)) {
    const known = knownMembers.find((member) => member.toLowerCase() === name.toLowerCase());
    if (known !== undefined && known !== name)
      throw new Fault(`member ${JSON.stringify(name)} differs from ${known} only by case`);
  }
}

/** A body must be one thing whoever reads it (rule V-18). */
function refuseAmbiguous(object: JsonObject, mediaType: string): void {
  const has = (name: string): boolean => memberOf(object, name) != null;
  const bodyType = textMember(object, 'mediaType');
  if (bodyType !== undefined && bodyType !== mediaType)
    throw new Fault(`its body says ${bodyType}, it was given as ${mediaType}`);
  if (has('manifests') && (has('layers') || has('config') || has('blobs')))
    throw new Fault('it is both an index and a manifest');
  if (indexTypes.includes(mediaType) ? !has('manifests') : has('manifests'))
    throw new Fault(`it is not what ${mediaType} says`);
  if (mediaType === mediaTypes.ociArtifactManifest && (has('layers') || has('config')))
    throw new Fault('an artifact manifest with layers');
  if (
    (mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest) &&
    (has('blobs') || !has('config'))
  ) {
    throw new Fault(has('blobs') ? 'an image manifest with blobs' : 'config is missing');
  }
}

function toManifest(object: JsonObject, mediaType: string): ParsedManifest {
  refuseOtherCase(object);
  refuseAmbiguous(object, mediaType);
  const artifactType = textMember(object, 'artifactType');
  const config = memberOf(object, 'config');
  const subject = memberOf(object, 'subject');
  return {
    mediaType,
    isIndex: indexTypes.includes(mediaType),
    ...(artifactType && { artifactType }),
    manifests: toDescriptors(object, 'manifests'),
    ...(config != null && { config: toDescriptor(config, 'config') }),
    layers: toDescriptors(object, mediaType === mediaTypes.ociArtifactManifest ? 'blobs' : 'layers'),
    ...(subject != null && { subject: toDescriptor(subject, 'subject') }),
    annotations: toAnnotations(memberOf(object, 'annotations')) ?? {},
  };
}

/**
 * Reads a manifest or index strictly (image specification 1.1; rules V-14 and V-18): no duplicate members, safe sizes, whole digests,
 * one meaning. Trusts neither bytes nor media type; the caller has checked the digest.
 * @param what - names the manifest in the error
 * @throws AppError `registry.badManifest`, `registry.tooLarge`
 */
export function parseManifest(bytes: Uint8Array, mediaType: string, what: string): ParsedManifest {
  if (bytes.length > maxManifestBytes) throw new AppError('registry.tooLarge', { what, limit: maxManifestBytes });
  try {
    if (!manifestMediaTypes.includes(mediaType))
      throw new Fault(mediaType ? `media type ${mediaType} is not that of a manifest` : 'it came without a media type');
    const value = parseStrictJson(bytes, { maxBytes: maxManifestBytes });
    if (!isJsonObject(value)) throw new Fault('it is not a JSON object');
    return toManifest(value, mediaType);
  } catch (error) {
    if (!(error instanceof Fault || error instanceof CodecError)) throw error;
    throw new AppError('registry.badManifest', { what, fault: error.message.slice(0, 300) }, { cause: error });
  }
}

/** The media type a body names itself, or that its members show; for where none was given with it, as in a layout's blob. */
export function mediaTypeOfBody(bytes: Uint8Array): string | undefined {
  try {
    const value = parseStrictJson(bytes, { maxBytes: maxManifestBytes });
    if (!isJsonObject(value)) return undefined;
    const named = memberOf(value, 'mediaType');
    if (typeof named === 'string') return manifestMediaTypes.includes(named) ? named : undefined;
    if (Array.isArray(memberOf(value, 'manifests'))) return mediaTypes.ociIndex;
    return isJsonObject(memberOf(value, 'config')) && Array.isArray(memberOf(value, 'layers'))
      ? mediaTypes.ociManifest
      : undefined;
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

/** What a manifest's type is called in a listing: its artifact type, or its config's media type where it has none (image specification, "Guidelines for Artifact Usage"). */
export function listedTypeOf(manifest: ParsedManifest): string | undefined {
  return manifest.artifactType ?? manifest.config?.mediaType;
}

const imageConfigs: readonly string[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];
const cosignSignatures = [
  'application/vnd.dev.cosign.simplesigning.v1+json',
  'application/vnd.dev.cosign.artifact.sig.v1+json',
];
const sboms = [
  'application/spdx',
  'text/spdx',
  'application/vnd.cyclonedx',
  'application/vnd.syft',
  'application/vnd.dev.cosign.artifact.sbom.v1+json',
  'application/vnd.goharbor.harbor.sbom.v1',
];
const attestations = [
  'application/vnd.in-toto',
  'application/vnd.dsse.envelope.v1+json',
  'application/vnd.dev.cosign.artifact.attestation.v1+json',
  'application/vnd.docker.attestation',
];

function kindOfType(type: string): ArtifactKind | undefined {
  const startsWith = (prefix: string): boolean => type.startsWith(prefix);
  if (type === mediaTypes.notarySignature) return 'notationSignature';
  if (cosignSignatures.includes(type)) return 'cosignSignature';
  if (startsWith('application/vnd.dev.sigstore.bundle')) return 'sigstoreBundle';
  if (sboms.some(startsWith)) return 'sbom';
  return attestations.some(startsWith) ? 'attestation' : undefined;
}

/** What a manifest is, told from its artifact type, its config's and its layers' media types. A claim of whoever pushed it, nothing more. */
export function artifactKindOf(manifest: ParsedManifest): ArtifactKind {
  const types = [listedTypeOf(manifest), ...manifest.layers.slice(0, 16).map((layer) => layer.mediaType)];
  for (const type of types) {
    const kind = type === undefined ? undefined : kindOfType(type);
    if (kind !== undefined && (kind !== 'notationSignature' || type === types[0])) return kind;
  }
  if (manifest.isIndex) return 'index';
  if (manifest.config && imageConfigs.includes(manifest.config.mediaType) && !manifest.artifactType) return 'image';
  return manifest.artifactType || manifest.subject || manifest.config ? 'artifact' : 'unknown';
}

/** What a listing says a referrer is, before its manifest was read. */
export function artifactKindOfListing(descriptor: Descriptor): ArtifactKind {
  const kind = descriptor.artifactType ? kindOfType(descriptor.artifactType) : undefined;
  if (kind) return kind;
  if (indexTypes.includes(descriptor.mediaType)) return 'index';
  return descriptor.artifactType ? 'artifact' : 'unknown';
}
