import { Check, ChevronDown, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Checkbox as AriaCheckbox,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
  Text,
  ToggleButton,
  ToggleButtonGroup,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components';
import styles from './fields.module.css';
import menu from './menu.module.css';

export interface Choice<K extends string> {
  readonly id: K;
  readonly label: ReactNode;
  readonly text?: ReactNode;
  readonly isDisabled?: boolean;
}

interface ChoiceProps<K extends string> {
  readonly label: string;
  readonly value: K | null;
  readonly onChange: (value: K) => void;
  readonly choices: readonly Choice<K>[];
}

interface SelectFieldProps<K extends string> extends ChoiceProps<K> {
  readonly hint?: ReactNode;
  readonly placeholder?: string;
}

/** One of a few, in a drop-down. */
export function SelectField<K extends string>({
  label,
  value,
  onChange,
  choices,
  hint,
  placeholder,
}: SelectFieldProps<K>) {
  return (
    <AriaSelect
      className={styles.field ?? ''}
      value={value}
      onChange={(key) => onChange(key as K)}
      placeholder={placeholder ?? ''}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <Button className={styles.select ?? ''}>
        <SelectValue className="cut">
          {({ defaultChildren, isPlaceholder }) => (isPlaceholder ? placeholder : defaultChildren)}
        </SelectValue>
        <ChevronDown aria-hidden />
      </Button>
      {hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox className={menu.menu ?? ''}>
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.id}
              id={choice.id}
              className={menu.item ?? ''}
              textValue={typeof choice.label === 'string' ? choice.label : choice.id}
              isDisabled={choice.isDisabled ?? false}
            >
              <Text slot="label">{choice.label}</Text>
              {choice.text && (
                <Text slot="description" className={menu.text ?? ''}>
                  {choice.text}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of a few words side by side. */
export function Segments<K extends string>({ label, value, onChange, choices }: ChoiceProps<K>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.segments ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as K);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton
          key={choice.id}
          id={choice.id}
          className={styles.segment ?? ''}
          isDisabled={choice.isDisabled ?? false}
        >
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** One of a few with a sentence each, for decisions. */
export function RadioCards<K extends string>({ label, value, onChange, choices }: ChoiceProps<K>) {
  return (
    <RadioGroup className={styles.field ?? ''} value={value} onChange={(key) => onChange(key as K)}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.cards}>
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className={styles.card ?? ''}
            isDisabled={choice.isDisabled ?? false}
          >
            <span className={styles.dot} />
            <span>{choice.label}</span>
            {choice.text && <span className={styles.cardText}>{choice.text}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** A tick box with words, or without in a table (then give `aria-label`). */
export function Checkbox({
  children,
  ...props
}: Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> & { readonly children?: ReactNode }) {
  return (
    <AriaCheckbox {...props} className={styles.checkbox ?? ''}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.tick}>
            {isIndeterminate ? <Minus aria-hidden /> : isSelected ? <Check aria-hidden /> : null}
          </span>
          {children && <span>{children}</span>}
        </>
      )}
    </AriaCheckbox>
  );
}
