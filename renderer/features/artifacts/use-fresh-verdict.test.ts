import { expect, test } from 'vitest';
import type { ReferrerNode, ReferrersReport } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { lacksSignature } from './use-fresh-verdict.ts';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

function listing(...digests: Digest[]): ReferrersReport {
  const nodes = digests.map((digest): ReferrerNode => {
    const descriptor = { mediaType: mediaTypes.ociManifest, artifactType: mediaTypes.notarySignature, digest, size: 1 };
    return { descriptor, kind: 'notationSignature', via: ['api'], visibleToCli: true, children: [] };
  });
  return { questions: [], nodes, truncated: false, readAt: '2026-01-01T00:00:00Z' };
}

function report(changes: Partial<VerificationReport>): VerificationReport {
  return {
    verdict: 'notTrusted',
    signatures: [],
    unreadable: [],
    limitReached: false,
    ...changes,
  } as VerificationReport;
}

const unreadable = [{ manifestDigest: digestOf('a'), reason: { code: 'unreadable.failed' as const, details: {} } }];

test.each([
  ['a signature that came later', report({}), true],
  ['no signature that was judged', report({ unreadable }), false],
  ['none that the policy skips', report({ verdict: 'skipped' }), false],
  ['none beyond the limit', report({ limitReached: true }), false],
])('a report lacks %s', (_, judged, lacks) => {
  expect(lacksSignature(judged, listing(digestOf('a')))).toBe(lacks);
});

test('a report lacks nothing that is attached without being a Notation signature', () => {
  const [node] = listing(digestOf('a')).nodes;
  if (!node) throw new Error('there is a node');
  const sbom = {
    ...node,
    kind: 'sbom' as const,
    descriptor: { ...node.descriptor, artifactType: 'application/spdx+json' },
  };
  expect(lacksSignature(report({}), { ...listing(), nodes: [sbom] })).toBe(false);
});
