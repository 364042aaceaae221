import { Check, Copy } from 'lucide-react';
import { createContext, useContext, useEffect, useState } from 'react';
import type { Digest } from '../../shared/model/digest.ts';
import { hexOf } from '../../shared/model/digest.ts';
import { useText } from '../locales/use-text.tsx';
import { toClipboardText, toVisibleText } from '../locales/visible-text.ts';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './copy.module.css';

const shownMs = 1600;

interface CopyButtonProps {
  readonly text: string;
  /** Says what is copied. */
  readonly label?: string;
  /** Keeps line breaks: for PEM and JSON, which nobody pastes into a shell by accident. */
  readonly lines?: boolean;
}

/** Copies plain text without control characters. */
export function CopyButton({ text, label, lines = false }: CopyButtonProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    const clean = lines ? text.split('\n').map(toClipboardText).join('\n') : toClipboardText(text);
    void navigator.clipboard.writeText(clean).then(() => setCopied(true));
  };
  return (
    <IconButton size="small" label={copied ? t('ui.copied') : (label ?? t('ui.copy'))} onPress={copy}>
      {copied ? <Check aria-hidden className={styles.done ?? ''} /> : <Copy aria-hidden />}
    </IconButton>
  );
}

/** A digest as in rows: 12 characters, the whole one in the tooltip and the clipboard. */
export function ShortDigest({ digest }: { readonly digest: Digest }) {
  return (
    <span className="mono" title={digest}>
      {hexOf(digest).slice(0, 12)}
    </span>
  );
}

/** A whole digest with its copy button: for where a decision depends on it. */
export function WholeDigest({ digest }: { readonly digest: Digest }) {
  const t = useText();
  return (
    <span className={styles.digest}>
      <span className={classes('mono', styles.whole)}>{digest}</span>
      <CopyButton text={digest} label={t('ui.copyDigest')} />
    </span>
  );
}

/** What has to stand before a `notation` command line so that it works on the configuration in use, such as `NAME=value `. */
export const CommandEnvironment = createContext('');

/** Makes command lines work on the configuration in use. */
export function useWholeCommand(): (command: string) => string {
  const environment = useContext(CommandEnvironment);
  return (command) => environment + command;
}

/** The `notation` command line that does the same, ready to copy. */
export function CommandLine({ command: text }: { readonly command: string }) {
  const t = useText();
  const command = useWholeCommand()(text);
  // The directory stands in the tooltip and the clipboard: there is room for what the command does.
  const shown = useContext(CommandEnvironment).replace(/=.*/, '=… ') + text;
  return (
    <div className={styles.command}>
      <span className={classes('cut', styles.commandText)} title={toVisibleText(command)}>
        {toVisibleText(shown)}
      </span>
      <CopyButton text={command} label={t('ui.copyCommand')} />
    </div>
  );
}
