import { useMemo, useState } from 'react';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { chooseTags, type ChoiceForm, type TagChoice } from './choose-tags.ts';
import styles from './source-page.module.css';

interface ChooseTagsDialogProps {
  /** The tags to choose from. */
  readonly tags: readonly string[];
  readonly onChoose: (tags: readonly string[]) => void;
  readonly onClose: () => void;
}

const shownMissing = 5;

const faults: Readonly<Record<NonNullable<TagChoice['fault']>['why'], MessageKey>> = {
  tooLong: 'registries.patternTooLong',
  tooBig: 'registries.patternTooBig',
  tooSlow: 'registries.patternTooBig',
  unbalanced: 'registries.patternUnbalanced',
  nothingToRepeat: 'registries.patternNothingToRepeat',
  unsupported: 'registries.patternUnsupported',
};

const labels = { glob: 'registries.byGlob', pattern: 'registries.byPattern', list: 'registries.byList' } as const;
const hints = {
  glob: 'registries.byGlobHint',
  pattern: 'registries.byPatternHint',
  list: 'registries.byListHint',
} as const;
const forms: readonly ChoiceForm[] = ['glob', 'pattern', 'list'];

/** Selects many tags by a glob, a regular expression or a pasted list, and tells how many before it does. */
export function ChooseTagsDialog({ tags, onChoose, onClose }: ChooseTagsDialogProps) {
  const t = useText();
  const [form, setForm] = useState<ChoiceForm>('glob');
  const [text, setText] = useState('');
  const choice = useMemo(() => chooseTags(form, text, tags), [form, text, tags]);
  const { chosen, fault } = choice;
  const choose = () => {
    onChoose(chosen);
    onClose();
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={chosen.length === 0} onPress={choose}>
        {t('registries.chooseVerb', { count: chosen.length })}
      </Button>
    </>
  );
  return (
    <Dialog title={t('registries.chooseTitle')} isOpen onClose={onClose} footer={footer}>
      <div className={styles.form}>
        <Segments
          label={t('registries.chooseTitle')}
          value={form}
          onChange={setForm}
          choices={forms.map((id) => ({ id, label: t(labels[id]) }))}
        />
        <TextField
          key={form}
          autoFocus
          label={t(labels[form])}
          hint={t(hints[form])}
          value={text}
          onChange={setText}
          lines={form === 'list'}
          mono
          maxLength={form === 'list' ? 200_000 : 1000}
          fault={fault && t(faults[fault.why], { at: 'at' in fault ? fault.at : 0 })}
          onEnter={() => {
            if (chosen.length > 0) choose();
          }}
        />
        <Count choice={choice} total={tags.length} />
      </div>
    </Dialog>
  );
}

function Count({ choice: { chosen, missing }, total }: { readonly choice: TagChoice; readonly total: number }) {
  const t = useText();
  const names = missing.slice(0, shownMissing).map(toVisibleText).join(', ');
  return (
    <p role="status" className="sub">
      {t('registries.chooseCount', { count: chosen.length, total })}
      {missing.length > 0 && ` ${t('registries.chooseMissing', { count: missing.length, names })}`}
    </p>
  );
}
