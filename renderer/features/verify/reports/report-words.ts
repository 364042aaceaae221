import type { CheckResult, Reason, VerificationReport } from '../../../../shared/model/verification.ts';

/** The words of a report, in the language of the reader. What they contain of a signature may be a stranger's. */
export interface ReportWords {
  /** The verdict in one word, and in a sentence. */
  readonly verdict: string;
  readonly headline: string;
  /** Labels of the facts above the signatures. */
  readonly labels: Readonly<Record<ReportLabel, string>>;
  checkOf(check: CheckResult): string;
  resultOf(check: CheckResult): string;
  actionOf(check: CheckResult): string;
  sentenceOf(reason: Reason): string;
  verdictOf(verdict: VerificationReport['verdict']): string;
}

export const reportLabels = [
  'artifact',
  'digest',
  'verdict',
  'policy',
  'verifiedAt',
  'command',
  'commandSays',
  'signature',
  'signer',
  'check',
  'result',
  'action',
  'reason',
  'unreadable',
  'more',
] as const;
export type ReportLabel = (typeof reportLabels)[number];

/** How much a check that did not pass weighs: what the policy enforces decides, what it logs warns. */
export function weightOf({ result, action }: CheckResult): 'pass' | 'decides' | 'warns' | 'none' {
  if (result === 'passed') return 'pass';
  if (result !== 'failed' && result !== 'inconclusive') return 'none';
  if (action === 'enforce') return 'decides';
  return action === 'log' ? 'warns' : 'none';
}

/** Whether the whole is accepted. */
export function isAccepted({ verdict }: Pick<VerificationReport, 'verdict'>): boolean {
  return verdict === 'verified' || verdict === 'verifiedWithWarnings';
}

/** The statement of the policy with its level, or which kind of policy there was not. */
export function policyName({ policy }: VerificationReport): string {
  return policy.kind === 'applied' ? `${policy.name} (${policy.level})` : policy.kind;
}
