import type { VerificationReport } from '../../../../shared/model/verification.ts';
import { toSafeJson } from '../../../ui/safe-json.ts';

/** The whole report for programs, by the names and codes of the contract (`VerificationReport`), the same in every language. */
export function toJsonReport(report: VerificationReport, version: string): string {
  return toSafeJson({ tool: { name: 'Inkan', version }, report });
}
