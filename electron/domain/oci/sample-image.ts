import type { Descriptor, Platform } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { computeDigest } from './compute-digest.ts';

/** Bytes that hash to their descriptor's digest. */
interface Content {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}
/** An index with everything under it, in the order it has to be written. */
interface SampleImage {
  readonly index: Descriptor;
  readonly contents: readonly Content[];
}

const created = '2026-01-01T00:00:00Z';
const platforms: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
];

function toContent(mediaType: string, bytes: Uint8Array): Content {
  return { descriptor: { mediaType, digest: computeDigest(bytes), size: bytes.length }, bytes };
}

function toJsonContent(mediaType: string, value: unknown): Content {
  return toContent(mediaType, toUtf8(JSON.stringify(value)));
}

/** A tar archive in the ustar format (POSIX pax, "ustar Interchange Format") with one file. */
function tarOf(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(0, 12), 100);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}

function imageFor(platform: Platform, version: string): { manifest: Content; parts: readonly Content[] } {
  const text = `Hello from version ${version} for ${platform.os}/${platform.architecture}. Sign me.\n`;
  const layer = toContent('application/vnd.oci.image.layer.v1.tar', tarOf('hello.txt', toUtf8(text)));
  const config = toJsonContent('application/vnd.oci.image.config.v1+json', {
    created,
    ...platform,
    config: { Cmd: ['cat', '/hello.txt'] },
    rootfs: { type: 'layers', diff_ids: [layer.descriptor.digest] },
    history: [{ created, created_by: 'Inkan playground' }],
  });
  const manifest = toJsonContent(mediaTypes.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: config.descriptor,
    layers: [layer.descriptor],
  });
  return { manifest, parts: [layer, config] };
}

/** A small image for three platforms under one index: something to sign for who has nothing. The same bytes every time. */
export function createSampleImage(version: string): SampleImage {
  const images = platforms.map((platform) => ({ platform, ...imageFor(platform, version) }));
  const index = toJsonContent(mediaTypes.ociIndex, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: images.map(({ manifest, platform }) => ({ ...manifest.descriptor, platform })),
    annotations: { 'org.opencontainers.image.title': 'hello', 'org.opencontainers.image.version': version },
  });
  return {
    index: index.descriptor,
    contents: [...images.flatMap(({ manifest, parts }) => [...parts, manifest]), index],
  };
}
