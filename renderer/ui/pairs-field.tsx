import { Plus, X } from 'lucide-react';
import { IconButton, TextButton } from './button.tsx';
import { TextField } from './fields.tsx';
import styles from './pairs-field.module.css';

/** A name and a value as they are being typed. */
export interface Pair {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

interface PairsFieldProps {
  readonly label: string;
  readonly keyLabel: string;
  readonly valueLabel: string;
  readonly addLabel: string;
  readonly removeLabel: (name: string) => string;
  readonly hint?: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}

/** Names with values, as many as one likes. */
export function PairsField({
  label,
  keyLabel,
  valueLabel,
  addLabel,
  removeLabel,
  hint,
  pairs,
  onChange,
}: PairsFieldProps) {
  const change = (id: number, changes: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...changes } : pair)));
  const nextId = Math.max(0, ...pairs.map(({ id }) => id)) + 1;
  return (
    <div role="group" aria-label={label}>
      <div className={styles.label}>{label}</div>
      {pairs.map(({ id, key, value }) => (
        <div key={id} className={styles.pair}>
          <TextField
            mono
            label={keyLabel}
            value={key}
            maxLength={1024}
            onChange={(text) => change(id, { key: text })}
          />
          <TextField
            mono
            label={valueLabel}
            value={value}
            maxLength={8192}
            onChange={(text) => change(id, { value: text })}
          />
          <IconButton label={removeLabel(key)} onPress={() => onChange(pairs.filter((pair) => pair.id !== id))}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <TextButton onPress={() => onChange([...pairs, { id: nextId, key: '', value: '' }])}>
        <Plus aria-hidden />
        {addLabel}
      </TextButton>
      {hint && <div className={styles.hint}>{hint}</div>}
    </div>
  );
}

/** Whether a pair lacks its name or its value: the command line takes none of these. */
export function hasHalfPair(...lists: readonly (readonly Pair[])[]): boolean {
  return lists.some((pairs) => pairs.some(({ key, value }) => (key === '') !== (value === '')));
}

/** The pairs of a record, to be changed. */
export function toPairs(record: Readonly<Record<string, string>> = {}): readonly Pair[] {
  return Object.entries(record).map(([key, value], index) => ({ id: index + 1, key, value }));
}

/** The pairs as a record; those without a name or a value are left out. */
export function toRecord(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.flatMap(({ key, value }) => (key !== '' && value !== '' ? [[key, value]] : [])));
}
