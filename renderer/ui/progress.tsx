import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far long work has come, as a bar; the numbers stand beside it. */
export function Progress({ label, done, total }: ProgressProps) {
  return <progress className={styles.progress} value={done} max={Math.max(1, total)} aria-label={label} />;
}
