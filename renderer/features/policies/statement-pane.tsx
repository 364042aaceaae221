import { useState } from 'react';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { removeStatement } from '../../../shared/policy-text/statement-list.ts';
import { useText } from '../../locales/use-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/states.tsx';
import { placeOf } from './fixes.ts';
import styles from './policies.module.css';
import { duplicateStatement, moveStatement } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import { StatementForm } from './statement-form.tsx';
import type { StatementView } from './statement-view.ts';
import { useEdit } from './use-policy.ts';

interface StatementPaneProps {
  readonly statements: readonly StatementView[] | null;
  readonly selected: StatementView | undefined;
  readonly problems: readonly PolicyProblem[];
  readonly onSelect: (index: number) => void;
}

/** The statement in hand as a form, and what is wrong with the document as a whole. */
export function StatementPane({ statements, selected, problems, onSelect }: StatementPaneProps) {
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
          count={statements?.length ?? 0}
          onMove={(to) => {
            edit((text) => moveStatement(text, selected.index, to));
            onSelect(to);
          }}
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
