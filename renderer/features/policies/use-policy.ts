import { useCallback, useMemo } from 'react';
import type { PolicyDocumentKind, PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useCall } from '../../client/use-call.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { useDraft } from './draft-store.ts';
import { placeOf } from './fixes.ts';

const settleMs = 100;

/** The faults of a text; `isCurrent` is false for the moment in which a newer text is being judged. */
export function useValidation(
  text: string,
  document: PolicyDocumentKind,
): {
  readonly problems: readonly PolicyProblem[];
  readonly isCurrent: boolean;
} {
  const settled = useDebounced(text, settleMs);
  const enabled = settled.trim() !== '';
  const validated = useCall(
    'policies.validatePolicy',
    { document, text: settled },
    { enabled, keepPrevious: true, staleTimeMs: Infinity },
  );
  const problems = useMemo(() => (enabled ? (validated.data?.problems ?? []) : []), [enabled, validated.data]);
  return {
    problems,
    isCurrent: settled === text && !validated.isPlaceholderData && (!enabled || validated.data !== undefined),
  };
}

/** Applies an edit to the draft. Edits with the same mark in quick succession are one step to undo. */
export type Edit = (change: (text: string) => string, mark?: string) => void;

export function useEdit(): Edit {
  return useCallback((change, mark) => {
    const { draft, edit } = useDraft.getState();
    if (draft) edit(change(draft.text), mark);
  }, []);
}

/** The problems of a statement, optionally only those about some of its members. */
export function problemsOf(problems: readonly PolicyProblem[], index: number, ...members: readonly string[]) {
  return problems.filter((problem) => {
    const place = placeOf(problem);
    return place.index === index && (members.length === 0 || members.includes(place.member));
  });
}

/** Whether a document with these problems may be written. */
export function blocksSaving({ severity }: PolicyProblem): boolean {
  return severity !== 'warning';
}
