import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { hexOf, isDigest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { computeDigest } from '../oci/compute-digest.ts';
import { layoutMarker, parseLayoutIndex, withLayoutEntry, type LayoutIndex } from '../oci/layout-index.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { emptyConfig } from '../sign/signature-manifest.ts';
import type { NewLabFile } from './lab-files.ts';

const indexFile = 'index.json';
const maxIndexBytes = 4 * 1024 * 1024;
const maxManifestBytes = 4 * 1024 * 1024;
const tries = 5;

/** What an entry of the layout's index is to be. */
export interface LabEntry {
  readonly descriptor: Descriptor;
  readonly tag?: string;
}

/** The file that makes a folder a layout. */
export const markerFile: NewLabFile = { place: 'layout', path: 'oci-layout', bytes: layoutMarker, mode: 0o644 };

/** A blob of the layout. */
export function toBlobFile(bytes: Uint8Array): NewLabFile {
  return { place: 'layout', path: pathOf(computeDigest(bytes)), bytes, mode: 0o444 };
}

function pathOf(digest: string): string {
  return isDigest(digest) ? `blobs/sha256/${hexOf(digest)}` : '';
}

/** A small artifact of one text, and what it consists of: the same bytes for the same text. */
export function createLabArtifact(text: string): {
  readonly descriptor: Descriptor;
  readonly files: readonly NewLabFile[];
} {
  const layer = toUtf8(text);
  const manifest = toUtf8(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      artifactType: 'application/vnd.inkan.test-lab',
      config: emptyConfig,
      layers: [{ mediaType: 'text/plain', digest: computeDigest(layer), size: layer.length }],
    }),
  );
  return {
    descriptor: { mediaType: mediaTypes.ociManifest, digest: computeDigest(manifest), size: manifest.length },
    files: [toBlobFile(toUtf8('{}')), toBlobFile(layer), toBlobFile(manifest)],
  };
}

async function changeIndex(
  layout: Directory,
  change: (index: LayoutIndex | undefined) => Uint8Array | 'remove' | undefined,
): Promise<void> {
  await layout.withLock('index', async () => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const state = await layout.read(indexFile, { maxBytes: maxIndexBytes });
      const bytes = change(state && parseLayoutIndex(state.bytes, layout.path));
      if (bytes === undefined) return;
      try {
        if (bytes === 'remove') await layout.remove(indexFile);
        else await layout.write(indexFile, bytes, { mode: 0o644, ifRevision: state?.revision ?? ABSENT });
        return;
      } catch (error) {
        if (!isAppError(error, 'file.changedMeanwhile')) throw error;
      }
    }
    throw new AppError('file.changedMeanwhile', { file: indexFile });
  });
}

/** Lists manifests in the layout's index; what stands there already stays. @throws AppError `layout.notALayout`, `file.*` */
export async function listInIndex(layout: Directory, entries: readonly LabEntry[]): Promise<void> {
  await changeIndex(layout, (index) => {
    let bytes: Uint8Array | undefined;
    for (const { descriptor, tag } of entries)
      bytes = withLayoutEntry(bytes ? parseLayoutIndex(bytes, layout.path) : index, descriptor, tag) ?? bytes;
    return bytes;
  });
}

/** What of a layout is not the lab's. */
export interface ForeignContent {
  /** Tags or digests that stay in the index. */
  readonly names: readonly string[];
  /** Paths of blobs that these need. */
  readonly blobs: ReadonlySet<string>;
}

/** The entries of the index that the lab did not make, with the blobs that they consist of. */
export async function findForeign(layout: Directory, listed: readonly string[]): Promise<ForeignContent> {
  const state = await layout.read(indexFile, { maxBytes: maxIndexBytes });
  const entries = state ? parseLayoutIndex(state.bytes, layout.path).entries : [];
  const foreign = entries.filter(({ descriptor }) => !listed.includes(descriptor.digest));
  const blobs = new Set<string>();
  for (const { descriptor } of foreign) {
    blobs.add(pathOf(descriptor.digest));
    for (const digest of await partsOf(layout, descriptor)) blobs.add(pathOf(digest));
  }
  return { names: foreign.map(({ descriptor, tag }) => tag ?? descriptor.digest), blobs };
}

/** Config, layers and manifests of a manifest; not its subject, which is another artifact. */
async function partsOf(layout: Directory, { digest }: Descriptor): Promise<readonly string[]> {
  try {
    const state = await layout.read(pathOf(digest), { maxBytes: maxManifestBytes });
    const body = state && (JSON.parse(new TextDecoder().decode(state.bytes)) as Record<string, unknown> | null);
    const parts = [body?.['config'], body?.['layers'], body?.['manifests'], body?.['blobs']].flat();
    return parts.flatMap((part) => {
      const of = (part as { readonly digest?: unknown } | null | undefined)?.digest;
      return typeof of === 'string' ? [of] : [];
    });
  } catch (error) {
    if (error instanceof SyntaxError || isAppError(error)) return [];
    throw error;
  }
}

/** Takes the lab's entries out of the index; the index goes with the last entry. Gives whether it went. */
export async function unlistFromIndex(layout: Directory, listed: readonly string[]): Promise<boolean> {
  let isGone = true;
  await changeIndex(layout, (index) => {
    isGone = true;
    if (!index) return undefined;
    const body = JSON.parse(index.text) as { readonly manifests?: readonly unknown[] | null };
    const kept = (body.manifests ?? []).filter(
      (entry) => !listed.includes(String((entry as { readonly digest?: unknown } | null)?.digest)),
    );
    if (kept.length === 0) return 'remove';
    isGone = false;
    return toUtf8(JSON.stringify({ ...body, manifests: kept }));
  });
  return isGone;
}
