import type { CheckResult, SignatureOutcome, VerificationReport } from '../../../../shared/model/verification.ts';
import { toVisibleText } from '../../../locales/visible-text.ts';
import { isAccepted, policyName, weightOf, type ReportWords } from './report-words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write most control characters, so those are shown. */
function escape(text: string): string {
  return toVisibleText(text).replace(/[&<>"']/g, (found) => entities[found] ?? '');
}

interface TestCase {
  readonly name: string;
  readonly group: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly text: string;
}

function toCase(check: CheckResult, group: string, words: ReportWords): TestCase {
  const outcomes = { pass: 'passed', decides: 'failure', warns: 'passed', none: 'skipped' } as const;
  const text = `${words.resultOf(check)}: ${words.sentenceOf(check.reason)}`;
  return { name: check.check, group, outcome: outcomes[weightOf(check)], type: check.reason.code, text };
}

function casesOf(outcome: SignatureOutcome, words: ReportWords): readonly TestCase[] {
  const group = `${outcome.manifestDigest}${outcome.signer === undefined ? '' : ` ${outcome.signer}`}`;
  const fatal = outcome.fatal.map((reason): TestCase => ({
    name: 'fatal',
    group,
    outcome: 'failure',
    type: reason.code,
    text: words.sentenceOf(reason),
  }));
  return [...fatal, ...outcome.checks.map((check) => toCase(check, group, words))];
}

function render({ name, group, outcome, type, text }: TestCase): string {
  const open = `    <testcase classname="${escape(group)}" name="${escape(name)}"`;
  if (outcome === 'passed') return `${open}><system-out>${escape(text)}</system-out></testcase>`;
  if (outcome === 'skipped') return `${open}><skipped message="${escape(text)}"/></testcase>`;
  return `${open}><${outcome} type="${escape(type)}" message="${escape(text)}"/></testcase>`;
}

/**
 * For build servers (JUnit XML): a test for the verdict, and one for each check of each signature. Only the first decides whether a
 * build should go on, since one good signature is enough; the checks of the others fail beside it.
 */
export function toJunitReport(report: VerificationReport, words: ReportWords): string {
  const whole: TestCase = {
    ...{ name: 'verdict', group: report.reference, type: report.verdict, text: words.headline },
    outcome: isAccepted(report) ? 'passed' : report.verdict === 'couldNotCheck' ? 'error' : 'failure',
  };
  const unreadable = report.unreadable.map(({ manifestDigest, reason }): TestCase => ({
    ...{ name: 'envelope', group: manifestDigest, outcome: 'error' },
    ...{ type: reason.code, text: words.sentenceOf(reason) },
  }));
  const cases = [whole, ...report.signatures.flatMap((outcome) => casesOf(outcome, words)), ...unreadable];
  const count = (wanted: TestCase['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const properties = Object.entries({
    verdict: report.verdict,
    policy: policyName(report),
    command: report.cli.command,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Inkan" ${totals}>`,
    `  <testsuite name="${escape(report.reference)}" timestamp="${escape(report.verifiedAt)}" ${totals}>`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}" value="${escape(value)}"/>`),
    '    </properties>',
    ...cases.map(render),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
