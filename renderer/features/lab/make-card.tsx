import { ChevronDown, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Form } from 'react-aria-components';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import { labRequestSchema, type LabRequest } from '../../../shared/model/lab.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { AlgorithmChoice } from '../../ui/algorithm-choice.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { CodeBlock } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { LabItems } from './lab-items.tsx';
import styles from './lab.module.css';

const settleMs = 150;

interface Form {
  readonly name: string;
  readonly algorithm: LabRequest['algorithm'];
  readonly intermediate: boolean;
  readonly days: string;
}
type Plan = OutputOf<'lab.planExample'>;

function toInput({ name, algorithm, intermediate, days }: Form): InputOf<'lab.makeExample'> {
  const validityDays = /^\d{1,4}$/.test(days.trim()) ? Number(days) : 0;
  return { name: name.trim(), algorithm, intermediate, validityDays };
}

function isComplete(form: Form): boolean {
  return labRequestSchema.safeParse(toInput(form)).success;
}

/** One button that makes the example; what it will write is shown first. */
export function MakeCard() {
  const t = useText();
  const { name, algorithm, intermediate, validityDays } = labRequestSchema.parse({});
  const [form, setForm] = useState<Form>({ name, algorithm, intermediate, days: String(validityDays) });
  const make = useCommand('lab.makeExample');
  const plan = usePlan(form);
  const change = (changes: Partial<Form>) => {
    make.reset();
    setForm((now) => ({ ...now, ...changes }));
  };
  const problems = plan?.problems.filter(({ code }) => code !== 'key.badName' && code !== 'key.exists') ?? [];
  const isReady = isComplete(form) && plan !== undefined && plan.problems.length === 0;
  const submit = () => {
    if (isReady && !make.isPending) make.mutate(toInput(form));
  };
  return (
    <section className={styles.card} aria-labelledby="make-example">
      <header>
        <FlaskConical aria-hidden />
        <h2 id="make-example">{t('lab.makeTitle')}</h2>
        <TestMark />
        <span className="sub">{t('lab.makeFor')}</span>
      </header>
      <p className={styles.text}>{t('lab.makeText')}</p>
      <Form
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles.go}>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={make.isPending}>
            {t('lab.make')}
          </Button>
          <p className={styles.summary}>
            {t('lab.summary', {
              algorithm: form.algorithm.replace('RSA-', 'RSA ').replace('EC-', 'EC P-'),
              intermediate: String(form.intermediate),
              days: Number(form.days) || 0,
            })}
          </p>
        </div>
        {make.isError && <ErrorCard error={make.error} />}
        {problems.map((problem) => (
          <ErrorCard key={problem.code} error={problem} />
        ))}
        <Options form={form} plan={plan} onChange={change} />
      </Form>
    </section>
  );
}

function usePlan(form: Form): Plan | undefined {
  const settled = useDebounced(form, settleMs);
  const enabled = isComplete(settled);
  const { data } = useCall('lab.planExample', toInput(settled), { enabled, keepPrevious: true });
  return enabled ? data : undefined;
}

interface OptionsProps {
  readonly form: Form;
  readonly plan: Plan | undefined;
  readonly onChange: (changes: Partial<Form>) => void;
}

function Options({ form, plan, onChange }: OptionsProps) {
  const t = useText();
  return (
    <Disclosure className={styles.options ?? ''} defaultExpanded>
      <AriaButton slot="trigger" className={styles.disclose ?? ''}>
        <ChevronDown aria-hidden />
        {t('lab.options')}
      </AriaButton>
      <DisclosurePanel>
        <div className={styles.split}>
          <Fields form={form} plan={plan} onChange={onChange} />
          <div>
            <h3>{t('lab.willBeWritten')}</h3>
            {plan && <LabItems roots={plan.roots} items={plan.items} />}
          </div>
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}

function Fields({ form, plan, onChange }: OptionsProps) {
  const t = useText();
  const errorText = useErrorText();
  const problem = plan?.problems.find(({ code }) => code === 'key.badName' || code === 'key.exists');
  const isDaysWrong = !isComplete({ ...form, name: 'x' });
  return (
    <div className={styles.fields}>
      <TextField
        label={t('lab.name')}
        hint={t('lab.nameHint')}
        value={form.name}
        maxLength={64}
        mono
        onChange={(name) => onChange({ name })}
        fault={problem && errorText(problem).title}
      />
      <div>
        <span className={styles.label}>{t('lab.algorithm')}</span>
        <AlgorithmChoice value={form.algorithm} onChange={(algorithm) => onChange({ algorithm })} />
      </div>
      <TextField
        label={t('lab.days')}
        value={form.days}
        inputMode="numeric"
        onChange={(days) => onChange({ days })}
        fault={isDaysWrong ? t('lab.daysWrong') : undefined}
      />
      <Checkbox isSelected={form.intermediate} onChange={(intermediate) => onChange({ intermediate })}>
        {t('lab.intermediate')}
      </Checkbox>
      {plan && (
        <div>
          <span className={styles.label}>{t('lab.statement')}</span>
          <CodeBlock text={plan.statement} label={t('lab.statement')} />
          <p className={styles.note}>{t('lab.statementNote')}</p>
          <p className={styles.note}>{t('lab.noCommand')}</p>
        </div>
      )}
    </div>
  );
}
