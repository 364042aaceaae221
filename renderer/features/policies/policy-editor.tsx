import { useState } from 'react';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { addStatement, removeStatement } from '../../../shared/policy-text/statement-list.ts';
import { useText } from '../../locales/use-text.tsx';
import { ConfirmDialog, BareSheet } from '../../ui/dialog.tsx';
import { Panes } from '../../ui/panes.tsx';
import { Callout } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { useDocumentKind } from './document-kind.ts';
import { useDraft, type Draft } from './draft-store.ts';
import { JsonPane } from './json-pane.tsx';
import styles from './policies.module.css';
import { duplicateStatement } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { StatementForm } from './statement-form.tsx';
import { StatementList } from './statement-list.tsx';
import { readStatements, type StatementView } from './statement-view.ts';
import { placeOf } from './fixes.ts';
import { useEdit } from './use-policy.ts';

interface PolicyEditorProps {
  readonly draft: Draft;
  readonly problems: readonly PolicyProblem[];
  readonly areProblemsCurrent: boolean;
  /** The statement that the address asks for. */
  readonly statementName: string | undefined;
  readonly isJsonOpen: boolean;
  readonly onJsonOpen: (isOpen: boolean) => void;
}

/** Windows on which the JSON stands beside the form; on narrower ones it is a sheet. */
export const wideEnough = '(min-width: 1180px)';

/** Statements, form and JSON side by side. */
export function PolicyEditor({
  draft,
  problems,
  areProblemsCurrent,
  statementName,
  isJsonOpen,
  onJsonOpen,
}: PolicyEditorProps) {
  const t = useText();
  const wide = useMedia(wideEnough);
  const edit = useEdit();
  const kind = useDocumentKind();
  const statements = readStatements(draft.text);
  const [selected, select] = useSelected(statements ?? [], statementName);
  const right = <RightPane {...{ draft, problems, areProblemsCurrent, selected }} onSelect={select} />;
  const left = (
    <StatementList
      statements={statements ?? []}
      saved={readStatements(draft.base.text) ?? []}
      problems={problems}
      selected={selected?.index ?? -1}
      onSelect={select}
      onAdd={() => {
        const place = kind === 'oci' ? { scopes: [] } : {};
        edit((text) => addStatement(text, { name: '', ...place, level: 'strict', stores: [], identities: ['*'] }));
        select(statements?.length ?? 0);
      }}
    />
  );
  const middle = <Form statements={statements} selected={selected} problems={problems} onSelect={select} />;
  const panes = [
    { id: 'statements', content: left, size: 216, min: 180, max: 360 },
    { id: 'form', content: middle, min: 420 },
    ...(wide ? [{ id: 'json', content: right, size: 420, min: 300, max: 720 }] : []),
  ];
  return (
    <>
      <Panes id={wide ? 'policies' : 'policies-narrow'} panes={panes} />
      {!wide && (
        <BareSheet label={t('policies.jsonLabel')} isOpen={isJsonOpen} onClose={() => onJsonOpen(false)}>
          {right}
        </BareSheet>
      )}
    </>
  );
}

interface RightPaneProps extends Pick<PolicyEditorProps, 'draft' | 'problems' | 'areProblemsCurrent'> {
  readonly selected: StatementView | undefined;
  readonly onSelect: (index: number) => void;
}

function RightPane({ draft, problems, areProblemsCurrent, selected, onSelect }: RightPaneProps) {
  const edit = useEdit();
  const selectAt = (offset: number) => {
    const statements = readStatements(useDraft.getState().draft?.text ?? '');
    const here = statements?.find(({ from, to }) => from <= offset && offset <= to);
    if (here) onSelect(here.index);
  };
  return (
    <div className={styles.rightPane}>
      <JsonPane
        text={draft.text}
        savedText={draft.base.text}
        problems={problems}
        areProblemsCurrent={areProblemsCurrent}
        selected={selected}
        edit={edit}
        onCursor={selectAt}
      />
      <SelectionPanel draftText={draft.text} savedText={draft.base.text} selected={selected} />
    </div>
  );
}

/** The statement shown in the form: the one chosen last, else the one of the address, else the first. */
function useSelected(statements: readonly StatementView[], name: string | undefined) {
  const [chosen, setChosen] = useState<{ readonly index: number; readonly forName: string | undefined } | null>(null);
  const asked = statements.find((statement) => statement.name === name);
  const index = chosen && chosen.forName === name ? chosen.index : (asked?.index ?? chosen?.index ?? 0);
  const selected = statements[Math.min(index, statements.length - 1)];
  return [selected, (next: number) => setChosen({ index: next, forName: name })] as const;
}

interface FormProps {
  readonly statements: readonly StatementView[] | null;
  readonly selected: StatementView | undefined;
  readonly problems: readonly PolicyProblem[];
  readonly onSelect: (index: number) => void;
}

function Form({ statements, selected, problems, onSelect }: FormProps) {
  const t = useText();
  const edit = useEdit();
  const [removing, setRemoving] = useState(false);
  const whole = problems.filter((problem) => placeOf(problem).index < 0);
  const duplicate = ({ index, name }: StatementView) => {
    const taken = statements?.map((statement) => statement.name) ?? [];
    let copy = `${name}-copy`;
    for (let number = 2; taken.includes(copy); number += 1) copy = `${name}-copy-${number}`;
    edit((text) => duplicateStatement(text, index, copy));
    onSelect(statements?.length ?? 0);
  };
  return (
    <div className={styles.middle}>
      {statements === null && (
        <Callout tone="bad" title={t('policies.notJsonTitle')}>
          <p>{t('policies.notJsonText')}</p>
        </Callout>
      )}
      {whole.length > 0 && (
        <div className={styles.whole}>
          <ProblemNotes problems={whole} edit={edit} />
        </div>
      )}
      {selected && (
        <StatementForm
          statement={selected}
          problems={problems}
          edit={edit}
          onDuplicate={() => duplicate(selected)}
          onRemove={() => setRemoving(true)}
        />
      )}
      {selected && (
        <ConfirmDialog
          isOpen={removing}
          onClose={() => setRemoving(false)}
          title={t('policies.removeTitle', { name: selected.name })}
          verb={t('policies.removeVerb')}
          onConfirm={() => {
            edit((text) => removeStatement(text, selected.index));
            setRemoving(false);
          }}
        >
          <p>{t('policies.removeText')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
