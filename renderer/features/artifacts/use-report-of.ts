import type { ReferrerNode } from '../../../shared/model/artifact.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useLaneCall } from '../../client/lane.ts';

interface Place {
  readonly sourceId: string;
  readonly repository: string;
  /** Nothing is asked without one. */
  readonly node: ReferrerNode | undefined;
}

/** The verdicts of the signatures attached to a referrer, such as those of a signed SBOM. */
export function useReportOf({ sourceId, repository, node }: Place): VerificationReport | undefined {
  const isSigned = node?.children.some(({ kind }) => kind === 'notationSignature') ?? false;
  const input = { sourceId, repository, reference: node?.descriptor.digest ?? 'none' };
  return useLaneCall('verify.verifyArtifact', input, isSigned).query.data;
}
