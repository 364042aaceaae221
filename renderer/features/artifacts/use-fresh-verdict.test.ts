import { expect, test } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { lacksSignature } from './use-fresh-verdict.ts';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

function listed(digest: Digest, artifactType: string = mediaTypes.notarySignature) {
  return { digest, descriptor: { artifactType } };
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
  expect(lacksSignature(judged, [listed(digestOf('a'))])).toBe(lacks);
});

test('a report lacks nothing that is attached without being a Notation signature', () => {
  expect(lacksSignature(report({}), [listed(digestOf('a'), 'application/spdx+json')])).toBe(false);
});
