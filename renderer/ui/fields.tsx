import { Search, TriangleAlert, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Group,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { useText } from '../locales/use-text.tsx';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './fields.module.css';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with the value, as a sentence. */
  readonly fault?: ReactNode;
  readonly placeholder?: string;
  readonly mono?: boolean;
  /** Several lines. */
  readonly lines?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Called when Enter is pressed; other keys go on, so that Escape still closes a dialog. */
  readonly onEnter?: () => void;
}

/** A labelled text input with its hint and its fault below. */
export function TextField({
  label,
  hint,
  fault,
  placeholder,
  mono,
  lines,
  inputRef,
  onEnter,
  ...props
}: TextFieldProps) {
  const onKeyDown: TextFieldProps['onKeyDown'] = (event) => {
    if (event.key === 'Enter' && onEnter) onEnter();
    else event.continuePropagation();
  };
  return (
    <AriaTextField {...props} onKeyDown={onKeyDown} isInvalid={Boolean(fault)} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <Group className={styles.box ?? ''} isInvalid={Boolean(fault)}>
        {lines ? (
          <AriaTextArea className={classes(styles.input, styles.area)} placeholder={placeholder} spellCheck={false} />
        ) : (
          <Input
            ref={inputRef}
            className={classes(styles.input, mono && styles.mono)}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Group>
      {hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.fault ?? ''}>
        <TriangleAlert aria-hidden />
        <span>{fault}</span>
      </FieldError>
    </AriaTextField>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (value: string) => void;
  /** Key that focuses the field, shown in it. */
  readonly shortcut?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A filter above a list. Escape clears it. */
export function SearchField({ label, value, onChange, onSubmit, shortcut, inputRef }: SearchFieldProps) {
  const t = useText();
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit ? { onSubmit } : {})}
      className={styles.field ?? ''}
    >
      <Group className={styles.box ?? ''}>
        <Search aria-hidden />
        <Input
          ref={inputRef}
          className={styles.input ?? ''}
          placeholder={label}
          spellCheck={false}
          autoComplete="off"
        />
        {value === '' && shortcut && <span className={styles.kbd}>{shortcut}</span>}
        {value !== '' && (
          <IconButton size="small" label={t('ui.clear')} onPress={() => onChange('')}>
            <X aria-hidden />
          </IconButton>
        )}
      </Group>
    </AriaSearchField>
  );
}
