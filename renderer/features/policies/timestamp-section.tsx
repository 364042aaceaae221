import { useText } from '../../locales/use-text.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { FormSection } from './form-section.tsx';
import styles from './policies.module.css';
import { setVerifyTimestamp } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import { problemsOf } from './use-policy.ts';

const choices = ['always', 'afterCertExpiry'] as const;

/** When a timestamp is asked for. */
export function TimestampSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const { index, verifyTimestamp, stores } = statement;
  const own = problemsOf(problems, index).filter(({ code }) => code === 'policy.verifyTimestampUnknown');
  const value = choices.find((choice) => choice === (verifyTimestamp || 'always')) ?? null;
  const hasNoStore = !stores.some((store) => store.startsWith('tsa:'));
  return (
    <FormSection
      member="verifyTimestamp"
      title={t('policies.timestamp')}
      note={hasNoStore ? t('policies.timestampNoStore') : undefined}
    >
      <div className={styles.radios}>
        <RadioCards
          label={t('policies.timestamp')}
          value={value}
          onChange={(choice) => edit((text) => setVerifyTimestamp(text, index, choice))}
          choices={[
            {
              id: 'always',
              label: (
                <>
                  <code>always</code> <span className="sub">{t('policies.default')}</span>
                </>
              ),
              text: t('policies.timestampAlways'),
            },
            { id: 'afterCertExpiry', label: <code>afterCertExpiry</code>, text: t('policies.timestampAfter') },
          ]}
        />
      </div>
      <ProblemNotes problems={own} edit={edit} />
    </FormSection>
  );
}
