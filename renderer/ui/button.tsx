import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Tooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './button.module.css';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  readonly variant?: 'default' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'medium' | 'small';
}

/** A button with words. One `primary` a screen. */
export function Button({ variant = 'default', size = 'medium', children, ...props }: ButtonProps) {
  const look = variant === 'default' ? undefined : styles[variant];
  return (
    <AriaButton {...props} className={classes(styles.button, look, size === 'small' && styles.small)}>
      {props.isPending && <LoaderCircle aria-hidden className={styles.spin ?? ''} />}
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Read out, and shown as a tooltip. */
  readonly label: string;
  readonly children: ReactNode;
  readonly size?: 'medium' | 'small';
}

/** A button that is only an icon; its label is always there for those who ask. */
export function IconButton({ label, children, size = 'medium', ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton {...props} aria-label={label} className={classes(styles.icon, size === 'small' && styles.iconSmall)}>
        {children}
      </AriaButton>
      <Tooltip className={styles.tip ?? ''} offset={4}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** A button that reads like a link in running text. */
export function TextButton(props: Omit<AriaButtonProps, 'className' | 'style'>) {
  return <AriaButton {...props} className={styles.text ?? ''} />;
}

/** Class of a router link that should look like a {@link Button}. */
export const buttonLink = (size: 'medium' | 'small' = 'medium', primary = false): string =>
  classes(styles.button, primary && styles.primary, size === 'small' && styles.small);
