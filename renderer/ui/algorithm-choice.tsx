import type { KeyAlgorithm } from '../../shared/model/signing-key.ts';
import styles from './algorithm-choice.module.css';
import { Segments } from './choices.tsx';

const rsa = ['RSA-2048', 'RSA-3072', 'RSA-4096'] as const;
const ec = ['EC-256', 'EC-384', 'EC-521'] as const;
const sizeOf = (algorithm: KeyAlgorithm) => algorithm.split('-')[1] ?? '';

interface AlgorithmChoiceProps {
  readonly value: KeyAlgorithm;
  readonly onChange: (algorithm: KeyAlgorithm) => void;
}

/** One of the kinds of key that Notation signs with. */
export function AlgorithmChoice({ value, onChange }: AlgorithmChoiceProps) {
  const segment = (label: string, choices: readonly KeyAlgorithm[], toLabel: (size: string) => string) => (
    <span className={styles.pair}>
      {label}
      <Segments
        label={label}
        value={choices.includes(value) ? value : null}
        onChange={onChange}
        choices={choices.map((id) => ({ id, label: toLabel(sizeOf(id)) }))}
      />
    </span>
  );
  return (
    <div className={styles.controls}>
      {segment('RSA', rsa, (size) => size)}
      {segment('EC', ec, (size) => `P-${size}`)}
    </div>
  );
}
