import { defaultKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentUnit, syntaxTree } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Action, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  gutter,
  GutterMarker,
  highlightActiveLine,
  keymap,
  lineNumbers,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';

/** Marks a change that came from outside, so that it is not told back. */
const external = Annotation.define<boolean>();

/** Lines of the statement in the form, and lines that differ from the saved text. */
export interface Marks {
  readonly from: number;
  readonly to: number;
  /** The member in it that the form is at. */
  readonly field: { readonly from: number; readonly to: number } | null;
  readonly changed: ReadonlyMap<number, 'added' | 'changed'>;
}

const setMarks = StateEffect.define<Marks>();

const marksField = StateField.define<Marks>({
  create: () => ({ from: -1, to: -1, field: null, changed: new Map() }),
  update: (marks, transaction) => transaction.effects.find((effect) => effect.is(setMarks))?.value ?? marks,
});

const hereLine = Decoration.line({ class: 'cm-here' });
const fieldLine = Decoration.line({ class: 'cm-here cm-field' });

function decorate(state: EditorState): DecorationSet {
  const { from, to, field } = state.field(marksField);
  const lineOf = (offset: number) => state.doc.lineAt(Math.min(offset, state.doc.length)).number;
  const [first, end] = field ? [lineOf(field.from), lineOf(field.to)] : [0, -1];
  const builder = new RangeSetBuilder<Decoration>();
  if (from < 0 || from > state.doc.length) return builder.finish();
  const last = lineOf(to);
  for (let number = state.doc.lineAt(from).number; number <= last; number += 1) {
    const { from: start } = state.doc.line(number);
    builder.add(start, start, first <= number && number <= end ? fieldLine : hereLine);
  }
  return builder.finish();
}

class ChangeMarker extends GutterMarker {
  readonly sign: string;
  constructor(sign: string) {
    super();
    this.sign = sign;
  }
  override eq(other: ChangeMarker): boolean {
    return other.sign === this.sign;
  }
  override toDOM(): Node {
    const element = document.createElement('span');
    element.className = 'cm-changed';
    element.textContent = this.sign;
    return element;
  }
}
const signs = { added: new ChangeMarker('+'), changed: new ChangeMarker('~') };

const changeGutter = gutter({
  class: 'cm-changes',
  lineMarker: (view, line) => {
    const kind = view.state.field(marksField).changed.get(view.state.doc.lineAt(line.from).number);
    return kind ? signs[kind] : null;
  },
  lineMarkerChange: (update) => update.startState.field(marksField) !== update.state.field(marksField),
  initialSpacer: () => signs.added,
});

const paints: Readonly<Record<string, Decoration>> = {
  PropertyName: Decoration.mark({ class: 'cm-name' }),
  String: Decoration.mark({ class: 'cm-value' }),
  Number: Decoration.mark({ class: 'cm-value' }),
  True: Decoration.mark({ class: 'cm-value' }),
  False: Decoration.mark({ class: 'cm-value' }),
  Null: Decoration.mark({ class: 'cm-value' }),
};

function paint(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    const enter = (node: { name: string; from: number; to: number }) => {
      const mark = Object.hasOwn(paints, node.name) ? paints[node.name] : undefined;
      if (mark && node.from < node.to) builder.add(node.from, node.to, mark);
    };
    syntaxTree(view.state).iterate({ from, to, enter });
  }
  return builder.finish();
}

