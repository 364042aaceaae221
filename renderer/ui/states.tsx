import { Check, CircleAlert, CircleHelp, Info, Minus, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { toFault, useErrorText } from '../locales/error-text.ts';
import { useText } from '../locales/use-text.tsx';
import { Button } from './button.tsx';
import type { Tone } from './chip.tsx';
import { classes } from './classes.ts';
import styles from './states.module.css';

/** Nothing there: what would be here, why it is not, and what to do. */
export function Empty({
  icon: Icon,
  title,
  children,
  actions,
}: {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <Icon aria-hidden />
      <h2>{title}</h2>
      {children && <div>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Rows to come; nothing is shown in the first 150 ms. */
export function SkeletonRows({ count = 6 }: { readonly count?: number }) {
  const t = useText();
  return (
    <div role="status" aria-label={t('ui.loading')} className={styles.skeletons}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.skeletonRow}>
          <span className={classes(styles.skeleton, styles.first)} />
          <span className={classes(styles.skeleton, styles.second)} />
          <span className={classes(styles.skeleton, styles.third)} />
        </div>
      ))}
    </div>
  );
}

const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  ok: Check,
  warn: TriangleAlert,
  bad: CircleAlert,
  mute: Minus,
  err: CircleHelp,
  plain: Info,
};

interface CalloutProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly icon?: LucideIcon;
  /** `alert` is read out at once. */
  readonly role?: 'alert' | 'status' | 'note';
  /** One line. */
  readonly compact?: boolean;
}

/** A card for a headline: icon, bold clause, the rest. */
export function Callout({ tone, title, children, actions, icon, role = 'note', compact = false }: CalloutProps) {
  const Icon = icon ?? toneIcons[tone];
  return (
    <div role={role} className={classes(styles.callout, styles[tone], compact && styles.compact)}>
      <Icon aria-hidden />
      <div className={styles.content}>
        {title && <b>{title}</b>}
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

/** What could not be done: what happened, the likely cause, the next step, the code. */
export function ErrorCard({
  error,
  onRetry,
  actions,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly actions?: ReactNode;
}) {
  const t = useText();
  const { title, cause, next } = useErrorText()(error);
  return (
    <Callout
      tone="err"
      role="alert"
      title={title}
      actions={
        (onRetry ?? actions) ? (
          <>
            {actions}
            {onRetry && (
              <Button size="small" onPress={onRetry}>
                {t('ui.retry')}
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      <p>{cause}</p>
      <p>{next}</p>
      <p className={styles.code}>
        {t('ui.errorCode')} <code>{toFault(error).code}</code>
      </p>
    </Callout>
  );
}
