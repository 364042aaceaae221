import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';

export interface PlatformEntry {
  readonly name: string;
  readonly descriptor: Descriptor;
}

/** The platforms of an index. Build attestations that pose as `unknown/unknown` are none. */
export function platformsOf({ manifests }: Pick<Artifact, 'manifests'>): readonly PlatformEntry[] {
  return manifests.flatMap((descriptor) => {
    const { platform } = descriptor;
    if (!platform || platform.os === 'unknown') return [];
    const parts = [platform.os, platform.architecture, platform.variant].filter(Boolean);
    return [{ name: parts.join('/'), descriptor }];
  });
}
