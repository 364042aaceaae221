import type { QueueItem, QueueSummary } from '../../../shared/model/bulk.ts';
import { toSafeJson } from '../../ui/safe-json.ts';
import { toCsv, toMarkdown, type TextRow } from '../../ui/table-export.ts';

/** The words that a report needs, in the language of the reader. */
export interface ReportWords {
  readonly head: TextRow;
  stateOf(item: QueueItem): string;
  verdictOf(item: QueueItem): string;
  errorOf(item: QueueItem): string;
}

export type ReportForm = 'json' | 'csv' | 'md';

/** For programs: what the queue holds, by the names and codes of the contract. */
function toJson(queue: QueueSummary, items: readonly QueueItem[]): string {
  const { action, state, createdAt, counts } = queue;
  const rows = items.map(({ name, state: itemState, digest, verdict, signers, signatureDigest, movedTo, ...rest }) => ({
    ...{ reference: name, state: itemState, digest, verdict, signers, signatureDigest, movedTo },
    ...{ command: rest.command, error: rest.error, endedAt: rest.endedAt },
  }));
  return toSafeJson({ action, state, createdAt, counts, artifacts: rows });
}

/** The report of a queue as a file's text. What stands in it may be a stranger's, and does nothing in what opens it. */
export function toReport(
  form: ReportForm,
  queue: QueueSummary,
  items: readonly QueueItem[],
  words: ReportWords,
): string {
  if (form === 'json') return toJson(queue, items);
  const rows = items.map((item): TextRow => {
    const { name, digest = '', signers = [], signatureDigest = '' } = item;
    return [
      name,
      digest,
      words.stateOf(item),
      words.verdictOf(item),
      signers.join('; '),
      signatureDigest,
      words.errorOf(item),
    ];
  });
  return form === 'csv' ? toCsv(words.head, rows) : toMarkdown(words.head, rows);
}
