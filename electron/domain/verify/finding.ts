import type { CheckResult, Reason } from '../../../shared/model/verification.ts';
import type { TrustStoreFault } from '../trust/trust-store.ts';

/** How one check ended, before the policy's action is laid over it. */
export interface Finding {
  readonly result: CheckResult['result'];
  readonly reason: Reason;
  /** Set when a trust store is the reason; the CLI ends with its sentence instead of the general one. */
  readonly storeFault?: TrustStoreFault;
}

/** Builds a finding; `message` is the reference's sentence where it says one. */
export function toFinding(
  result: Finding['result'],
  code: Reason['code'],
  details: Record<string, unknown> = {},
  message?: string,
): Finding {
  return { result, reason: { code, details, ...(message !== undefined && { message }) } };
}
