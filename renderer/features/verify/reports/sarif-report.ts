import type {
  CheckResult,
  Reason,
  SignatureOutcome,
  VerificationReport,
} from '../../../../shared/model/verification.ts';
import { toVisibleText } from '../../../locales/visible-text.ts';
import { toSafeJson } from '../../../ui/safe-json.ts';
import { policyName, weightOf, type ReportWords } from './report-words.ts';

/** SARIF 2.1.0, section 3.27: only what failed has a level. */
type Finding =
  | { readonly kind: 'fail'; readonly level: 'error' | 'warning' }
  | { readonly kind: 'pass' | 'open' | 'notApplicable' | 'review'; readonly level: 'none' };

interface Result {
  readonly ruleId: string;
  readonly text: string;
  readonly finding: Finding;
  readonly properties: Readonly<Record<string, unknown>>;
}

const findings: Readonly<Record<VerificationReport['verdict'], Finding>> = {
  verified: { kind: 'pass', level: 'none' },
  verifiedWithWarnings: { kind: 'fail', level: 'warning' },
  notTrusted: { kind: 'fail', level: 'error' },
  noSignature: { kind: 'fail', level: 'error' },
  couldNotCheck: { kind: 'fail', level: 'error' },
  skipped: { kind: 'review', level: 'none' },
};

function findingOf(check: CheckResult): Finding {
  switch (weightOf(check)) {
    case 'pass':
      return { kind: 'pass', level: 'none' };
    case 'decides':
      return { kind: 'fail', level: 'error' };
    case 'warns':
      return { kind: 'fail', level: 'warning' };
    default:
      return { kind: check.result === 'inconclusive' ? 'open' : 'notApplicable', level: 'none' };
  }
}

function resultsOf(outcome: SignatureOutcome, words: ReportWords): readonly Result[] {
  const { manifestDigest: signature, signer, checks, fatal } = outcome;
  const common = { signature, ...(signer !== undefined && { signer }) };
  const fatals = fatal.map((reason): Result => ({
    ...{ ruleId: reason.code, text: words.sentenceOf(reason), properties: common },
    finding: { kind: 'fail', level: 'error' },
  }));
  const judged = checks.map((check): Result => ({
    ruleId: check.reason.code,
    text: words.sentenceOf(check.reason),
    finding: findingOf(check),
    properties: { ...common, check: check.check, result: check.result, action: check.action },
  }));
  return [...fatals, ...judged];
}

function unreadableResult(manifestDigest: string, reason: Reason, words: ReportWords): Result {
  return {
    ...{ ruleId: reason.code, text: words.sentenceOf(reason), properties: { signature: manifestDigest } },
    finding: { kind: 'fail', level: 'error' },
  };
}

/** For code scanning (SARIF 2.1.0): a result for the verdict, and one for each check of each signature, by the code of its reason. */
export function toSarifReport(report: VerificationReport, words: ReportWords, version: string): string {
  const results: readonly Result[] = [
    {
      ...{ ruleId: `verdict.${report.verdict}`, text: words.headline, finding: findings[report.verdict] },
      properties: { policy: policyName(report), command: report.cli.command },
    },
    ...report.signatures.flatMap((outcome) => resultsOf(outcome, words)),
    ...report.unreadable.map(({ manifestDigest, reason }) => unreadableResult(manifestDigest, reason, words)),
  ];
  const ruleIds = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const run = {
    tool: { driver: { name: 'Inkan', version, rules: ruleIds.map((id) => ({ id })) } },
    invocations: [{ executionSuccessful: report.verdict !== 'couldNotCheck', endTimeUtc: report.verifiedAt }],
    results: results.map(({ ruleId, text, finding, properties }) => ({
      ruleId,
      ruleIndex: ruleIds.indexOf(ruleId),
      ...finding,
      message: { text: toVisibleText(text) },
      locations: [{ logicalLocations: [{ fullyQualifiedName: report.reference, kind: 'resource' }] }],
      properties,
    })),
  };
  return toSafeJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] });
}
