import { GripVertical, Pencil, Plus, TriangleAlert } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { labScope } from '../../../shared/model/lab.ts';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Rich } from '../../ui/rich.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useDocumentKind } from './document-kind.ts';
import { placeOf } from './fixes.ts';
import { formMembers, type FormMember } from './here.ts';
import styles from './policies.module.css';
import { problemCount, problemText } from './problem-note.tsx';
import { effectiveActions, type StatementView } from './statement-view.ts';
import { blocksSaving, problemsOf } from './use-policy.ts';
import { useReorder } from './use-reorder.ts';

interface StatementListProps {
  readonly statements: readonly StatementView[];
  readonly saved: readonly StatementView[];
  readonly problems: readonly PolicyProblem[];
  readonly selected: number;
  readonly onSelect: (index: number, member?: FormMember | null) => void;
  readonly onMove: (index: number, to: number) => void;
  readonly onAdd: () => void;
}

/** The statements of the document, and below them everything that is to be fixed. */
export function StatementList(props: StatementListProps) {
  const t = useText();
  const { statements, saved, problems, selected, onSelect, onAdd } = props;
  const kind = useDocumentKind();
  const { list, itemProps, move } = useReorder(statements.length, props.onMove);
  return (
    <section className={styles.left} aria-label={t('policies.statements')}>
      <header>
        <h2>{t('policies.statements')}</h2>
        <span className="dim">{statements.length}</span>
      </header>
      <ol ref={list}>
        {statements.map((statement) => (
          <li key={statement.index} {...itemProps(statement.index)}>
            <StatementItem
              statement={statement}
              isSelected={statement.index === selected}
              isChanged={
                !isSame(
                  saved.find(({ name }) => name === statement.name),
                  statement,
                )
              }
              problems={problemsOf(problems, statement.index)}
              onSelect={() => onSelect(statement.index)}
              onMove={(step) => move(statement.index, statement.index + step)}
            />
          </li>
        ))}
      </ol>
      <Button onPress={onAdd}>
        <Plus aria-hidden />
        {t('policies.newStatement')}
      </Button>
      <p className={styles.note}>
        <Rich id={kind === 'oci' ? 'policies.orderNote' : 'policies.orderNoteBlob'} />{' '}
        {statements.length > 1 && t('policies.reorderNote')}
      </p>
      <ToFix statements={statements} problems={problems} onSelect={onSelect} />
    </section>
  );
}

/** The part of the form that a problem is shown at. */
function memberOf(member: string, { code }: PolicyProblem): FormMember | null {
  if (code === 'policy.verifyTimestampUnknown') return 'verifyTimestamp';
  return formMembers.find((name) => name === member) ?? null;
}

function isSame(saved: StatementView | undefined, statement: StatementView): boolean {
  const content = (view: StatementView) => JSON.stringify({ ...view, index: 0, from: 0, to: 0 });
  return saved !== undefined && content(saved) === content(statement);
}

interface StatementItemProps {
  readonly statement: StatementView;
  readonly isSelected: boolean;
  readonly isChanged: boolean;
  readonly problems: readonly PolicyProblem[];
  readonly onSelect: () => void;
  /** One up or one down. */
  readonly onMove: (step: -1 | 1) => void;
}

const shownScopes = 3;

function StatementItem({ statement, isSelected, isChanged, problems, onSelect, onMove }: StatementItemProps) {
  const t = useText();
  const { name, level, scopes, override, isGlobal } = statement;
  return (
    <AriaButton
      className={styles.statement ?? ''}
      aria-current={isSelected}
      onPress={onSelect}
      onKeyDown={(event) => {
        if (event.altKey && event.key === 'ArrowUp') onMove(-1);
        else if (event.altKey && event.key === 'ArrowDown') onMove(1);
        else event.continuePropagation();
      }}
    >
      <GripVertical aria-hidden className={styles.grip ?? ''} />
      <b>{name === '' ? <span className="dim">{t('policies.unnamed')}</span> : <Untrusted text={name} />}</b>
      <span className={styles.levelLine}>
        {scopes.includes(labScope) && <TestMark />}
        <LevelBadge statement={statement} />
        {override.length > 0 && t('policies.overrides', { count: override.length })}
      </span>
      {isGlobal && <span className={styles.scope}>{t('policies.isGlobal')}</span>}
      {scopes.slice(0, shownScopes).map((scope) => (
        <span key={scope} className={styles.scope}>
          {scope === '*' ? <Rich id="policies.anyOther" /> : <Untrusted text={scope} />}
        </span>
      ))}
      {scopes.length > shownScopes && (
        <span className={styles.scope}>{t('policies.moreScopes', { count: scopes.length - shownScopes })}</span>
      )}
      {(isChanged || problems.length > 0) && (
        <span className={styles.marks}>
          {isChanged && (
            <span>
              <Pencil aria-hidden />
              {t('policies.changed')}
            </span>
          )}
          {problems.length > 0 && (
            <span className={problems.some(blocksSaving) ? styles.bad : styles.look}>
              <TriangleAlert aria-hidden />
              {problemCount(problems, t)}
            </span>
          )}
        </span>
      )}
      {level === '' && <span className="visually-hidden">{t('policies.noLevel')}</span>}
    </AriaButton>
  );
}

/** The level's name with a pip for each check that is enforced. */
function LevelBadge({ statement }: { readonly statement: StatementView }) {
  const t = useText();
  const actions = effectiveActions(statement);
  if (!actions) return null;
  const count = (action: string) => actions.filter(([, value]) => value === action).length;
  const label = t('policies.levelCounts', { enforced: count('enforce'), logged: count('log'), skipped: count('skip') });
  return (
    <span className={styles.level}>
      <svg viewBox="0 0 38 8" role="img" aria-label={label}>
        {actions.map(([check, action], at) => (
          <circle key={check} cx={4 + at * 7.5} cy="4" r="2.6" data-on={action === 'enforce'} />
        ))}
      </svg>
      {statement.level}
    </span>
  );
}

interface ToFixProps {
  readonly statements: readonly StatementView[];
  readonly problems: readonly PolicyProblem[];
  readonly onSelect: (index: number, member: FormMember | null) => void;
}

function ToFix({ statements, problems, onSelect }: ToFixProps) {
  const t = useText();
  if (problems.length === 0) return null;
  return (
    <div className={styles.toFix}>
      <header>
        <h2>{t(problems.some(blocksSaving) ? 'policies.toFix' : 'policies.toLookAt')}</h2>
        <span className="dim">{problems.length}</span>
      </header>
      <ul>
        {problems.map((problem, at) => {
          const { index, member } = placeOf(problem);
          const where = statements[index]?.name ?? t('policies.wholeDocument');
          return (
            <li key={at} data-severity={problem.severity}>
              <AriaButton isDisabled={index < 0} onPress={() => onSelect(index, memberOf(member, problem))}>
                <TriangleAlert aria-hidden />
                <span>{problemText(problem, t)}</span>
                <small>
                  <Untrusted text={where} cut />
                </small>
              </AriaButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
