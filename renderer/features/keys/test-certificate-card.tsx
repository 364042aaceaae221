import { Award, ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Form } from 'react-aria-components';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PlannedFiles } from '../../ui/planned-files.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { algorithmName, suggestedName } from './key-words.ts';
import styles from './keys.module.css';
import { TestKeyOptions } from './test-key-options.tsx';
import { faultsOf, initialTestKey, toInput, type TestKeyForm } from './test-key-form.ts';

interface TestCertificateCardProps {
  readonly keys: readonly SigningKey[];
  readonly path: string;
  readonly onMade: (name: string) => void;
}

/** One click makes a key and a test certificate, trusted and ready to sign with. */
export function TestCertificateCard({ keys, path, onMade }: TestCertificateCardProps) {
  const t = useText();
  const maker = useTestKeyMaker(keys, onMade);
  const { form, made, plan, create, change } = maker;
  return (
    <section className={styles.make} aria-labelledby="make-test-certificate">
      <header>
        <Award aria-hidden />
        <h2 id="make-test-certificate">{t('keys.makeTitle')}</h2>
        <span className="sub">{t('keys.makeFor')}</span>
      </header>
      <Form
        className={styles.makeForm ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          maker.submit();
        }}
      >
        <div className={styles.go}>
          <TextField
            label={t('keys.name')}
            value={form.name}
            onChange={(name) => change({ name })}
            maxLength={64}
            fault={maker.nameFault}
            inputRef={maker.nameInput}
          />
          <Button variant="primary" type="submit" isPending={create.isPending}>
            {t('keys.make')}
          </Button>
          <Summary form={form} />
        </div>
        {made && (
          <Callout tone="ok" role="status" title={t('keys.made', { name: made.name })}>
            <p>{t(made.isTrusted ? 'keys.madeTrusted' : 'keys.madeListed', { name: made.name })}</p>
          </Callout>
        )}
        {create.isError && <ErrorCard error={create.error} />}
        {maker.otherProblems.map((problem) => (
          <ErrorCard key={problem.code} error={problem} />
        ))}
        <Options form={form} keys={keys} onChange={change} plan={plan} root={folderOf(path)} />
      </Form>
    </section>
  );
}

/** What the card knows and does. */
function useTestKeyMaker(keys: readonly SigningKey[], onMade: (name: string) => void) {
  const t = useText();
  const errorText = useErrorText();
  const nameInput = useRef<HTMLInputElement>(null);
  const [form, setForm] = useState<TestKeyForm>(() => initialTestKey(suggestedName(keys)));
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly isTrusted: boolean } | null>(null);
  const create = useCommand('keys.createTestKey');
  const plan = usePlan(form);
  const nameProblem = plan?.problems.find(({ code }) => code === 'key.badName' || code === 'key.exists');
  const otherProblems = plan?.problems.filter((problem) => problem !== nameProblem) ?? [];
  const isNameless = form.name.trim() === '';
  const change = (changes: Partial<TestKeyForm>) => {
    create.reset();
    setMade(null);
    setForm((now) => ({ ...now, ...changes }));
  };
  const submit = () => {
    setTried(true);
    if (isNameless || nameProblem) nameInput.current?.focus();
    if (faultsOf(form).length > 0 || create.isPending) return;
    create.mutate(toInput(form), {
      onSuccess: ({ name }) => {
        setMade({ name, isTrusted: form.trust });
        setTried(false);
        setForm((now) => ({ ...now, name: '' }));
        onMade(name);
      },
    });
  };
  const problemTitle = nameProblem && errorText(nameProblem).title;
  const nameFault = tried && isNameless ? t('keys.nameNeeded') : problemTitle;
  return { form, made, plan, create, change, submit, nameFault, otherProblems, nameInput };
}

function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, '');
}

const settleMs = 150;

function usePlan(form: TestKeyForm) {
  const settled = useDebounced(form, settleMs);
  const enabled = faultsOf(settled).length === 0;
  const { data } = useCall('keys.planTestKey', toInput(settled), { enabled, keepPrevious: true });
  return enabled ? data : undefined;
}

function Summary({ form }: { readonly form: TestKeyForm }) {
  const t = useText();
  const trusted = form.trust ? 'trusted' : 'untrusted';
  return (
    <p className={styles.summary}>
      {t('keys.summary', { algorithm: algorithmName(form.algorithm), days: Number(form.days) || 0 })}
      <br />
      {t(form.makeDefault ? `keys.summaryDefault_${trusted}` : `keys.summaryPlain_${trusted}`)}
    </p>
  );
}

interface OptionsProps {
  readonly form: TestKeyForm;
  readonly keys: readonly SigningKey[];
  readonly onChange: (changes: Partial<TestKeyForm>) => void;
  readonly plan: ReturnType<typeof usePlan>;
  readonly root: string;
}

function Options({ form, keys, onChange, plan, root }: OptionsProps) {
  const t = useText();
  return (
    <Disclosure className={styles.options ?? ''} defaultExpanded>
      <AriaButton slot="trigger" className={styles.disclose ?? ''}>
        <ChevronDown aria-hidden />
        {t('keys.options')}
      </AriaButton>
      <DisclosurePanel className={styles.panel ?? ''}>
        <div className={styles.split}>
          <TestKeyOptions form={form} keys={keys} onChange={onChange} />
          <div>
            <div className={styles.planHead}>
              <h3>{t('keys.willBeWritten')}</h3>
              {plan && <span>{planCount(plan.files, t)}</span>}
            </div>
            {plan ? <PlannedFiles root={root} files={plan.files} /> : <p className="sub">{t('keys.planWaits')}</p>}
            <p className={styles.note}>{t('keys.planNote')}</p>
          </div>
        </div>
        {plan?.command && (
          <div className={styles.same}>
            <span>{t('keys.sameAs')}</span>
            <CommandLine command={plan.command} />
          </div>
        )}
        {plan && plan.command === null && <p className={styles.note}>{t('keys.noCommand')}</p>}
      </DisclosurePanel>
    </Disclosure>
  );
}

function planCount(files: readonly { readonly action: string }[], t: ReturnType<typeof useText>): string {
  const count = (action: string) => files.filter((file) => file.action === action).length;
  return t('keys.planCount', { created: count('create'), changed: count('change') });
}
