import { create } from 'zustand';

/** The policy file as it was read. `absent` files have an empty text. */
export interface SavedPolicy {
  readonly path: string;
  readonly text: string;
  readonly revision: string;
}

export interface Draft {
  /** What the draft started from, and what it is compared with. */
  readonly base: SavedPolicy;
  readonly text: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
  /** Edits with the same mark that follow each other soon are one step to undo. */
  readonly mark: string | null;
  readonly markedAtMs: number;
  /** Another program's version of the file, while the draft has changes of its own. */
  readonly theirs: SavedPolicy | null;
}

interface DraftState {
  readonly draft: Draft | null;
  /** Drafts of other configuration directories, by path. */
  readonly others: Readonly<Record<string, Draft>>;
}

interface DraftActions {
  /** Takes in the file as it is now. */
  takeIn(saved: SavedPolicy): void;
  edit(text: string, mark?: string): void;
  undo(): void;
  redo(): void;
  discard(): void;
  /** After a conflict: goes on with the draft, over the newer file. */
  keepMine(): void;
  /** After a conflict: takes the newer file; undo brings the draft back. */
  loadTheirs(): void;
  wasSaved(saved: SavedPolicy): void;
}

const mostSteps = 200;
const oneStepMs = 900;

function fresh(base: SavedPolicy): Draft {
  return { base, text: base.text, past: [], future: [], mark: null, markedAtMs: 0, theirs: null };
}

function pushed(draft: Draft): readonly string[] {
  return [...draft.past, draft.text].slice(-mostSteps);
}

function takenIn(draft: Draft, saved: SavedPolicy): Draft {
  if (saved.revision === draft.base.revision) return draft.theirs ? { ...draft, theirs: null } : draft;
  if (draft.text === saved.text) return { ...draft, base: saved, theirs: null };
  if (draft.text !== draft.base.text) return { ...draft, theirs: saved };
  return { ...draft, base: saved, text: saved.text, past: pushed(draft), future: [], mark: null, theirs: null };
}

function edited(draft: Draft, text: string, mark: string | null, nowMs: number): Draft {
  if (text === draft.text) return draft;
  const goesOn = mark !== null && mark === draft.mark && nowMs - draft.markedAtMs < oneStepMs;
  return { ...draft, text, past: goesOn ? draft.past : pushed(draft), future: [], mark, markedAtMs: nowMs };
}

/** The policy draft: one for each configuration directory, with undo. It stays while other pages are open. */
export const useDraft = create<DraftState & DraftActions>((set) => {
  const change = (next: (draft: Draft) => Draft) => set(({ draft }) => (draft ? { draft: next(draft) } : {}));
  return {
    draft: null,
    others: {},
    takeIn: (saved) =>
      set(({ draft, others }) => {
        if (draft?.base.path === saved.path) return { draft: takenIn(draft, saved) };
        const kept = draft ? { ...others, [draft.base.path]: draft } : others;
        const known = Object.hasOwn(kept, saved.path) ? kept[saved.path] : undefined;
        return { others: kept, draft: known ? takenIn(known, saved) : fresh(saved) };
      }),
    edit: (text, mark) => change((draft) => edited(draft, text, mark ?? null, Date.now())),
    undo: () =>
      change((draft) => {
        const text = draft.past.at(-1);
        if (text === undefined) return draft;
        return { ...draft, text, past: draft.past.slice(0, -1), future: [draft.text, ...draft.future], mark: null };
      }),
    redo: () =>
      change((draft) => {
        const [text, ...future] = draft.future;
        return text === undefined ? draft : { ...draft, text, past: pushed(draft), future, mark: null };
      }),
    discard: () => change((draft) => edited(draft, draft.base.text, null, 0)),
    keepMine: () => change((draft) => ({ ...draft, base: draft.theirs ?? draft.base, theirs: null })),
    loadTheirs: () =>
      change((draft) =>
        draft.theirs ? { ...edited(draft, draft.theirs.text, null, 0), base: draft.theirs, theirs: null } : draft,
      ),
    wasSaved: (base) => change((draft) => ({ ...draft, base, theirs: null, mark: null })),
  };
});

/** The text of the policy of artifacts that is being edited and is not saved; undefined where there is none. */
export function unsavedPolicyOf({ draft }: DraftState): string | undefined {
  const isOfFiles = draft?.base.path.endsWith('trustpolicy.blob.json') ?? true;
  return draft && !isOfFiles && draft.text !== draft.base.text ? draft.text : undefined;
}
