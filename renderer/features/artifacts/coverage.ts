import type { Verdict, VerificationReport } from '../../../shared/model/verification.ts';

/** How a platform of an index stands: its own verdict, or covered by the signature of its index, which is a weaker claim. */
export type Coverage = Verdict | 'byIndex' | 'checking' | 'notAsked';

export interface CoverageCount {
  readonly total: number;
  readonly covered: number;
  readonly direct: number;
  readonly byIndex: number;
  /** Without any signature. */
  readonly missing: number;
  /** Signed, but not accepted, or not judged. */
  readonly other: number;
  readonly isWhole: boolean;
}

/** Whether a verdict lets something through. */
export const isAccepted = (verdict: Verdict | undefined): boolean =>
  verdict === 'verified' || verdict === 'verifiedWithWarnings';

/** How one platform stands. */
export function coverageOf(
  own: { readonly report?: VerificationReport | undefined; readonly hasFailed?: boolean; readonly isAsked: boolean },
  index: VerificationReport | undefined,
): Coverage {
  if (!own.isAsked) return 'notAsked';
  if (own.hasFailed) return 'couldNotCheck';
  const verdict = own.report?.verdict;
  if (verdict === undefined) return 'checking';
  return !isAccepted(verdict) && isAccepted(index?.verdict) ? 'byIndex' : verdict;
}

/** The sums of the line above the list. */
export function countCoverage(coverages: readonly Coverage[]): CoverageCount {
  const count = (test: (coverage: Coverage) => boolean) => coverages.filter(test).length;
  const direct = count((coverage) => coverage === 'verified' || coverage === 'verifiedWithWarnings');
  const byIndex = count((coverage) => coverage === 'byIndex');
  const missing = count((coverage) => coverage === 'noSignature');
  const total = coverages.length;
  return {
    total,
    covered: direct + byIndex,
    direct,
    byIndex,
    missing,
    other: total - direct - byIndex - missing,
    isWhole: count((coverage) => coverage === 'checking' || coverage === 'notAsked') === 0,
  };
}
