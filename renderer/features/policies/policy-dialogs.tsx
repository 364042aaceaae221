import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useDraft, type Draft } from './draft-store.ts';
import { HistorySheet } from './history-sheet.tsx';
import { ReviewDialog } from './review-dialog.tsx';

/** What stands over the editor. */
export type OverEditor = 'nothing' | 'changes' | 'proposal' | 'history';

interface PolicyDialogsProps {
  readonly shown: OverEditor;
  readonly onShow: (shown: OverEditor) => void;
  readonly draft: Draft;
  readonly problems: readonly PolicyProblem[];
  readonly areProblemsCurrent: boolean;
  readonly onConflict: () => void;
}

/** The review before saving, and the versions before. */
export function PolicyDialogs({ shown, onShow, draft, ...validation }: PolicyDialogsProps) {
  const edit = useDraft((state) => state.edit);
  const close = () => onShow('nothing');
  if (shown === 'nothing') return null;
  if (shown === 'history') {
    const restore = (text: string) => {
      edit(text);
      onShow('changes');
    };
    return <HistorySheet draft={draft} onClose={close} onRestore={restore} />;
  }
  return (
    <ReviewDialog
      base={draft.base}
      text={draft.text}
      isProposal={shown === 'proposal'}
      onClose={close}
      {...validation}
    />
  );
}
