import { useEffect } from 'react';
import { useDraft } from './draft-store.ts';

/** What the keys mean for the draft; undefined for all others. */
function meaningOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'y' && !event.shiftKey) return 'redo';
  if (key !== 'z') return undefined;
  return event.shiftKey ? 'redo' : 'undo';
}

/** Fields that hold no part of the draft, and windows over it, keep their own undo; the text editor asks for the draft's itself. */
const own = '[data-own-undo], [role="dialog"], [role="alertdialog"], .cm-editor';

/** Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) work on the draft wherever the focus is in the form. */
export function useUndoKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const meaning = meaningOf(event);
      if (!meaning || (event.target instanceof Element && event.target.closest(own))) return;
      event.preventDefault();
      useDraft.getState()[meaning]();
    };
    // Before the fields themselves, whose own undo knows nothing of the draft.
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, []);
}
