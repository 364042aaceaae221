import { useVirtualizer } from '@tanstack/react-virtual';
import { FileBadge, Trash2 } from 'lucide-react';
import { memo, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { classes } from '../../ui/classes.ts';
import { SearchField } from '../../ui/fields.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ExpiryChip } from '../../ui/validity.tsx';
import { isSamePlace, placeId } from './anchors.ts';
import { DeleteFileDialog } from './delete-dialogs.tsx';
import { storeReference, type Place } from './store-words.ts';
import styles from './trust-stores.module.css';

type StoreFile = TrustStore['files'][number];

/** What the rows of all stores have to know of each other. */
export interface StoreContext {
  readonly selected: Place | null;
  readonly onSelect: (place: Place) => void;
  /** Every place of a certificate that stands in more than one. */
  readonly duplicates: ReadonlyMap<string, readonly Place[]>;
}

/** A line of a store: a certificate of a file, or a file that holds none because it is broken. */
type StoreRow = { readonly id: string; readonly file: StoreFile; readonly text: string } & (
  { readonly certificate: Certificate } | { readonly certificate?: never }
);

const rowHeight = 40;
/** More rows than this exist only while they are on screen, and can be filtered. */
const most = 40;

function rowsOf(store: TrustStore): readonly StoreRow[] {
  return store.files.flatMap((file): StoreRow[] => [
    ...(file.problem ? [{ id: `broken ${file.file}`, file, text: file.file.toLowerCase() }] : []),
    ...file.certificates.map((certificate) => ({
      id: placeId({ store: storeReference(store), file: file.file, sha256: certificate.sha256 }),
      file,
      certificate,
      text: `${file.file}\n${certificate.subject}\n${certificate.sha256}`.toLowerCase(),
    })),
  ]);
}

interface StoreRowsProps extends StoreContext {
  readonly store: TrustStore;
}

/** The certificates of a store; of a long list only what is on screen is drawn. */
export function StoreRows({ store, ...context }: StoreRowsProps) {
  const t = useText();
  const [filter, setFilter] = useState('');
  const [deleting, setDeleting] = useState<StoreFile | null>(null);
  const all = useMemo(() => rowsOf(store), [store]);
  const isLong = all.length > most;
  const wanted = filter.trim().toLowerCase();
  const rows = wanted === '' ? all : all.filter(({ text }) => text.includes(wanted));
  const draw = (row: StoreRow) => <Row store={store} row={row} isBare={isLong} onDelete={setDeleting} {...context} />;
  return (
    <>
      {isLong && (
        <div className={styles.filter}>
          <SearchField
            label={t('trustStores.filterOf', { store: storeReference(store) })}
            value={filter}
            onChange={setFilter}
          />
          <span className="sub" role="status">
            {t('trustStores.shown', { count: rows.length, total: all.length })}
          </span>
        </div>
      )}
      {isLong ? (
        <LongRows label={storeReference(store)} rows={rows} draw={draw} />
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id} className={styles.file}>
              {draw(row)}
            </li>
          ))}
        </ul>
      )}
      {deleting && <DeleteFileDialog store={store} file={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

interface LongRowsProps {
  readonly label: string;
  readonly rows: readonly StoreRow[];
  readonly draw: (row: StoreRow) => ReactNode;
}

function LongRows({ label, rows, draw }: LongRowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 3,
  });
  return (
    <div ref={scroll} className={styles.long} tabIndex={0} role="group" aria-label={label}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.file}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                {draw(row)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

interface RowProps extends StoreRowsProps {
  readonly row: StoreRow;
  /** Without a button of its own: the details of a certificate have the same one, and long lists have to be quick. */
  readonly isBare: boolean;
  readonly onDelete: (file: StoreFile) => void;
}

/** Typing in the filter leaves most rows as they are. */
const Row = memo(function Row({ row, ...props }: RowProps) {
  return row.certificate ? (
    <CertificateRow {...props} file={row.file} certificate={row.certificate} />
  ) : (
    <BrokenRow file={row.file} onDelete={props.onDelete} />
  );
});

function BrokenRow({ file, onDelete }: Pick<RowProps, 'onDelete'> & { readonly file: StoreFile }) {
  const t = useText();
  return (
    <div className={styles.broken}>
      <Untrusted text={file.file} mono />
      {file.problem && (
        <ErrorCard
          error={file.problem}
          actions={
            <Button size="small" onPress={() => onDelete(file)}>
              <Trash2 aria-hidden />
              {t('trustStores.deleteFileOf', { file: file.file })}
            </Button>
          }
        />
      )}
    </div>
  );
}

interface CertificateRowProps extends StoreRowsProps, Pick<RowProps, 'isBare' | 'onDelete'> {
  readonly file: StoreFile;
  readonly certificate: Certificate;
}

function CertificateRow({
  store,
  file,
  certificate,
  selected,
  onSelect,
  isBare,
  onDelete,
  ...context
}: CertificateRowProps) {
  const t = useText();
  const isTest = useIsTest();
  const place = { store: storeReference(store), file: file.file, sha256: certificate.sha256 };
  const isSelected = selected !== null && isSamePlace(selected, place);
  const others = (context.duplicates.get(certificate.sha256) ?? []).filter((other) => !isSamePlace(other, place));
  return (
    <div className={styles.row} data-selected={isSelected} data-bare={isBare}>
      <AriaButton className={styles.choose ?? ''} aria-pressed={isSelected} onPress={() => onSelect(place)}>
        <FileBadge aria-hidden />
        <span className={styles.names}>
          <span className={styles.nameLine}>
            <b className="cut">
              <Untrusted text={certificate.commonName} cut />
            </b>
            {isTest(certificate) && <TestMark />}
            {others[0] && (
              <Tag>
                {t('trustStores.alsoIn', { place: `${others[0].store}/${others[0].file}`, more: others.length - 1 })}
              </Tag>
            )}
          </span>
          <small className="cut">
            <Untrusted text={file.file} mono cut />
          </small>
        </span>
        <span className={classes(styles.hash, 'mono')} title={certificate.sha256}>
          {certificate.sha256.slice(0, 12)}
        </span>
        <ExpiryChip {...certificate} />
      </AriaButton>
      {!isBare && (
        <IconButton
          size="small"
          label={t('trustStores.deleteFileOf', { file: file.file })}
          onPress={() => onDelete(file)}
        >
          <Trash2 aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
