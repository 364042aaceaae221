import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReferrersReport } from '../../../shared/model/artifact.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { verdictOfNode } from './tree-entries.ts';

/** Whether a signature is listed that the report does not know, although it would if it had been there. */
export function lacksSignature(report: VerificationReport, { nodes }: ReferrersReport): boolean {
  if (report.verdict === 'skipped' || report.limitReached) return false;
  return nodes.some(
    ({ descriptor }) =>
      descriptor.artifactType === mediaTypes.notarySignature && verdictOfNode(report, descriptor.digest) === undefined,
  );
}

type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'dataUpdatedAt' | 'isFetching'>;

/** Verifies again when a newer listing has a signature that somebody else added since. */
export function useFreshVerdict(
  verdict: Asked<VerificationReport> & { refetch(): unknown },
  referrers: Asked<ReferrersReport>,
): void {
  const isOlder = verdict.dataUpdatedAt < referrers.dataUpdatedAt && !verdict.isFetching;
  const isStale = isOlder && verdict.data && referrers.data && lacksSignature(verdict.data, referrers.data);
  const { refetch } = verdict;
  useEffect(() => {
    if (isStale) refetch();
  }, [isStale, refetch]);
}
