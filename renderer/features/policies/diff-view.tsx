import { useState } from 'react';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { diffLines, foldUnchanged, type DiffLine, type DiffPart } from './line-diff.ts';
import styles from './policies.module.css';

const context = 3;

/** Two texts line by line, with what is the same in both folded. */
export function DiffView({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) {
  const parts = foldUnchanged(diffLines(before, after), context);
  return (
    <div className={styles.diff} role="table" aria-label={label}>
      {parts.map((part, at) => (
        <Part key={at} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: DiffPart }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (part.folded && !isOpen && part.lines.length > 1) {
    return (
      <div role="row" className={styles.fold}>
        <span role="cell">
          <TextButton onPress={() => setOpen(true)}>{t('policies.sameLines', { count: part.lines.length })}</TextButton>
        </span>
      </div>
    );
  }
  return part.lines.map((line, at) => <Line key={at} line={line} />);
}

const signs = { same: ' ', added: '+', removed: '−' } as const;

function Line({ line: { kind, text, before, after } }: { readonly line: DiffLine }) {
  const t = useText();
  return (
    <div role="row" data-kind={kind}>
      <span role="cell" className={styles.lineNumber}>
        {before}
      </span>
      <span role="cell" className={styles.lineNumber}>
        {after}
      </span>
      <span
        role="cell"
        className={styles.sign}
        {...(kind === 'same' ? {} : { 'aria-label': t(`policies.line_${kind}`) })}
      >
        {signs[kind]}
      </span>
      <span role="cell" className={styles.lineText}>
        <Untrusted text={text.replace(/\r$/, '').replaceAll('\t', '    ')} />
      </span>
    </div>
  );
}
