import { TriangleAlert, X } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './policies.module.css';

/** A value that may be meant, with where it comes from. */
export interface Suggestion {
  readonly value: string;
  readonly note?: string;
}

interface ChipsFieldProps {
  readonly values: readonly string[];
  /** Positions of values that are wrong. */
  readonly wrong: readonly number[];
  /** Label of the input that adds one. */
  readonly addLabel: string;
  readonly placeholder?: string;
  /** Offered while the user types; anything else may be typed too. */
  readonly suggestions?: readonly Suggestion[];
  readonly onAdd: (value: string) => void;
  readonly onRemove: (at: number) => void;
  /** How a value is shown, where it is more than its text. */
  readonly show?: (value: string) => ReactNode;
  /** What stands in a chip after its text. */
  readonly extra?: (value: string) => ReactNode;
  /** The user is about to add one. */
  readonly onFocus?: () => void;
}

/** A list of texts as chips, with an input that adds more: on Enter, on a comma, on leaving it, and one for each pasted line. */
export function ChipsField(props: ChipsFieldProps) {
  const { values, wrong, onRemove, show, extra } = props;
  return (
    <div className={styles.chips} data-invalid={wrong.length > 0}>
      {values.map((value, at) => (
        <ValueChip
          key={`${at} ${value}`}
          value={value}
          isWrong={wrong.includes(at)}
          shown={show?.(value)}
          extra={extra?.(value)}
          onRemove={() => onRemove(at)}
        />
      ))}
      <AddField {...props} />
    </div>
  );
}

const mostShown = 500;

function AddField(props: ChipsFieldProps) {
  const { values, wrong, addLabel, placeholder, suggestions = [], onAdd, onRemove, onFocus } = props;
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
  const id = useId();
  const offered = suggestions.filter(({ value }) => !values.includes(value)).slice(0, mostShown);
  return (
    <>
      <input
        aria-label={addLabel}
        aria-invalid={wrong.length > 0}
        list={id}
        placeholder={placeholder ?? addLabel}
        value={text}
        spellCheck={false}
        autoComplete="off"
        data-own-undo
        onFocus={onFocus}
        onChange={({ target, nativeEvent }) => {
          // Choosing a suggestion replaces the whole text; typing goes character by character.
          if (isChoice(nativeEvent)) add(target.value);
          else setText(target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => add(text)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (!/[\s,]/.test(pasted.trim())) return;
          event.preventDefault();
          add(text + pasted);
        }}
      />
      <datalist id={id}>
        {offered.map(({ value, note }) => (
          <option key={value} value={value} label={note} />
        ))}
      </datalist>
    </>
  );
}

const isChoice = (event: Event) => !('inputType' in event) || event.inputType === 'insertReplacementText';

interface ValueChipProps {
  readonly value: string;
  readonly isWrong: boolean;
  readonly shown: ReactNode;
  readonly extra: ReactNode;
  readonly onRemove: () => void;
}

function ValueChip({ value, isWrong, shown, extra, onRemove }: ValueChipProps) {
  const t = useText();
  return (
    <span className={styles.chip} data-wrong={isWrong}>
      {isWrong && <TriangleAlert aria-hidden />}
      {shown ?? <Untrusted text={value} />}
      {extra}
      <Button className={styles.removeChip ?? ''} aria-label={t('policies.removeValue', { value })} onPress={onRemove}>
        <X aria-hidden />
      </Button>
    </span>
  );
}