const highlight = ViewPlugin.define(
  (view) => ({
    decorations: paint(view),
    update({ startState, state, docChanged, viewportChanged, view: now }: ViewUpdate) {
      const isNew = docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state);
      if (isNew) this.decorations = paint(now);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { font: '400 var(--text-xs)/16px var(--mono)', fontVariantLigatures: 'none' },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--ink)' },
  '.cm-line': { color: 'var(--syntax-mark)' },
  '.cm-name': { color: 'var(--syntax-name)', fontWeight: '500' },
  '.cm-value': { color: 'var(--syntax-value)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--hover)' },
  '.cm-here': { backgroundColor: 'color-mix(in srgb, var(--indigo-wash) 70%, transparent)' },
  '.cm-field': { boxShadow: 'inset 3px 0 0 var(--indigo)' },
  '.cm-changes': { width: '16px' },
  '.cm-changed': {
    display: 'block',
    width: '12px',
    height: '12px',
    margin: '2px',
    borderRadius: '3px',
    backgroundColor: 'var(--indigo)',
    color: 'var(--indigo-ink)',
    font: '700 11px/12px var(--mono)',
    textAlign: 'center',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--indigo) 28%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mute-wash)', color: 'inherit' },
  '.cm-tooltip': {
    maxWidth: '380px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r-md)',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow)',
    font: '400 var(--text-sm)/1.45 var(--font)',
  },
  '.cm-diagnosticAction': { backgroundColor: 'var(--indigo)', color: 'var(--indigo-ink)', borderRadius: 'var(--r-sm)' },
});

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  /** Where the user put the cursor. */
  readonly onCursor: (offset: number) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

function extensions({ label, onChange, onCursor, onUndo, onRedo }: EditorOptions): Extension {
  const run = (action: () => void) => () => {
    action();
    return true;
  };
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  return [
    EditorView.cspNonce.of(nonce),
    // Offsets must equal those of the text, so a carriage return stays a character of its line.
    EditorState.lineSeparator.of('\n'),
    indentUnit.of('  '),
    marksField,
    EditorView.decorations.compute([marksField, 'doc'], decorate),
    lineNumbers(),
    changeGutter,
    lintGutter(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    json(),
    highlight,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    keymap.of([
      { key: 'Mod-z', run: run(onUndo), preventDefault: true },
      { key: 'Mod-y', run: run(onRedo), preventDefault: true },
      { key: 'Mod-Shift-z', run: run(onRedo), preventDefault: true },
      { key: 'Escape', run: (view) => (view.contentDOM.blur(), true) },
      ...defaultKeymap,
    ]),
    theme,
    EditorView.updateListener.of((update) => {
      if (update.transactions.some((transaction) => transaction.annotation(external))) return;
      if (update.docChanged) onChange(update.state.sliceDoc());
      if (update.selectionSet && update.view.hasFocus) onCursor(update.state.selection.main.head);
    }),
  ];
}

export function createEditor(options: EditorOptions): EditorView {
  const state = EditorState.create({ doc: options.text, extensions: extensions(options) });
  return new EditorView({ state, parent: options.parent });
}

/** Gives the editor another text by the smallest change, so that cursor and scroll position stay. */
export function showText(view: EditorView, text: string): void {
  const before = view.state.sliceDoc();
  if (before === text) return;
  let from = 0;
  while (from < Math.min(before.length, text.length) && before[from] === text[from]) from += 1;
  let same = 0;
  const most = Math.min(before.length, text.length) - from;
  while (same < most && before.at(-1 - same) === text.at(-1 - same)) same += 1;
  view.dispatch({
    changes: { from, to: before.length - same, insert: text.slice(from, text.length - same) },
    annotations: external.of(true),
  });
}

export function showMarks(view: EditorView, marks: Marks): void {
  view.dispatch({ effects: setMarks.of(marks), annotations: external.of(true) });
}

/** Brings a place into view, unless the user is typing. */
export function reveal(view: EditorView, offset: number): void {
  if (view.hasFocus || offset < 0 || offset > view.state.doc.length) return;
  view.dispatch({
    effects: EditorView.scrollIntoView(offset, { y: 'center' }),
    annotations: external.of(true),
  });
}

/** A problem as the editor shows it. */
export interface EditorProblem {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly actions: readonly { readonly name: string; readonly run: () => void }[];
}

export function showProblems(view: EditorView, problems: readonly EditorProblem[]): void {
  const end = view.state.doc.length;
  const diagnostics = problems.map(({ from, to, severity, message, actions }): Diagnostic => {
    const shown = actions.map(({ name, run }): Action => ({ name, apply: run }));
    return { from: Math.min(from, end), to: Math.min(to, end), severity, message, actions: shown };
  });
  view.dispatch({ ...setDiagnostics(view.state, diagnostics), annotations: external.of(true) });
}
