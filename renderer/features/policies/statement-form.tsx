import { Copy, Trash2 } from 'lucide-react';
import { Input, Label, TextField } from 'react-aria-components';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDocumentKind } from './document-kind.ts';
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
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** What a statement is for: repositories, or the files that nobody named a policy for. */
function Place(props: SectionProps) {
  return useDocumentKind() === 'blob' ? <GlobalSection {...props} /> : <ScopesSection {...props} />;
}

/** A statement as a form. Each change is made in the text, and nothing else is. */
export function StatementForm({ statement, problems, edit, onDuplicate, onRemove }: StatementFormProps) {
  const t = useText();
  const { index, name, level, stores, identities } = statement;
  const own = problemsOf(problems, index, 'name', '');
  const trustsNobody = level === 'skip' && stores.length === 0 && identities.length === 0;
  return (
    <div className={styles.card}>
      <header>
        <TextField
          value={name}
          onChange={(next) => edit((text) => setName(text, index, next), `name ${index}`)}
          isInvalid={own.length > 0}
          className={styles.nameField ?? ''}
        >
          <Label>{t('policies.name')}</Label>
          <Input spellCheck={false} autoComplete="off" />
        </TextField>
        <IconButton label={t('policies.duplicate', { name })} onPress={onDuplicate}>
          <Copy aria-hidden />
        </IconButton>
        <IconButton label={t('policies.remove', { name })} onPress={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </header>
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
