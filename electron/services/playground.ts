import { layoutMarker, parseLayoutIndex, withLayoutEntry } from '../domain/oci/layout-index.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import { createSampleImage } from '../domain/oci/sample-image.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';

const samples: readonly (readonly [version: string, tags: readonly string[]])[] = [
  ['1.0', ['1.0']],
  ['1.1', ['1.1', 'latest']],
];

/** Makes the playground's image layout with its samples, unless there is one. What the user did in it stays. */
export async function ensurePlayground(directory: Directory): Promise<void> {
  if (await directory.stat('index.json')) return;
  const layout = new LayoutRepository(directory);
  let indexJson: Uint8Array | undefined;
  for (const [version, tags] of samples) {
    const { index, contents } = createSampleImage(version);
    for (const { descriptor, bytes } of contents)
      await layout.pushBlob(descriptor.mediaType, bytes, new AbortController().signal);
    for (const tag of tags)
      indexJson = withLayoutEntry(indexJson && parseLayoutIndex(indexJson, directory.path), index, tag) ?? indexJson;
  }
  await directory.write('oci-layout', layoutMarker, { mode: 0o644 });
  // Last, so that a layout that has an index is whole.
  if (indexJson) await directory.write('index.json', indexJson, { mode: 0o644, ifRevision: ABSENT });
}
