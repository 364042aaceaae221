import { Ban, CircleX, Clock3, FileSignature, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { QueueItem, QueueSummary } from '../../../shared/model/bulk.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import type { Tone } from '../../ui/chip.tsx';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import type { ReportWords } from './queue-report.ts';

/** How many artifacts a queue has. */
export function totalOf({ counts }: QueueSummary): number {
  return counts.waiting + counts.running + counts.done + counts.failed + counts.cancelled;
}

/** How many will not be worked on any more. */
export function settledOf({ counts }: QueueSummary): number {
  return counts.done + counts.failed + counts.cancelled;
}

export interface ItemLook {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: MessageKey;
}

const looks = {
  waiting: { tone: 'plain', icon: Clock3, word: 'bulk.item_waiting' },
  runningVerify: { tone: 'plain', icon: LoaderCircle, word: 'bulk.item_runningVerify' },
  runningSign: { tone: 'plain', icon: LoaderCircle, word: 'bulk.item_runningSign' },
  signed: { tone: 'plain', icon: FileSignature, word: 'bulk.item_signed' },
  failed: { tone: 'err', icon: CircleX, word: 'bulk.item_failed' },
  cancelled: { tone: 'mute', icon: Ban, word: 'bulk.item_cancelled' },
} as const satisfies Record<string, ItemLook>;

/** How an artifact of a queue looks: a verdict by the words of all verdicts, a signature as made and not yet as judged. */
export function lookOf({ state, verdict }: QueueItem, action: QueueSummary['action']): ItemLook {
  if (verdict !== undefined) return verdictLooks[verdict];
  if (state === 'running') return looks[action === 'verify' ? 'runningVerify' : 'runningSign'];
  if (state === 'failed') return action === 'verify' ? verdictLooks.couldNotCheck : looks.failed;
  return state === 'done' ? looks.signed : looks[state];
}

/** The words of a report, in the language in use. */
export function useReportWords({ action }: QueueSummary): ReportWords {
  const t = useText();
  const errorText = useErrorText();
  return {
    head: [
      t('bulk.reportColumnReference'),
      t('bulk.columnDigest'),
      t('bulk.reportColumnState'),
      t('bulk.reportColumnVerdict'),
      t('bulk.reportColumnSigners'),
      t('bulk.reportColumnSignature'),
      t('bulk.reportColumnError'),
    ],
    stateOf: (item) => t(lookOf({ ...item, verdict: undefined }, action).word),
    verdictOf: ({ verdict }) => (verdict === undefined ? '' : t(verdictLooks[verdict].word)),
    errorOf: ({ error }) => {
      if (!error) return '';
      const { title, cause } = errorText(error);
      return `${error.code}: ${title} ${cause}`;
    },
  };
}
