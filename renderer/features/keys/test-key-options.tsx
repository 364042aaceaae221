import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useText } from '../../locales/use-text.tsx';
import { AlgorithmChoice } from '../../ui/algorithm-choice.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { CompactField } from '../../ui/compact-field.tsx';
import styles from './keys.module.css';
import { EndOfValidity } from './end-of-validity.tsx';
import { faultsOf, type FormField, type TestKeyForm } from './test-key-form.ts';

interface TestKeyOptionsProps {
  readonly form: TestKeyForm;
  readonly keys: readonly SigningKey[];
  readonly onChange: (changes: Partial<TestKeyForm>) => void;
}

export function TestKeyOptions({ form, keys, onChange }: TestKeyOptionsProps) {
  const t = useText();
  const current = keys.find(({ isDefault, name }) => isDefault && name !== form.name)?.name;
  return (
    <div>
      <div className={styles.option}>
        <span>{t('keys.algorithm')}</span>
        <AlgorithmChoice value={form.algorithm} onChange={(algorithm) => onChange({ algorithm })} />
      </div>
      <div className={styles.option}>
        <span>{t('keys.validFor')}</span>
        <DaysField form={form} onChange={onChange} />
      </div>
      <div className={styles.option}>
        <span>{t('keys.subjectFields')}</span>
        <SubjectFields form={form} onChange={onChange} />
      </div>
      <Checkbox isSelected={form.trust} onChange={(trust) => onChange({ trust })}>
        {t('keys.trustIt')}
      </Checkbox>
      <Checkbox isSelected={form.makeDefault} onChange={(makeDefault) => onChange({ makeDefault })}>
        {current ? t('keys.defaultInstead', { name: current }) : t('keys.defaultFirst')}
      </Checkbox>
    </div>
  );
}

type FieldsProps = Omit<TestKeyOptionsProps, 'keys'>;

function DaysField({ form, onChange }: FieldsProps) {
  const t = useText();
  const isWrong = faultsOf(form).includes('validityDays');
  return (
    <div className={styles.controls}>
      <CompactField
        label={t('keys.daysLabel')}
        hideLabel
        width={4}
        value={form.days}
        isInvalid={isWrong}
        inputMode="numeric"
        onChange={(days) => onChange({ days })}
      />
      {isWrong ? (
        <span className={styles.problem}>{t('keys.daysWrong')}</span>
      ) : (
        <EndOfValidity days={Number(form.days)} />
      )}
    </div>
  );
}

const subjectFields = [
  { field: 'country', label: 'C', width: 3, most: 2 },
  { field: 'state', label: 'ST', width: 6, most: 128 },
  { field: 'locality', label: 'L', width: 8, most: 128 },
  { field: 'organization', label: 'O', width: 8, most: 64 },
] as const;

function SubjectFields({ form, onChange }: FieldsProps) {
  const t = useText();
  const faults: readonly FormField[] = faultsOf(form);
  const wrong = subjectFields.filter(({ field }) => faults.includes(field));
  return (
    <div className={styles.controls}>
      {subjectFields.map(({ field, label, width, most }) => (
        <CompactField
          key={field}
          label={label}
          title={t(`keys.field_${field}`)}
          width={width}
          value={form[field]}
          maxLength={most}
          isInvalid={faults.includes(field)}
          onChange={(value) => onChange({ [field]: value })}
        />
      ))}
      {wrong.map(({ field }) => (
        <span key={field} className={styles.problem}>
          {t(`keys.wrong_${field}`)}
        </span>
      ))}
    </div>
  );
}
