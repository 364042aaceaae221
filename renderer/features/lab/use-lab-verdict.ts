import type { UseQueryResult } from '@tanstack/react-query';
import { labScope, labSourceId } from '../../../shared/model/lab.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { useCall } from '../../client/use-call.ts';

/** What the saved policy says of a tag of the lab's layout, at this moment; asked again when the policy or a store changes. */
export function useLabVerdict(tag: string, enabled = true): UseQueryResult<VerificationReport> {
  return useCall(
    'verify.verifyArtifact',
    { sourceId: labSourceId, repository: '', reference: tag, scope: labScope, recorded: false },
    { enabled, keepPrevious: true },
  );
}
