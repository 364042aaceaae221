import { ListBox, ListBoxItem } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import type { Found } from './find-read.ts';
import styles from './source-page.module.css';

interface FoundListProps {
  readonly found: readonly Found[];
  readonly onOpen: (repository: string, reference: string) => void;
}

/** Tags, digests, signers, fingerprints and annotations in which the text stands, of what was read of the source. */
export function FoundList({ found, onOpen }: FoundListProps) {
  const t = useText();
  if (found.length === 0) return null;
  return (
    <section className={styles.found} aria-labelledby="found-title">
      <h3 id="found-title">{t('registries.found')}</h3>
      <ListBox
        aria-labelledby="found-title"
        className={styles.foundList ?? ''}
        items={found.map((each) => ({ ...each, id: `${each.repository} ${each.reference}` }))}
        onAction={(key) => {
          const chosen = found.find(({ repository, reference }) => `${repository} ${reference}` === key);
          if (chosen) onOpen(chosen.repository, chosen.reference);
        }}
      >
        {({ id, repository, reference, because }) => (
          <ListBoxItem id={id} textValue={`${repository}:${reference}`} className={styles.repository ?? ''}>
            <b className="cut">
              <Untrusted text={reference} cut />
            </b>
            <span className={styles.policy}>
              <Untrusted
                text={because === undefined ? repository : t('registries.foundBecause', { repository, because })}
                cut
              />
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </section>
  );
}
