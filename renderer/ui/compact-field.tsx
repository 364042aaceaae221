import { Input, Label, TextField, type TextFieldProps } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './compact-field.module.css';

interface CompactFieldProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** What the label stands for. */
  readonly title?: string;
  /** In characters. */
  readonly width: number;
}

/** A small text input with its label before it, for several on a line. */
export function CompactField({ label, hideLabel = false, title, width, ...props }: CompactFieldProps) {
  return (
    <TextField {...props} className={styles.field ?? ''}>
      <Label className={hideLabel ? 'visually-hidden' : ''}>{title ? <abbr title={title}>{label}</abbr> : label}</Label>
      <Input className={classes(styles.input)} size={width} spellCheck={false} autoComplete="off" />
    </TextField>
  );
}
