import { mediaTypes } from '../../../shared/model/media-types.ts';
import { useText } from '../../locales/use-text.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import type { TreeRow } from './attachments-tree.ts';
import styles from './attachments.module.css';
import { markWords } from './row-words.ts';

/** What is odd about a row, in sentences, above whatever else is told of it. */
export function RowNotes({ row }: { readonly row: TreeRow }) {
  const t = useText();
  const { marks, kind, isVisibleToCli, descriptor, facts } = row;
  const reason = descriptor.artifactType === mediaTypes.notarySignature ? 'listing' : 'type';
  const isHidden = kind === 'notationSignature' && !isVisibleToCli;
  if (marks.length === 0 && !isHidden && !facts?.problem) return null;
  return (
    <div className={styles.notes}>
      {marks.map((mark) => (
        <Callout key={mark} tone="warn" title={t(markWords[mark].word)}>
          <p>{t(markWords[mark].text)}</p>
        </Callout>
      ))}
      {isHidden && (
        <Callout compact tone="warn">
          {t('artifacts.notVisibleToCli', { reason })}
        </Callout>
      )}
      {facts?.problem && <ErrorCard error={facts.problem} />}
    </div>
  );
}
