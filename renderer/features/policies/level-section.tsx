import { ArrowLeftRight, Circle, CircleDot, Lock } from 'lucide-react';
import { Button } from 'react-aria-components';
import {
  checkNames,
  verificationLevels,
  type CheckAction,
  type CheckName,
} from '../../../shared/model/trust-policy.ts';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Rich } from '../../ui/rich.tsx';
import { FormSection } from './form-section.tsx';
import styles from './policies.module.css';
import { clearOverrides, setLevel, setOverride } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import { allowedOverrides, levelActions, overrideOf, type StatementView } from './statement-view.ts';
import { problemsOf, type Edit } from './use-policy.ts';

const actions = ['enforce', 'log', 'skip'] as const;

/** The level, and what it and its overrides make of each of the five checks. */
export function LevelSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const { index, level, override } = statement;
  const own = problemsOf(problems, index, 'signatureVerification').filter(
    ({ code }) => code !== 'policy.verifyTimestampUnknown',
  );
  const known = verificationLevels.find((name) => name === level) ?? null;
  return (
    <FormSection
      member="signatureVerification"
      title={t('policies.level')}
      note={
        <Segments
          label={t('policies.level')}
          value={known}
          onChange={(next) => edit((text) => setLevel(text, index, next))}
          choices={verificationLevels.map((id) => ({ id, label: id }))}
        />
      }
      actions={
        override.length > 0 && (
          <TextButton onPress={() => edit((text) => clearOverrides(text, index))}>
            {t('policies.clearOverrides', { count: override.length })}
          </TextButton>
        )
      }
    >
      {known && <p className={styles.note}>{t(`policies.about_${known}`)}</p>}
      {known && <Matrix statement={statement} edit={edit} />}
      <OverrideNotes statement={statement} />
      <ProblemNotes problems={own} edit={edit} />
    </FormSection>
  );
}

function Matrix({ statement, edit }: { readonly statement: StatementView; readonly edit: Edit }) {
  const t = useText();
  return (
    <table className={styles.matrix} aria-label={t('policies.matrix')}>
      <thead>
        <tr>
          <th scope="col">{t('policies.check')}</th>
          {actions.map((action) => (
            <th key={action} scope="col">
              <Rich id={`policies.head_${action}`} />
            </th>
          ))}
          <th scope="col">{t('policies.comesFrom')}</th>
        </tr>
      </thead>
      <tbody>
        {checkNames.map((check) => (
          <CheckRow key={check} statement={statement} check={check} edit={edit} />
        ))}
      </tbody>
    </table>
  );
}

interface CheckRowProps {
  readonly statement: StatementView;
  readonly check: CheckName;
  readonly edit: Edit;
}

function CheckRow({ statement, check, edit }: CheckRowProps) {
  const t = useText();
  const { index, level } = statement;
  const byLevel = levelActions[level]?.[check];
  const override = overrideOf(statement, check);
  const effective = override ?? byLevel;
  const isOverridden = override !== undefined && override !== byLevel;
  const allowed = level === 'skip' ? [] : allowedOverrides[check];
  return (
    <tr data-overridden={isOverridden}>
      <th scope="row">{t(`policies.check_${check}`)}</th>
      {actions.map((action) => (
        <td key={action}>
          <ActionCell
            label={t('policies.setAction', { check: t(`policies.check_${check}`), action })}
            action={action}
            isEffective={action === effective}
            isReplaced={isOverridden && action === byLevel}
            isAllowed={allowed.includes(action)}
            onChoose={() => edit((text) => setOverride(text, index, check, action))}
          />
        </td>
      ))}
      <td>
        <Origin isFixed={allowed.length === 0} isOverridden={isOverridden} level={level} />
      </td>
    </tr>
  );
}

interface ActionCellProps {
  readonly label: string;
  readonly action: CheckAction;
  readonly isEffective: boolean;
  /** The level says this, and an override says otherwise. */
  readonly isReplaced: boolean;
  readonly isAllowed: boolean;
  readonly onChoose: () => void;
}

function ActionCell({ label, action, isEffective, isReplaced, isAllowed, onChoose }: ActionCellProps) {
  const t = useText();
  if (!isAllowed && !isEffective) return <span className={styles.option}>{t('policies.notAllowed')}</span>;
  const Icon = isEffective ? CircleDot : Circle;
  return (
    <Button
      className={styles.option ?? ''}
      aria-label={label}
      aria-pressed={isEffective}
      data-on={isEffective}
      data-replaced={isReplaced}
      isDisabled={!isAllowed}
      onPress={onChoose}
    >
      {!isReplaced && <Icon aria-hidden />}
      {action}
    </Button>
  );
}

function Origin({
  isFixed,
  isOverridden,
  level,
}: {
  readonly isFixed: boolean;
  readonly isOverridden: boolean;
  readonly level: string;
}) {
  const t = useText();
  if (isOverridden) {
    return (
      <span className={styles.origin}>
        <ArrowLeftRight aria-hidden />
        {t('policies.fromOverride')}
      </span>
    );
  }
  return (
    <span className={styles.origin}>
      {isFixed && level !== 'skip' && <Lock aria-hidden />}
      {isFixed && level !== 'skip' ? t('policies.always') : level}
    </span>
  );
}

/** What each override that weakens its level lets through. */
function OverrideNotes({ statement }: { readonly statement: StatementView }) {
  const t = useText();
  const weaker = checkNames.filter((check) => {
    const override = overrideOf(statement, check);
    return override !== undefined && override !== 'enforce' && levelActions[statement.level]?.[check] === 'enforce';
  });
  return weaker.map((check) => (
    <p key={check} className={styles.note}>
      {t(`policies.weaker_${check}`, { action: overrideOf(statement, check) ?? '', level: statement.level })}
    </p>
  ));
}
