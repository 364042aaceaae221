import { Link } from '@tanstack/react-router';
import { FileBadge, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ExpiryChip } from '../../ui/validity.tsx';
import { DeleteFileDialog } from './delete-dialogs.tsx';
import { storeReference, type Place } from './store-words.ts';
import styles from './trust-stores.module.css';

interface StoreCardProps {
  readonly store: TrustStore;
  /** The address asks for this one. */
  readonly isShown: boolean;
  readonly selected: Place | null;
  readonly onSelect: (place: Place) => void;
  readonly onDelete: () => void;
}

type StoreFile = TrustStore['files'][number];

export function StoreCard({ store, isShown, selected, onSelect, onDelete }: StoreCardProps) {
  const t = useText();
  const card = useRef<HTMLElement>(null);
  const reference = storeReference(store);
  useEffect(() => {
    if (isShown) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  return (
    <section ref={card} className={classes(styles.store, isShown && styles.shown)} aria-label={reference}>
      <header>
        <h3>
          <Untrusted text={reference} mono />
        </h3>
        <UsedBy store={store} />
        <Button
          size="small"
          variant="quiet"
          aria-label={t('trustStores.deleteStoreOf', { store: reference })}
          onPress={onDelete}
        >
          {t('trustStores.deleteStore')}
        </Button>
      </header>
      {store.problem && <ErrorCard error={store.problem} />}
      <ul>
        {store.files.map((file) => (
          <FileRows key={file.file} store={store} file={file} selected={selected} onSelect={onSelect} />
        ))}
      </ul>
    </section>
  );
}

function UsedBy({ store }: { readonly store: TrustStore }) {
  const t = useText();
  return (
    <span className={styles.usedBy}>
      {store.usedBy.length > 0 ? (
        <Link to="/policies" search={{ statement: store.usedBy[0] }}>
          {t('trustStores.usedBy', { names: store.usedBy.join(', ') })}
        </Link>
      ) : (
        t('trustStores.usedByNone')
      )}
    </span>
  );
}

interface FileRowsProps extends Pick<StoreCardProps, 'store' | 'selected' | 'onSelect'> {
  readonly file: StoreFile;
}

function FileRows({ store, file, selected, onSelect }: FileRowsProps) {
  const t = useText();
  const [isDeleting, setDeleting] = useState(false);
  const reference = storeReference(store);
  return (
    <li className={styles.file}>
      {file.problem && (
        <div className={styles.broken}>
          <Untrusted text={file.file} mono />
          <ErrorCard
            error={file.problem}
            actions={
              <Button size="small" onPress={() => setDeleting(true)}>
                <Trash2 aria-hidden />
                {t('trustStores.deleteFileOf', { file: file.file })}
              </Button>
            }
          />
        </div>
      )}
      {file.certificates.map((certificate) => {
        const place = { store: reference, file: file.file, sha256: certificate.sha256 };
        const isSelected =
          selected?.store === reference && selected.file === place.file && selected.sha256 === place.sha256;
        return (
          <div key={certificate.sha256} className={styles.row} data-selected={isSelected}>
            <AriaButton className={styles.choose ?? ''} aria-pressed={isSelected} onPress={() => onSelect(place)}>
              <FileBadge aria-hidden />
              <span className={styles.names}>
                <b className="cut">
                  <Untrusted text={certificate.commonName} cut />
                </b>
                <small className="cut">
                  <Untrusted text={file.file} mono cut />
                </small>
              </span>
              <span className={classes(styles.hash, 'mono')} title={certificate.sha256}>
                {certificate.sha256.slice(0, 12)}
              </span>
              <ExpiryChip {...certificate} />
            </AriaButton>
            <IconButton
              size="small"
              label={t('trustStores.deleteFileOf', { file: file.file })}
              onPress={() => setDeleting(true)}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </div>
        );
      })}
      {isDeleting && <DeleteFileDialog store={store} file={file} onClose={() => setDeleting(false)} />}
    </li>
  );
}
