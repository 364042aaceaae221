import { ArrowDown, ArrowUp, Copy, Trash2 } from 'lucide-react';
import { Input, Label, TextField } from 'react-aria-components';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDocumentKind } from './document-kind.ts';
import { useHere } from './here.ts';
import { IdentitiesSection } from './identities-section.tsx';
import { LevelSection } from './level-section.tsx';
import styles from './policies.module.css';
import { setName } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import { GlobalSection } from './global-section.tsx';
import { ScopesSection } from './scopes-section.tsx';
import type { StatementView } from './statement-view.ts';
import { StoresSection } from './stores-section.tsx';
import { TimestampSection } from './timestamp-section.tsx';
import { problemsOf, type Edit } from './use-policy.ts';

/** What each part of the form is given. */
export interface SectionProps {
  readonly statement: StatementView;
  readonly problems: readonly PolicyProblem[];
  readonly edit: Edit;
}

interface StatementFormProps extends SectionProps {
  /** Of all statements. */
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** What a statement is for: repositories, or the files that nobody named a policy for. */
function Place(props: SectionProps) {
  return useDocumentKind() === 'blob' ? <GlobalSection {...props} /> : <ScopesSection {...props} />;
}

/** A statement as a form. Each change is made in the text, and nothing else is. */
export function StatementForm(props: StatementFormProps) {
  const { statement, problems, edit } = props;
  const { index, level, stores, identities } = statement;
  const own = problemsOf(problems, index, 'name', '');
  const trustsNobody = level === 'skip' && stores.length === 0 && identities.length === 0;
  return (
    <div className={styles.card}>
      <StatementHead {...props} isInvalid={own.length > 0} />
      {own.length > 0 && (
        <div className={styles.part}>
          <ProblemNotes problems={own} edit={edit} />
        </div>
      )}
      <Place statement={statement} problems={problems} edit={edit} />
      <LevelSection statement={statement} problems={problems} edit={edit} />
      {!trustsNobody && (
        <>
          <StoresSection statement={statement} problems={problems} edit={edit} />
          <IdentitiesSection statement={statement} problems={problems} edit={edit} />
          <TimestampSection statement={statement} problems={problems} edit={edit} />
        </>
      )}
    </div>
  );
}

/** The name, and what can be done with the whole statement. */
function StatementHead(props: StatementFormProps & { readonly isInvalid: boolean }) {
  const t = useText();
  const { enter } = useHere();
  const { statement, edit, isInvalid, count, onMove, onDuplicate, onRemove } = props;
  const { index, name } = statement;
  return (
    <header onFocus={() => enter('name', 'form')}>
      <TextField
        value={name}
        onChange={(next) => edit((text) => setName(text, index, next), `name ${index}`)}
        isInvalid={isInvalid}
        className={styles.nameField ?? ''}
      >
        <Label>{t('policies.name')}</Label>
        <Input spellCheck={false} autoComplete="off" />
      </TextField>
      <IconButton label={t('policies.moveUp', { name })} isDisabled={index === 0} onPress={() => onMove(index - 1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton
        label={t('policies.moveDown', { name })}
        isDisabled={index >= count - 1}
        onPress={() => onMove(index + 1)}
      >
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={t('policies.duplicate', { name })} onPress={onDuplicate}>
        <Copy aria-hidden />
      </IconButton>
      <IconButton label={t('policies.remove', { name })} onPress={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </header>
  );
}
