import { AppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { annotationKeys, mediaTypes } from '../../../shared/model/media-types.ts';
import { CodecError } from '../codec/codec-error.ts';
import { withJsonItems } from '../codec/json-member-text.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { parseUtf8, toUtf8 } from '../codec/utf8.ts';
import { readDescriptor } from './manifest.ts';

/** An entry of a layout's `index.json`. */
interface LayoutEntry {
  readonly descriptor: Descriptor;
  readonly tag?: string;
}
export interface LayoutIndex {
  readonly entries: readonly LayoutEntry[];
  readonly text: string;
}

const maxTagLength = 300;

/** What the `oci-layout` file of a new layout says. */
export const layoutMarker = toUtf8('{"imageLayoutVersion":"1.0.0"}');

function parseObject(bytes: Uint8Array, path: string, file: string): JsonObject {
  const refuse = (fault: string): AppError => new AppError('layout.notALayout', { path, fault: `${file}: ${fault}` });
  try {
    const value = parseStrictJson(bytes, { maxBytes: bytes.length });
    if (!isJsonObject(value)) throw refuse('not a JSON object');
    return value;
  } catch (error) {
    if (error instanceof CodecError) throw refuse(error.message);
    throw error;
  }
}

/** Checks an `oci-layout` file (image specification, "oci-layout file"). @throws AppError `layout.notALayout` */
export function parseLayoutMarker(bytes: Uint8Array, path: string): void {
  const version = memberOf(parseObject(bytes, path, 'oci-layout'), 'imageLayoutVersion');
  if (version !== '1.0.0')
    throw new AppError('layout.notALayout', { path, fault: `oci-layout: version ${String(version)}`.slice(0, 200) });
}

function toEntry(value: JsonValue): LayoutEntry | undefined {
  const descriptor = readDescriptor(value);
  if (!descriptor) return undefined;
  const tag = descriptor.annotations?.[annotationKeys.refName];
  return { descriptor, ...(tag && tag.length <= maxTagLength && { tag }) };
}

/** Reads an `index.json`; entries that are no descriptors are left out. @throws AppError `layout.notALayout` */
export function parseLayoutIndex(bytes: Uint8Array, path: string): LayoutIndex {
  const manifests = memberOf(parseObject(bytes, path, 'index.json'), 'manifests') ?? [];
  if (!Array.isArray(manifests))
    throw new AppError('layout.notALayout', { path, fault: 'index.json: manifests is not a list' });
  const entries = manifests.map((value: JsonValue) => toEntry(value)).filter((entry) => entry !== undefined);
  return { entries, text: parseUtf8(bytes) };
}

/** The index with one more entry; undefined when it is there. What else it holds stays, also what is not understood; a tag leaves its old entry. */
export function withLayoutEntry(
  index: LayoutIndex | undefined,
  descriptor: Descriptor,
  tag?: string,
): Uint8Array | undefined {
  const isThere = (entry: LayoutEntry): boolean =>
    entry.descriptor.digest === descriptor.digest && (tag === undefined || entry.tag === tag);
  if (index?.entries.some(isThere)) return undefined;
  const { mediaType, digest, size, artifactType } = descriptor;
  const annotations = { ...descriptor.annotations, ...(tag && { [annotationKeys.refName]: tag }) };
  const entry = {
    mediaType,
    digest,
    size,
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(artifactType && { artifactType }),
  };
  const text = index?.text ?? JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [] });
  const rows = (JSON.parse(text) as { manifests?: (LayoutRow | null)[] | null }).manifests ?? [];
  const keeps = (at: number): boolean => tag === undefined || rows[at]?.annotations?.[annotationKeys.refName] !== tag;
  return toUtf8(withJsonItems(text, 'manifests', [JSON.stringify(entry)], keeps));
}

interface LayoutRow {
  readonly annotations?: Readonly<Record<string, string>>;
}
