import type { EditorView } from '@codemirror/view';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useText } from '../../locales/use-text.tsx';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { fileNames, useDocumentKind } from './document-kind.ts';
import { useDraft } from './draft-store.ts';
import { fixesOf } from './fixes.ts';
import { spanOfMember, useHere } from './here.ts';
import { createEditor, reveal, showMarks, showProblems, showText } from './json-editor.ts';
import { changedLines } from './line-diff.ts';
import styles from './policies.module.css';
import { problemCount, problemText } from './problem-note.tsx';
import type { StatementView } from './statement-view.ts';
import { blocksSaving, type Edit } from './use-policy.ts';

interface JsonPaneProps {
  readonly text: string;
  readonly savedText: string;
  readonly problems: readonly PolicyProblem[];
  readonly areProblemsCurrent: boolean;
  readonly selected: StatementView | undefined;
  readonly edit: Edit;
  /** The user put the cursor at this place of the text. */
  readonly onCursor: (offset: number) => void;
}

/** The document as text, kept in step with the form both ways. */
export function JsonPane(props: JsonPaneProps) {
  const t = useText();
  const kind = useDocumentKind();
  const { text, problems } = props;
  const parent = useRef<HTMLDivElement>(null);
  useEditor(parent, props);
  return (
    <section className={styles.json} aria-label="JSON">
      <header>
        <h2>JSON</h2>
        <code className="sub cut">{fileNames[kind]}</code>
        {problems.length > 0 && (
          <Chip tone={problems.some(blocksSaving) ? 'bad' : 'warn'} icon={TriangleAlert}>
            {problemCount(problems, t)}
          </Chip>
        )}
        <CopyButton text={text} label={t('policies.copyJson')} lines />
      </header>
      <div ref={parent} className={styles.editor} />
    </section>
  );
}

function useEditor(parent: RefObject<HTMLDivElement | null>, props: JsonPaneProps) {
  const t = useText();
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const label = t('policies.jsonLabel');
  useEffect(() => {
    if (!parent.current) return;
    const editor = createEditor({
      parent: parent.current,
      text: latest.current.text,
      label,
      onChange: (text) => latest.current.edit(() => text, 'json'),
      onCursor: (offset) => latest.current.onCursor(offset),
      onUndo: () => useDraft.getState().undo(),
      onRedo: () => useDraft.getState().redo(),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [parent, label]);
  useContent(view, props);
}

/** Brings text, marks and problems of each rendering into the editor. */
function useContent(view: RefObject<EditorView | null>, props: JsonPaneProps) {
  const t = useText();
  const { text, savedText, problems, areProblemsCurrent, selected, edit } = props;
  const from = selected?.from ?? -1;
  const to = selected?.to ?? -1;
  const index = selected?.index ?? -1;
  const { here } = useHere();
  const member = here?.member ?? null;
  const turn = here?.turn ?? 0;
  useEffect(() => {
    if (view.current) showText(view.current, text);
  }, [view, text]);
  useEffect(() => {
    const field = spanOfMember(text, index, member);
    if (view.current) showMarks(view.current, { from, to, field, changed: changedLines(savedText, text) });
  }, [view, from, to, index, member, savedText, text]);
  useEffect(() => {
    const field = spanOfMember(text, index, member);
    if (view.current) reveal(view.current, field?.from ?? from);
    // The place moves with every edit; only another statement or another part of the form is a reason to scroll.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, index, member, turn]);
  useEffect(() => {
    if (!view.current || !areProblemsCurrent) return;
    const shown = problems.map((problem) => ({
      from: problem.from,
      to: problem.to,
      severity: problem.severity === 'warning' ? ('warning' as const) : ('error' as const),
      message: problemText(problem, t),
      actions: fixesOf(problem).map((fix) => ({ name: t(fix.label, fix.values), run: () => edit(fix.apply) })),
    }));
    showProblems(view.current, shown);
  }, [view, problems, areProblemsCurrent, edit, t]);
}
