import { Award, CircleHelp, Clock3, File as FileIcon, LoaderCircle, X } from 'lucide-react';
import { useState } from 'react';
import { TableBody, TableHeader } from 'react-aria-components';
import { useErrorText } from '../../locales/error-text.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Chip, StateChip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Cell, Column, Row, Table } from '../../ui/table.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './files.module.css';
import { selectEntry } from './files-store.ts';
import { removeFile } from './judge-file.ts';
import { nameOf, type FileEntry } from './pairing.ts';

interface FilesTableProps {
  readonly entries: readonly FileEntry[];
  readonly selected: string | undefined;
}

/** Each file with its signature and where it stands. */
export function FilesTable({ entries, selected }: FilesTableProps) {
  const t = useText();
  const [leaving, setLeaving] = useState<FileEntry | null>(null);
  const drop = (entry: FileEntry) => (entry.unsaved ? setLeaving(entry) : removeFile(entry));
  return (
    <>
      <Table
        aria-label={t('files.title')}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={selected === undefined ? [] : [selected]}
        onSelectionChange={(chosen) => {
          if (chosen !== 'all') for (const key of chosen) selectEntry(String(key));
        }}
      >
        <TableHeader>
          <Column isRowHeader>{t('files.file')}</Column>
          <Column>{t('files.size')}</Column>
          <Column>{t('files.signature')}</Column>
          <Column>{t('files.state')}</Column>
          <Column width={36}>
            <span className="visually-hidden">{t('files.actions')}</span>
          </Column>
        </TableHeader>
        <TableBody>
          {entries.map((entry) => (
            <Row key={entry.key} id={entry.key} textValue={nameOf(entry)}>
              <Cell>
                <NameCell entry={entry} />
              </Cell>
              <Cell>
                <SizeCell entry={entry} />
              </Cell>
              <Cell>
                <SignatureCell entry={entry} />
              </Cell>
              <Cell>
                <StateCell entry={entry} />
              </Cell>
              <Cell>
                <IconButton size="small" label={t('files.remove', { name: nameOf(entry) })} onPress={() => drop(entry)}>
                  <X aria-hidden />
                </IconButton>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {leaving && <DropUnsaved entry={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

/** Asks first: the signature is in no file yet. */
function DropUnsaved({ entry, onClose }: { readonly entry: FileEntry; readonly onClose: () => void }) {
  const t = useText();
  const drop = () => {
    onClose();
    removeFile(entry);
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('files.dropTitle', { name: nameOf(entry) })}
      verb={t('files.dropVerb')}
      onConfirm={drop}
    >
      <p>{t('files.dropText', { name: entry.signature?.name ?? '' })}</p>
    </ConfirmDialog>
  );
}

interface CellProps {
  readonly entry: FileEntry;
}

function NameCell({ entry }: CellProps) {
  const t = useText();
  return (
    <span className={styles.name}>
      <FileIcon aria-hidden />
      {entry.blob ? (
        <Untrusted text={entry.blob.name} cut />
      ) : (
        <span className={styles.missing}>
          <Untrusted text={nameOf(entry)} cut /> <span className="dim">{t('files.blobMissing')}</span>
        </span>
      )}
    </span>
  );
}

function SizeCell({ entry: { blob } }: CellProps) {
  const format = useFormat();
  return <span className={styles.number}>{blob ? format.bytes(blob.size) : '—'}</span>;
}

function SignatureCell({ entry: { signature, unsaved } }: CellProps) {
  const t = useText();
  if (!signature) return <span className="dim">—</span>;
  return (
    <span className={styles.name}>
      <Award aria-hidden />
      <Untrusted text={signature.name} cut />
      {unsaved && <span className={styles.unsaved}>{t('files.unsaved')}</span>}
    </span>
  );
}

function StateCell({ entry }: CellProps) {
  const t = useText();
  const errorText = useErrorText();
  const { blob, signature, sending, busy, fault, report, inspected } = entry;
  if (fault !== undefined) {
    return (
      <Chip tone="err" icon={CircleHelp}>
        {errorText(fault).title}
      </Chip>
    );
  }
  if (sending !== undefined && blob) {
    const part = blob.size === 0 ? 1 : sending / blob.size;
    return (
      <StateChip icon={LoaderCircle} spin>
        {t('files.sending', { percent: Math.floor(part * 100) })}
      </StateChip>
    );
  }
  if (busy) return signature && blob ? <VerdictChip verdict="checking" /> : <VerdictChip verdict="waiting" />;
  if (report) return <VerdictChip verdict={report.verdict} />;
  if (signature && !blob && inspected) return <StateChip icon={Award}>{t('files.inspected')}</StateChip>;
  if (!signature) return <VerdictChip verdict="noSignature" />;
  return <StateChip icon={Clock3}>{t('files.waiting')}</StateChip>;
}
