import { useText } from '../../locales/use-text.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { FormSection } from './form-section.tsx';
import { setGlobal } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import { problemsOf } from './use-policy.ts';

/** Whether a statement of a blob policy applies where none is named. */
export function GlobalSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const { index, isGlobal } = statement;
  return (
    <FormSection member="globalPolicy" title={t('policies.global')} note={t('policies.globalNote')}>
      <Checkbox isSelected={isGlobal} onChange={(chosen) => edit((text) => setGlobal(text, index, chosen))}>
        {t('policies.globalChoice')}
      </Checkbox>
      <ProblemNotes problems={problemsOf(problems, index, 'globalPolicy')} edit={edit} />
    </FormSection>
  );
}
