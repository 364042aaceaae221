import { TriangleAlert, X } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './policies.module.css';

interface ChipsFieldProps {
  readonly values: readonly string[];
  /** Positions of values that are wrong. */
  readonly wrong: readonly number[];
  /** Label of the input that adds one. */
  readonly addLabel: string;
  readonly placeholder?: string;
  readonly onAdd: (value: string) => void;
  readonly onRemove: (at: number) => void;
  /** What stands in a chip after its text. */
  readonly extra?: (value: string) => ReactNode;
}

/** A list of texts as chips, with an input that adds more: on Enter, on a comma, on leaving it, and one for each pasted line. */
export function ChipsField({ values, wrong, addLabel, placeholder, onAdd, onRemove, extra }: ChipsFieldProps) {
  const [text, setText] = useState('');
  const add = (given: string) => {
    for (const value of given.split(/[\s,]+/)) if (value !== '') onAdd(value);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '' && values.length > 0) onRemove(values.length - 1);
  };
  return (
    <div className={styles.chips} data-invalid={wrong.length > 0}>
      {values.map((value, at) => (
        <ValueChip
          key={`${at} ${value}`}
          value={value}
          isWrong={wrong.includes(at)}
          extra={extra?.(value)}
          onRemove={() => onRemove(at)}
        />
      ))}
      <input
        aria-label={addLabel}
        aria-invalid={wrong.length > 0}
        placeholder={placeholder ?? addLabel}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => add(text)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (!/[\s,]/.test(pasted.trim())) return;
          event.preventDefault();
          add(text + pasted);
        }}
      />
    </div>
  );
}

interface ValueChipProps {
  readonly value: string;
  readonly isWrong: boolean;
  readonly extra: ReactNode;
  readonly onRemove: () => void;
}

function ValueChip({ value, isWrong, extra, onRemove }: ValueChipProps) {
  const t = useText();
  return (
    <span className={styles.chip} data-wrong={isWrong}>
      {isWrong && <TriangleAlert aria-hidden />}
      <Untrusted text={value} />
      {extra}
      <Button className={styles.removeChip ?? ''} aria-label={t('policies.removeValue', { value })} onPress={onRemove}>
        <X aria-hidden />
      </Button>
    </span>
  );
}
