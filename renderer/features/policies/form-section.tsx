import { useEffect, useRef, type ReactNode } from 'react';
import { useHere, type FormMember } from './here.ts';
import styles from './policies.module.css';

interface FormSectionProps {
  readonly title: string;
  /** The member of the statement that it edits: form and JSON show the same one. */
  readonly member: FormMember;
  readonly note?: ReactNode;
  /** Controls at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the statement form. */
export function FormSection({ title, member, note, actions, children }: FormSectionProps) {
  const { here, enter } = useHere();
  const section = useRef<HTMLElement>(null);
  const isFromJson = here?.member === member && here.from === 'json';
  useEffect(() => {
    if (isFromJson) section.current?.scrollIntoView({ block: 'nearest' });
  }, [isFromJson]);
  return (
    <section
      ref={section}
      className={styles.part}
      aria-label={title}
      data-here={isFromJson}
      onFocus={() => enter(member, 'form')}
    >
      <header>
        <h3>{title}</h3>
        <span className={styles.note}>{note}</span>
        {actions}
      </header>
      {children}
    </section>
  );
}
