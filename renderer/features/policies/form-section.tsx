import type { ReactNode } from 'react';
import styles from './policies.module.css';

interface FormSectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** Controls at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the statement form. */
export function FormSection({ title, note, actions, children }: FormSectionProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className={styles.note}>{note}</span>
        {actions}
      </header>
      {children}
    </section>
  );
}
