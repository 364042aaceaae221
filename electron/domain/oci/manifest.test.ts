import { describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import {
  artifactKindOf,
  artifactKindOfListing,
  listedTypeOf,
  maxManifestBytes,
  mediaTypeOfBody,
  parseManifest,
} from './manifest.ts';

const digest = `sha256:${'c'.repeat(64)}`;
const part = (mediaType: string): object => ({ mediaType, digest, size: 2 });
const image = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociManifest,
  config: part('application/vnd.oci.image.config.v1+json'),
  layers: [part('application/vnd.oci.image.layer.v1.tar')],
};
const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown, type: string = mediaTypes.ociManifest) => parseManifest(bytesOf(value), type, 'test');

describe('parseManifest', () => {
  it('reads an image manifest', () => {
    const annotations = { a: 'b', constructor: 'c' };
    const parsed = parse({ ...image, subject: part('x'), annotations });
    expect(parsed).toMatchObject({
      isIndex: false,
      subject: { digest, size: 2 },
      annotations,
      layers: [{ size: 2 }],
      manifests: [],
    });
    expect(listedTypeOf(parsed)).toBe('application/vnd.oci.image.config.v1+json');
  });

  it('keeps an annotation called __proto__ an annotation', () => {
    const { annotations } = parse(
      `{"config":${JSON.stringify(image.config)},"layers":[],"annotations":{"__proto__":"x"}}`,
    );
    expect(Object.entries(annotations)).toEqual([['__proto__', 'x']]);
  });

  it('reads platforms of an index, and neither urls nor data', () => {
    const entry = {
      ...part(mediaTypes.ociManifest),
      urls: ['https://x'],
      data: 'e30=',
      platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': '1' },
    };
    const [manifest] = parse({ schemaVersion: 2, manifests: [entry] }, mediaTypes.ociIndex).manifests;
    expect(manifest).toEqual({
      mediaType: mediaTypes.ociManifest,
      digest,
      size: 2,
      platform: { os: 'linux', architecture: 'arm', variant: 'v7', osVersion: '1' },
    });
  });

  it.each([
    ['not JSON', '{', undefined],
    ['text after it', `${JSON.stringify(image)}x`, undefined],
    ['a list', '[]', undefined],
    ['another media type inside', { ...image, mediaType: mediaTypes.ociIndex }, undefined],
    ['both index and manifest', { ...image, manifests: [] }, undefined],
    ['a manifest served as index', image, mediaTypes.ociIndex],
    ['an index served as manifest', { manifests: [] }, undefined],
    ['no config', { layers: [] }, undefined],
    ['a docker manifest without config', { layers: [] }, mediaTypes.dockerManifest],
    ['blobs and layers', { ...image, mediaType: undefined, blobs: [] }, undefined],
    ['an artifact manifest with layers', { layers: [], blobs: [] }, mediaTypes.ociArtifactManifest],
    ['an unknown media type', image, 'application/json'],
    ['no media type', image, ''],
    ['a duplicate member', `{"config":${JSON.stringify(image.config)},"layers":[],"layers":[]}`, undefined],
    ['a member of other case', { ...image, Layers: [] }, undefined],
    ['layers that are no list', { ...image, layers: {} }, undefined],
    ['a layer that is no object', { ...image, layers: [1] }, undefined],
    ['an annotation that is no text', { ...image, annotations: { a: 1 } }, undefined],
    ['annotations that are a list', { ...image, annotations: [] }, undefined],
    ['an artifact type that is no text', { ...image, artifactType: 1 }, undefined],
    ['deep nesting', `${'['.repeat(100_000)}`, undefined],
    ['a lone surrogate', '{"config":"\\ud800"}', undefined],
  ])('refuses %s', (_, value, type) => {
    expect(() => parse(value, type)).toThrow(/registry\.badManifest/);
  });

  it.each(['-1', '1e99', '"5"', '5.5', '5.0', '5e0', '9007199254740992', 'null', 'true'])(
    'refuses a size of %s',
    (size) => {
      const layer = `{"mediaType":"x","digest":"${digest}","size":${size}}`;
      expect(() => parse(`{"config":${JSON.stringify(image.config)},"layers":[${layer}]}`)).toThrow(
        /badManifest.*size/,
      );
    },
  );

  it.each([
    'sha256:../../x',
    `sha256:${'C'.repeat(64)}`,
    `sha256:${'c'.repeat(63)}`,
    `sha1:${'c'.repeat(40)}`,
    `${digest}\n`,
    '',
  ])('refuses the digest %j', (bad) => {
    expect(() => parse({ ...image, layers: [{ mediaType: 'x', digest: bad, size: 1 }] })).toThrow(
      /badManifest.*digest/,
    );
  });

  it('refuses more than 4 MiB before it reads', () => {
    expect(() => parseManifest(new Uint8Array(maxManifestBytes + 1), mediaTypes.ociManifest, 'test')).toThrow(
      /registry\.tooLarge/,
    );
  });
});

