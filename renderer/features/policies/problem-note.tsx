import { TriangleAlert, WandSparkles } from 'lucide-react';
import { DialogTrigger, Popover, Dialog } from 'react-aria-components';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { toMessageValues } from '../../locales/error-text.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { Button, TextButton } from '../../ui/button.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { faultName } from './fault-name.ts';
import { fixesOf } from './fixes.ts';
import styles from './policies.module.css';
import { blocksSaving, type Edit } from './use-policy.ts';

/** The sentence for a problem. */
export function problemText({ code, details }: PolicyProblem, t: Translate): string {
  return t(`policyFaults.${faultName(code)}`, toMessageValues(details));
}

/** `2 to fix`, or `1 worth a look` when nothing keeps the document from being saved. */
export function problemCount(problems: readonly PolicyProblem[], t: Translate): string {
  const faults = problems.filter(blocksSaving).length;
  return faults > 0
    ? t('policies.toFixCount', { count: faults })
    : t('policies.toLookAtCount', { count: problems.length });
}

/** A problem at its field: what is wrong, what one click can do, and what notation says. */
export function ProblemNote({ problem, edit }: { readonly problem: PolicyProblem; readonly edit: Edit }) {
  const t = useText();
  return (
    <div className={styles.problem} data-severity={problem.severity} role="note">
      <TriangleAlert aria-hidden />
      <div>
        <b>{problemText(problem, t)}</b>
        {problem.severity === 'stricter' && <> {t('policies.stricter')}</>}
        <div className={styles.fixes}>
          {fixesOf(problem).map((fix) => (
            <Button key={fix.label} size="small" onPress={() => edit(fix.apply)}>
              <WandSparkles aria-hidden />
              {t(fix.label, fix.values)}
            </Button>
          ))}
          {problem.message !== '' && <NotationSays message={problem.message} />}
        </div>
      </div>
    </div>
  );
}

function NotationSays({ message }: { readonly message: string }) {
  const t = useText();
  return (
    <DialogTrigger>
      <TextButton>{t('policies.notationSays')}</TextButton>
      <Popover className={styles.says ?? ''} offset={4}>
        <Dialog aria-label={t('policies.notationSays')}>
          <Untrusted text={message} mono />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** The problems at one field. */
export function ProblemNotes({ problems, edit }: { readonly problems: readonly PolicyProblem[]; readonly edit: Edit }) {
  return problems.map((problem) => (
    <ProblemNote key={`${problem.code} ${problem.path.join('/')}`} problem={problem} edit={edit} />
  ));
}
