import { useEffect } from 'react';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import type { AttachmentsTree } from './attachments-tree.ts';
import { verdictOfSignature } from './use-row-verdicts.ts';

interface Listed {
  readonly digest: Digest;
  readonly descriptor: { readonly artifactType?: string | undefined };
}

/** Whether a signature is listed that the report does not know, although it would if it had been there. */
export function lacksSignature(report: VerificationReport, listed: readonly Listed[]): boolean {
  if (report.verdict === 'skipped' || report.limitReached) return false;
  return listed.some(
    ({ digest, descriptor }) =>
      descriptor.artifactType === mediaTypes.notarySignature && verdictOfSignature(report, digest) === undefined,
  );
}

interface Verified {
  readonly data: VerificationReport | undefined;
  readonly dataUpdatedAt: number;
  readonly isFetching: boolean;
  refetch(): unknown;
}

/** Verifies again when a newer listing has a signature that somebody else added since. */
export function useFreshVerdict(
  verdict: Verified,
  attachments: { readonly tree: AttachmentsTree; readonly updatedAt: number; readonly isFetching: boolean },
): void {
  const isOlder = verdict.dataUpdatedAt < attachments.updatedAt && !verdict.isFetching && !attachments.isFetching;
  const isStale = isOlder && verdict.data && lacksSignature(verdict.data, attachments.tree.root.children);
  const { refetch } = verdict;
  useEffect(() => {
    if (isStale) refetch();
  }, [isStale, refetch]);
}
