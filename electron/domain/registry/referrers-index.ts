import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { withJsonItems } from '../codec/json-member-text.ts';
import { parseUtf8, toUtf8 } from '../codec/utf8.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonValue } from '../codec/strict-json.ts';
import { maxManifestBytes, readDescriptor } from '../oci/manifest.ts';

/** An image index that lists referrers, from the referrers API or under the referrers tag. */
export interface ReferrersIndex {
  readonly descriptors: readonly Descriptor[];
  /** Entries that are no well-formed descriptors. */
  readonly unreadable: number;
  readonly text: string;
}

/** @throws AppError `registry.badAnswer` */
export function parseReferrersIndex(bytes: Uint8Array, host: string, what: string): ReferrersIndex {
  const refuse = (fault: string): AppError => new AppError('registry.badAnswer', { host, what, fault });
  try {
    const body = parseStrictJson(bytes, { maxBytes: maxManifestBytes });
    if (!isJsonObject(body)) throw refuse('not a JSON object');
    const manifests = memberOf(body, 'manifests') ?? [];
    if (!Array.isArray(manifests)) throw refuse('manifests is not a list');
    const descriptors = manifests
      .map((entry: JsonValue) => readDescriptor(entry))
      .filter((entry) => entry !== undefined);
    return { descriptors, unreadable: manifests.length - descriptors.length, text: parseUtf8(bytes) };
  } catch (error) {
    if (error instanceof CodecError) throw refuse(error.message);
    throw error;
  }
}

/** A descriptor as an entry of a referrers index, in the member order of the image specification. */
export function toIndexEntry(descriptor: Descriptor): Record<string, unknown> {
  const { mediaType, digest, size, annotations, artifactType } = descriptor;
  return { mediaType, digest, size, ...(annotations && { annotations }), ...(artifactType && { artifactType }) };
}

/** The index with the entries it lacks; everything in it stays, also what is not understood. Undefined when it lacks none. */
export function withReferrers(index: ReferrersIndex | undefined, wanted: Iterable<Descriptor>): Uint8Array | undefined {
  const present = new Set(index?.descriptors.map(({ digest }) => digest));
  const added = [...wanted].filter(({ digest }) => !present.has(digest)).map(toIndexEntry);
  if (added.length === 0) return undefined;
  if (!index) return toUtf8(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: added }));
  const texts = added.map((entry) => JSON.stringify(entry));
  return toUtf8(withJsonItems(index.text, 'manifests', texts));
}