describe('artifactKindOf', () => {
  const empty = part(mediaTypes.ociEmpty);
  it.each([
    ['index', { manifests: [] }, mediaTypes.ociIndex],
    ['index', { manifests: [] }, mediaTypes.dockerManifestList],
    ['image', image, undefined],
    [
      'image',
      { config: part('application/vnd.docker.container.image.v1+json'), layers: [] },
      mediaTypes.dockerManifest,
    ],
    [
      'notationSignature',
      { artifactType: mediaTypes.notarySignature, config: empty, layers: [part(mediaTypes.jws)] },
      undefined,
    ],
    ['notationSignature', { config: part(mediaTypes.notarySignature), layers: [part(mediaTypes.jws)] }, undefined],
    [
      'notationSignature',
      { artifactType: mediaTypes.notarySignature, blobs: [part(mediaTypes.cose)] },
      mediaTypes.ociArtifactManifest,
    ],
    [
      'artifact',
      { artifactType: 'application/x', config: empty, layers: [part(mediaTypes.notarySignature)] },
      undefined,
    ],
    ['cosignSignature', { ...image, layers: [part('application/vnd.dev.cosign.simplesigning.v1+json')] }, undefined],
    [
      'sigstoreBundle',
      { artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json', config: empty, layers: [] },
      undefined,
    ],
    ['sbom', { artifactType: 'application/spdx+json', config: empty, layers: [] }, undefined],
    [
      'sbom',
      { artifactType: 'application/x', config: empty, layers: [part('application/vnd.cyclonedx+json')] },
      undefined,
    ],
    ['attestation', { ...image, layers: [part('application/vnd.in-toto+json')] }, undefined],
    [
      'attestation',
      { artifactType: 'x/y', config: empty, layers: [part('application/vnd.dsse.envelope.v1+json')] },
      undefined,
    ],
    ['artifact', { artifactType: 'application/x', config: empty, layers: [] }, undefined],
    ['artifact', { config: part('application/vnd.cncf.helm.config.v1+json'), layers: [] }, undefined],
    ['unknown', { blobs: [] }, mediaTypes.ociArtifactManifest],
  ])('tells %s', (kind, value, type) => {
    expect(artifactKindOf(parse(value, type))).toBe(kind);
  });

  it('tells from a listing what it can', () => {
    const listed = { mediaType: mediaTypes.ociManifest, digest: digest as never, size: 1 };
    const kinds = [
      { artifactType: mediaTypes.notarySignature },
      { mediaType: mediaTypes.ociIndex },
      { artifactType: 'x/y' },
      {},
    ];
    expect(kinds.map((more) => artifactKindOfListing({ ...listed, ...more }))).toEqual([
      'notationSignature',
      'index',
      'artifact',
      'unknown',
    ]);
  });
});

it('tells a body without its media type', () => {
  const types = [
    { manifests: [] },
    { config: {}, layers: [] },
    { mediaType: mediaTypes.dockerManifest },
    { mediaType: 'text/html' },
    {},
    '{',
    '1',
  ];
  expect(types.map((value) => mediaTypeOfBody(bytesOf(value)))).toEqual([
    mediaTypes.ociIndex,
    mediaTypes.ociManifest,
    mediaTypes.dockerManifest,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
