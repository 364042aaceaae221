import type { SignatureOutcome, VerificationReport } from '../../../../shared/model/verification.ts';
import { toMarkdown, toMarkdownText } from '../../../ui/table-export.ts';
import { policyName, type ReportWords } from './report-words.ts';

function toSection(outcome: SignatureOutcome, words: ReportWords): string {
  const { labels } = words;
  const signer = outcome.signer === undefined ? '' : ` · ${outcome.signer}`;
  const title = toMarkdownText(`${labels.signature} ${outcome.manifestDigest}${signer}`);
  const fatal = outcome.fatal.map((reason) => `- ${toMarkdownText(words.sentenceOf(reason))}\n`);
  const head = [labels.check, labels.result, labels.action, labels.reason];
  const rows = outcome.checks.map((check) => [
    words.checkOf(check),
    words.resultOf(check),
    words.actionOf(check),
    words.sentenceOf(check.reason),
  ]);
  const verdict = `**${toMarkdownText(words.verdictOf(outcome.verdict))}**\n`;
  return [`## ${title}\n`, verdict, ...(fatal.length > 0 ? [fatal.join('')] : []), toMarkdown(head, rows)].join('\n');
}

/** For people: an issue, a chat, a review. Nothing that a stranger wrote becomes markup. */
export function toMarkdownReport(report: VerificationReport, words: ReportWords): string {
  const { labels } = words;
  const facts = [
    [labels.artifact, report.reference],
    [labels.verdict, words.headline],
    [labels.policy, policyName(report)],
    [labels.verifiedAt, report.verifiedAt],
    [labels.command, report.cli.command],
    [labels.commandSays, report.cli.message],
  ].map(([label = '', value = '']) => `- ${toMarkdownText(label)}: ${toMarkdownText(value)}`);
  const unreadable = report.unreadable.map(
    ({ manifestDigest, reason }) =>
      `- ${toMarkdownText(`${labels.unreadable}: ${manifestDigest}. ${words.sentenceOf(reason)}`)}`,
  );
  const more = report.limitReached ? [`- ${toMarkdownText(labels.more)}`] : [];
  const top = [`# ${toMarkdownText(words.verdict)}`, '', ...facts, ...unreadable, ...more, ''].join('\n');
  return [top, ...report.signatures.map((outcome) => toSection(outcome, words))].join('\n');
}
