import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';

export interface PlatformEntry {
  readonly name: string;
  readonly descriptor: Descriptor;
}

/** What platform a manifest of an index is for. Build attestations that pose as `unknown/unknown` are for none. */
export function platformNameOf({ platform }: Descriptor): string | undefined {
  if (!platform || platform.os === 'unknown') return undefined;
  return [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
}

/** The platforms of an index. */
export function platformsOf({ manifests }: Pick<Artifact, 'manifests'>): readonly PlatformEntry[] {
  return manifests.flatMap((descriptor) => {
    const name = platformNameOf(descriptor);
    return name === undefined ? [] : [{ name, descriptor }];
  });
}
