import { useState } from 'react';
import { useText } from '../../locales/use-text.tsx';
import { Rich } from '../../ui/rich.tsx';
import { ChipsField } from './chips-field.tsx';
import { placeOf } from './fixes.ts';
import { FormSection } from './form-section.tsx';
import { addToList, removeFromList } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import { useKnownScopes } from './use-known-scopes.ts';
import { blocksSaving, problemsOf } from './use-policy.ts';

/** The repositories that a statement is for. */
export function ScopesSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const { index, scopes } = statement;
  const [isAdding, setAdding] = useState(false);
  const suggestions = useKnownScopes(isAdding);
  const own = problemsOf(problems, index, 'registryScopes');
  return (
    <FormSection member="registryScopes" title={t('policies.scopes')} note={<Rich id="policies.scopesNote" />}>
      <ChipsField
        values={scopes}
        wrong={own.filter(blocksSaving).map((problem) => placeOf(problem).at)}
        addLabel={t('policies.addScope')}
        suggestions={suggestions}
        onFocus={() => setAdding(true)}
        onAdd={(scope) => edit((text) => addToList(text, index, 'registryScopes', scope))}
        onRemove={(at) => edit((text) => removeFromList(text, index, 'registryScopes', at))}
      />
      <ProblemNotes problems={own} edit={edit} />
    </FormSection>
  );
}
