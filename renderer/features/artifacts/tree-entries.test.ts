import { describe, expect, it } from 'vitest';
import type { ReferrerNode } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { platformsOf } from './platforms.ts';
import { findNode, signaturesInside, verdictOfNode } from './tree-entries.ts';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;
const node = (letter: string, kind: ReferrerNode['kind'], children: ReferrerNode[] = []): ReferrerNode => ({
  descriptor: { mediaType: '', digest: digestOf(letter), size: 1 },
  kind,
  via: ['api'],
  visibleToCli: true,
  children,
});
const tree = [node('a', 'sbom', [node('b', 'notationSignature'), node('c', 'sbom', [node('d', 'notationSignature')])])];

describe('the tree of referrers', () => {
  it('counts signatures at any depth', () => {
    expect(tree.map(signaturesInside)).toEqual([2]);
  });

  it('finds a node at any depth, and what it is attached to', () => {
    const found = findNode(tree, digestOf('d'));
    expect([found?.node.kind, found?.parent?.descriptor.digest]).toEqual(['notationSignature', digestOf('c')]);
    expect(findNode(tree, digestOf('a'))?.parent).toBeUndefined();
    expect(findNode(tree, digestOf('e'))).toBeUndefined();
  });

  it('says nothing of a signature that the report does not know', () => {
    expect(verdictOfNode(undefined, digestOf('b'))).toBeUndefined();
  });
});

describe('platformsOf', () => {
  it('leaves out build attestations and manifests without a platform', () => {
    const manifest = (platform?: { os: string; architecture: string; variant?: string }) => ({
      mediaType: '',
      digest: digestOf('f'),
      size: 1,
      ...(platform && { platform }),
    });
    const manifests = [
      manifest({ os: 'linux', architecture: 'arm', variant: 'v7' }),
      manifest({ os: 'unknown', architecture: 'unknown' }),
      manifest(),
    ];
    expect(platformsOf({ manifests }).map(({ name }) => name)).toEqual(['linux/arm/v7']);
  });
});
