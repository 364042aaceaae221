import { useState } from 'react';
import { useFormat } from '../locales/format.ts';
import { useText } from '../locales/use-text.tsx';
import { toTextRuns, toVisibleText } from '../locales/visible-text.ts';
import { TextButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './untrusted.module.css';

const shortLength = 4096;

interface UntrustedProps {
  readonly text: string;
  readonly mono?: boolean;
  /** One line, cut with an ellipsis; the whole text stands in the tooltip. Not for what a decision depends on. */
  readonly cut?: boolean;
  /** How much is shown before it is asked for. */
  readonly limit?: number;
}

/**
 * Every text that came from a registry, a certificate or a file: text only, never a link, with invisible, reordering and
 * look-alike characters shown as escapes, and cut at 4 KiB until asked for.
 */
export function Untrusted({ text, mono = false, cut = false, limit = shortLength }: UntrustedProps) {
  const t = useText();
  const format = useFormat();
  const [whole, setWhole] = useState(false);
  const shown = whole || text.length <= limit ? text : text.slice(0, limit);
  const className = classes(styles.text, mono && 'mono', cut && styles.cut);
  return (
    <>
      <bdi className={className} title={cut ? toVisibleText(shown) : undefined}>
        {toTextRuns(shown).map((run, index) =>
          run.hidden ? (
            <span key={index} className={styles.escape} title={t('ui.invisible', { code: run.text })}>
              {run.text}
            </span>
          ) : (
            run.text
          ),
        )}
      </bdi>
      {shown !== text && (
        <TextButton onPress={() => setWhole(true)}>{t('ui.showWhole', { size: format.bytes(text.length) })}</TextButton>
      )}
    </>
  );
}
