import { Check, ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState, type CSSProperties } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { PlainHttpChoice } from '../../../shared/model/source.ts';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Callout } from '../../ui/states.tsx';
import styles from './source-page.module.css';

/** Muted hues that can be told apart in both themes; none of them is a status. */
export const sourceColours = ['#2f4f8f', '#4b8f6a', '#b0672b', '#8a4f9e', '#2b8a99', '#7d766b'] as const;

export interface SourceDraft {
  readonly alias: string;
  readonly colour: string;
  readonly plainHttp: PlainHttpChoice;
  readonly customCaPem: string;
  readonly proxy: string;
}

interface SourceFormProps {
  readonly draft: SourceDraft;
  readonly onChange: (draft: SourceDraft) => void;
  readonly isRegistry: boolean;
  readonly hasCustomCa?: boolean;
  readonly onForgetCa?: () => void;
}

/** How a source is shown and spoken to. */
export function SourceForm({ draft, onChange, isRegistry, hasCustomCa, onForgetCa }: SourceFormProps) {
  const t = useText();
  const change = (changes: Partial<SourceDraft>) => onChange({ ...draft, ...changes });
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('registries.addAlias')}
          hint={t('registries.addAliasHint')}
          value={draft.alias}
          onChange={(alias) => change({ alias })}
          maxLength={64}
        />
        <Colours value={draft.colour} onChange={(colour) => change({ colour })} />
      </div>
      {isRegistry && (
        <>
          <RadioCards
            label={t('registries.addTransport')}
            value={draft.plainHttp}
            onChange={(plainHttp) => change({ plainHttp })}
            choices={[
              { id: 'auto', label: t('registries.transportAuto'), text: t('registries.transportAutoText') },
              { id: 'never', label: t('registries.transportNever'), text: t('registries.transportNeverText') },
              { id: 'always', label: t('registries.transportAlways'), text: t('registries.transportAlwaysText') },
            ]}
          />
          {draft.plainHttp === 'always' && (
            <Callout tone="warn" title={t('registries.transportWarning')}>
              <p>{t('registries.transportWarningText')}</p>
            </Callout>
          )}
          <CaAndProxy draft={draft} change={change} hasCustomCa={hasCustomCa ?? false} onForgetCa={onForgetCa} />
        </>
      )}
    </>
  );
}

interface CaAndProxyProps {
  readonly draft: SourceDraft;
  readonly change: (changes: Partial<SourceDraft>) => void;
  readonly hasCustomCa: boolean;
  readonly onForgetCa: (() => void) | undefined;
}

function CaAndProxy({ draft, change, hasCustomCa, onForgetCa }: CaAndProxyProps) {
  const t = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(hasCustomCa || draft.proxy !== '');
  return (
    <div className={styles.form}>
      <div>
        <TextButton aria-expanded={isOpen} aria-controls={id} onPress={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          {t('registries.addMore')}
        </TextButton>
      </div>
      {isOpen && (
        <div id={id} className={styles.form}>
          <TextField
            lines
            label={t('registries.addCa')}
            hint={hasCustomCa ? t('registries.caSet') : t('registries.addCaHint')}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={draft.customCaPem}
            onChange={(customCaPem) => change({ customCaPem })}
          />
          {hasCustomCa && onForgetCa && (
            <div>
              <TextButton onPress={onForgetCa}>{t('registries.forgetCa')}</TextButton>
            </div>
          )}
          <TextField
            mono
            label={t('registries.addProxy')}
            hint={t('registries.addProxyHint')}
            value={draft.proxy}
            onChange={(proxy) => change({ proxy })}
          />
        </div>
      )}
    </div>
  );
}

function Colours({ value, onChange }: { readonly value: string; readonly onChange: (colour: string) => void }) {
  const t = useText();
  return (
    <div>
      <div className={styles.legend}>{t('registries.addColour')}</div>
      <ToggleButtonGroup
        aria-label={t('registries.addColour')}
        className={styles.swatches ?? ''}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          for (const key of keys) onChange(String(key));
        }}
      >
        {sourceColours.map((colour, index) => (
          <ToggleButton
            key={colour}
            id={colour}
            aria-label={`${t('registries.addColour')} ${index + 1}`}
            className={styles.swatch ?? ''}
            style={{ '--dot': colour } as CSSProperties}
          >
            {({ isSelected }) => (isSelected ? <Check aria-hidden className="visually-hidden" /> : null)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
