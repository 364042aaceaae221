import { toClipboardText } from '../locales/visible-text.ts';

/** A line of a table as it is shown. */
export type TextRow = readonly string[];

/** What a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/** A table as comma-separated values (RFC 4180). What begins like a formula gets an apostrophe before it. */
export function toCsv(head: TextRow, rows: readonly TextRow[]): string {
  const cell = (text: string) => {
    const clean = toClipboardText(text);
    const safe = formula.test(clean) ? `'${clean}` : clean;
    return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** A text in Markdown, on one line; nothing in it becomes markup, a mention or a link. */
export function toMarkdownText(text: string): string {
  return toClipboardText(text)
    .replace(/[\\`*_{}[\]<>|#~!@]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (found) => found.replace('.', '\\.'));
}

/** A table in Markdown; nothing in a cell becomes markup. */
export function toMarkdown(head: TextRow, rows: readonly TextRow[]): string {
  const line = (row: TextRow) => `| ${row.map(toMarkdownText).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n') + '\n';
}
