import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './chip.module.css';

/** `ok` green, `warn` amber, `bad` red, `mute` grey, `err` violet, `plain` outlined. */
export type Tone = 'ok' | 'warn' | 'bad' | 'mute' | 'err' | 'plain';

/** A status in a row: icon, word and colour, always all three. */
export function Chip({
  tone,
  icon: Icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.chip, styles[tone])}>
      <Icon aria-hidden />
      <span className="cut">{children}</span>
    </span>
  );
}

/** Something under way in a row. */
export function StateChip({
  icon: Icon,
  spin,
  children,
}: {
  readonly icon: LucideIcon;
  readonly spin?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.chip, styles.state)}>
      <Icon aria-hidden className={spin ? (styles.spin ?? '') : ''} />
      {children}
    </span>
  );
}

/** A small fact. */
export function Tag({ children, dashed = false }: { readonly children: ReactNode; readonly dashed?: boolean }) {
  return <span className={classes(styles.tag, dashed && styles.dashed)}>{children}</span>;
}

/** What a source can do; dashed when it cannot. */
export function Capability({
  icon: Icon,
  off = false,
  children,
}: {
  readonly icon: LucideIcon;
  readonly off?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.capability, off && styles.off)}>
      <Icon aria-hidden />
      {children}
    </span>
  );
}
