import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../../shared/model/digest.ts';
import type { CheckResult, SignatureOutcome, VerificationReport } from '../../../../shared/model/verification.ts';
import { toJsonReport } from './json-report.ts';
import { toJunitReport } from './junit-report.ts';
import { toMarkdownReport } from './markdown-report.ts';
import { reportLabels, type ReportLabel, type ReportWords } from './report-words.ts';
import { toSarifReport } from './sarif-report.ts';

const digest = (fill: string) => `sha256:${fill.repeat(64)}` as Digest;

/** What a stranger may put into a name: markup of every kind, a formula, a direction mark, a control character, half a letter. */
const hostile = 'CN=<img src=x onerror=1>]]>"\'&|*_`[a](https://evil.example)\u202E\u0000\u001B[31m\uD800 @all';

const checks: readonly CheckResult[] = [
  { check: 'integrity', result: 'passed', action: 'enforce', reason: { code: 'integrity.valid', details: {} } },
  {
    check: 'authenticity',
    result: 'failed',
    action: 'enforce',
    reason: { code: 'authenticity.chainNotTrusted', details: {} },
  },
  { check: 'authenticTimestamp', result: 'failed', action: 'log', reason: { code: 'timestamp.missing', details: {} } },
  { check: 'expiry', result: 'skipped', action: 'skip', reason: { code: 'check.skippedByPolicy', details: {} } },
  { check: 'revocation', result: 'inconclusive', action: null, reason: { code: 'revocation.unknown', details: {} } },
];

const outcome: SignatureOutcome = {
  ...{ manifestDigest: digest('1'), verdict: 'notTrusted', checks: [...checks], signer: hostile, userMetadata: {} },
  fatal: [{ code: 'fatal.metadataMissing', details: {} }],
};

function reportOf(change: Partial<VerificationReport> = {}): VerificationReport {
  return {
    reference: `registry.example/app@${digest('a')}`,
    scope: 'registry.example/app',
    subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digest('a'), size: 7 },
    verdict: 'notTrusted',
    policy: { kind: 'missing' },
    signatures: [outcome],
    unreadable: [{ manifestDigest: digest('2'), reason: { code: 'integrity.envelopeMalformed', details: {} } }],
    limitReached: true,
    cli: { succeeds: false, message: hostile, command: 'notation verify x', dependsOn: [] },
    verifiedAt: '2026-11-25T12:00:00Z',
    ...change,
  };
}

const words: ReportWords = {
  verdict: 'Not trusted',
  headline: `Not trusted; signed by ${hostile}`,
  labels: Object.fromEntries(reportLabels.map((name) => [name, name])) as Record<ReportLabel, string>,
  checkOf: ({ check }) => check,
  resultOf: ({ result }) => result,
  actionOf: ({ action }) => action ?? 'none',
  sentenceOf: ({ code }) => `${code}: ${hostile}`,
  verdictOf: (verdict) => verdict,
};

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly rules: readonly { readonly id: string }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
      readonly message: { readonly text: string };
    }[];
  }[];
}

/** Elements of an XML text as far as a report uses them. @throws when one is not closed, or a character is not one of XML's */
function parseXml(
  text: string,
): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  expect(body).not.toBe(text);
  // XML 1.0, production 2.
  expect(body).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  const open: string[] = [];
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const rest = body.replaceAll(
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
    (_, closing: string, name: string, inner: string, alone: string) => {
      if (closing) expect(open.pop()).toBe(name);
      else {
        const attributes = Object.fromEntries(
          [...inner.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
        );
        found.push({ name, attributes });
        if (!alone) open.push(name);
      }
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>"']/);
  expect(rest).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/);
  return found;
}

describe('reports of a verdict', () => {
  it('JUnit: well formed, a test for the verdict and each check, and only what the policy enforces fails', () => {
    const elements = parseXml(toJunitReport(reportOf(), words));
    const [suites, suite] = elements;
    expect(suites).toMatchObject({
      name: 'testsuites',
      attributes: { tests: '8', failures: '3', errors: '1', skipped: '2' },
    });
    expect(suite?.attributes['timestamp']).toBe('2026-11-25T12:00:00Z');
    const names = elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes['name']);
    expect(names).toEqual([
      'verdict',
      'fatal',
      'integrity',
      'authenticity',
      'authenticTimestamp',
      'expiry',
      'revocation',
      'envelope',
    ]);
    const failures = elements.filter(({ name }) => name === 'failure').map(({ attributes }) => attributes['type']);
    expect(failures).toEqual(['notTrusted', 'fatal.metadataMissing', 'authenticity.chainNotTrusted']);
  });

  it.each([
    ['verified', 'passed'],
    ['verifiedWithWarnings', 'passed'],
    ['noSignature', 'failure'],
    ['skipped', 'failure'],
    ['couldNotCheck', 'error'],
  ] as const)('JUnit: %s is a test that ends as %s', (verdict, ends) => {
    const report = reportOf({ verdict, signatures: [], unreadable: [] });
    const [{ attributes } = { attributes: {} }] = parseXml(toJunitReport(report, words));
    const expected = { failures: ends === 'failure' ? '1' : '0', errors: ends === 'error' ? '1' : '0' };
    expect(attributes).toMatchObject({ tests: '1', skipped: '0', ...expected });
  });

  it('SARIF: every result has its rule, and a level only where it failed', () => {
    const { version, runs } = JSON.parse(toSarifReport(reportOf(), words, '1.2.3')) as Sarif;
    expect(version).toBe('2.1.0');
    const [run] = runs;
    expect(run?.tool.driver).toMatchObject({ name: 'Inkan', version: '1.2.3' });
    const results = run?.results ?? [];
    for (const { ruleId, ruleIndex } of results) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results.map(({ ruleId, kind, level }) => [ruleId, kind, level])).toEqual([
      ['verdict.notTrusted', 'fail', 'error'],
      ['fatal.metadataMissing', 'fail', 'error'],
      ['integrity.valid', 'pass', 'none'],
      ['authenticity.chainNotTrusted', 'fail', 'error'],
      ['timestamp.missing', 'fail', 'warning'],
      ['check.skippedByPolicy', 'notApplicable', 'none'],
      ['revocation.unknown', 'open', 'none'],
      ['integrity.envelopeMalformed', 'fail', 'error'],
    ]);
  });

  it('Markdown: nothing of a stranger is markup, a mention or a link', () => {
    const text = toMarkdownReport(reportOf(), words);
    expect(text).toContain('# Not trusted');
    expect(text).toContain('| authenticity | failed | enforce |');
    expect(text).toContain('\\<img');
    expect(text).not.toMatch(/(?<!\\)[<>@`]/);
    expect(text).not.toMatch(/\w:\/\//);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(7);
  });

  it('JSON: what the contract says, and what cannot be seen is escaped', () => {
    const report = reportOf();
    expect(JSON.parse(toJsonReport(report, '1.2.3'))).toEqual({ tool: { name: 'Inkan', version: '1.2.3' }, report });
  });

  it.each([
    ['JSON', () => toJsonReport(reportOf(), '1')],
    ['Markdown', () => toMarkdownReport(reportOf(), words)],
    ['JUnit', () => toJunitReport(reportOf(), words)],
    ['SARIF', () => toSarifReport(reportOf(), words, '1')],
  ])('%s: the same for the same verdict, and no control or direction character is in it', (_, make) => {
    const text = make();
    expect(make()).toBe(text);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});
