import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { TableBody, TableHeader, TableLayout, Virtualizer, type SortDescriptor } from 'react-aria-components';
import { hexOf } from '../../../shared/model/digest.ts';
import { useFormat, type Format } from '../../locales/format.ts';
import { useLocale, useText, type Translate } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { Cell, Column, Row, Table } from '../../ui/table.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { useNow } from '../../ui/use-now.ts';
import type { AttachmentsViewProps } from './attachments-panel.tsx';
import { createdOf, type AttachmentsTree, type TreeRow } from './attachments-tree.ts';
import styles from './attachments.module.css';
import { RowCreated, RowName, RowSigner, RowVerdictChip } from './row-parts.tsx';
import { verdictText, wordsOf } from './row-words.ts';
import { toCsv, toMarkdown } from '../../ui/table-export.ts';
import type { RowVerdicts } from './use-row-verdicts.ts';

/** The order on the screen; copies have every column. */
const columns = ['artifact', 'attachedTo', 'signer', 'signed', 'expires', 'verdict'] as const;
type ColumnId = (typeof columns)[number];
const words = {
  artifact: 'artifacts.columnArtifact',
  attachedTo: 'attachments.columnAttachedTo',
  signer: 'artifacts.columnSigner',
  signed: 'artifacts.columnSigned',
  expires: 'attachments.columnExpires',
  verdict: 'artifacts.columnVerdict',
} as const;
const widths: Readonly<Record<ColumnId, number | undefined>> = {
  artifact: undefined,
  attachedTo: 108,
  signer: 124,
  signed: 100,
  expires: 100,
  verdict: 180,
};
/** Narrower windows have no room for when a signature ends; the inspector tells it, too. */
const roomy = '(min-width: 1560px)';
/** Longer tables draw only what is in sight. */
const longTable = 150;

/** The rows one below the other, in whatever order is wanted, to be copied. */
export function TableView({ tree, verdicts, shown, onSelect, onOpen }: AttachmentsViewProps) {
  const t = useText();
  const nowMs = useNow(60_000);
  const [sort, setSort] = useState<SortDescriptor>();
  const text = useRowText(tree, verdicts);
  const rows = useSorted(tree.rows, sort, text);
  const isLong = rows.length > longTable;
  const isRoomy = useMedia(roomy);
  const shownColumns = columns.filter((id) => isRoomy || id !== 'expires');
  const table = (
    <Table
      aria-label={t('artifacts.attached')}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={shown === undefined ? [] : [shown]}
      onSelectionChange={(keys) => {
        if (keys !== 'all') for (const key of keys) onSelect(String(key));
      }}
      onRowAction={(key) => {
        const row = tree.byKey.get(String(key));
        if (row?.edge === 'manifest') onOpen(row.digest);
      }}
      {...(sort && { sortDescriptor: sort })}
      onSortChange={setSort}
    >
      <TableHeader>
        {shownColumns.map((id) => (
          <Column key={id} id={id} isRowHeader={id === 'artifact'} allowsSorting {...widthOf(id)}>
            {t(words[id])}
          </Column>
        ))}
      </TableHeader>
      <TableBody items={rows} dependencies={[verdicts, nowMs, t, isRoomy]}>
        {(row) => <TableRow {...{ row, tree, verdicts, nowMs, isRoomy }} />}
      </TableBody>
    </Table>
  );
  return (
    <>
      <div className={styles.tools}>
        <span className="dim">{t('attachments.rowCount', { count: rows.length })}</span>
        <ExportMenu rows={rows} text={text} />
      </div>
      <div className={isLong ? styles.longTable : styles.table}>
        {isLong ? (
          <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: 36, headingHeight: 28 }}>
            {table}
          </Virtualizer>
        ) : (
          table
        )}
      </div>
    </>
  );
}

/** A width for the layout of long tables, and the same for the browser's own. */
function widthOf(id: ColumnId) {
  const width = widths[id];
  return width === undefined ? {} : { width, style: { width } };
}

interface TableRowProps {
  readonly row: TreeRow;
  readonly tree: AttachmentsTree;
  readonly verdicts: RowVerdicts;
  readonly nowMs: number;
  readonly isRoomy: boolean;
}

function TableRow({ row, tree, verdicts, nowMs, isRoomy }: TableRowProps) {
  const t = useText();
  const format = useFormat();
  const expiry = row.facts?.signature?.expiry;
  return (
    <Row id={row.key} textValue={wordsOf(row, t)}>
      <Cell>
        <span className={styles.name}>
          <RowName row={row} nowMs={nowMs} />
        </span>
      </Cell>
      <Cell>
        <span className="cut sub">{attachedTo(row, tree, t)}</span>
      </Cell>
      <Cell>
        <RowSigner row={row} />
      </Cell>
      <Cell>
        <span className="sub">
          <RowCreated row={row} nowMs={nowMs} />
        </span>
      </Cell>
      {isRoomy && (
        <Cell>
          <span className="sub" title={expiry && format.dateTime(expiry)}>
            {expiry && format.moment(expiry, nowMs)}
          </span>
        </Cell>
      )}
      <Cell>
        <RowVerdictChip row={row} verdict={verdicts.of(row)} />
      </Cell>
    </Row>
  );
}

/** What a row stands below, in a few words. */
function attachedTo({ parentKey }: TreeRow, tree: AttachmentsTree, t: Translate): string {
  const parent = tree.byKey.get(parentKey ?? '');
  if (!parent || parent === tree.root) return t('attachments.thisArtifact');
  return parent.platform ?? hexOf(parent.digest).slice(0, 12);
}

type RowText = (row: TreeRow) => Readonly<Record<ColumnId | 'digest', string>>;

/** A row as plain text: what is sorted by and copied. Times as in RFC 3339. */
function useRowText(tree: AttachmentsTree, verdicts: RowVerdicts): RowText {
  const t = useText();
  return useMemo(
    () => (row) => ({
      digest: row.digest,
      artifact: wordsOf(row, t),
      attachedTo: attachedTo(row, tree, t),
      signer: row.facts?.signature?.signerSubject ?? '',
      signed: createdOf(row) ?? '',
      expires: row.facts?.signature?.expiry ?? '',
      verdict: verdictText(verdicts.of(row), t),
    }),
    [t, tree, verdicts],
  );
}

/** In the order of the tree until a column is chosen; empty cells last. */
function useSorted(rows: readonly TreeRow[], sort: SortDescriptor | undefined, text: RowText) {
  const { language } = useLocale();
  return useMemo(() => {
    const items = rows.map((row) => ({ ...row, id: row.key }));
    if (!sort) return items;
    const { compare } = new Intl.Collator(language, { numeric: true });
    const column = sort.column as ColumnId;
    const sign = sort.direction === 'descending' ? -1 : 1;
    const keyed = items.map((row) => ({ row, by: text(row)[column] }));
    keyed.sort((a, b) => Number(a.by === '') - Number(b.by === '') || sign * compare(a.by, b.by));
    return keyed.map(({ row }) => row);
  }, [rows, sort, text, language]);
}

function ExportMenu({ rows, text }: { readonly rows: readonly TreeRow[]; readonly text: RowText }) {
  const t = useText();
  const format: Format = useFormat();
  const head = () => [...columns.map((id) => t(words[id])), t('artifacts.factDigest')];
  const lines = () =>
    rows.map((row) => {
      const cells = text(row);
      return [...columns.map((id) => cells[id]), cells.digest];
    });
  const copy = (content: string) => void navigator.clipboard.writeText(content).then(() => tellDone(t('ui.copied')));
  const count = format.number(rows.length);
  return (
    <MenuButton
      label={t('attachments.export')}
      entries={[
        { id: 'csv', label: t('attachments.copyCsv'), onAction: () => copy(toCsv(head(), lines())) },
        { id: 'markdown', label: t('attachments.copyMarkdown'), onAction: () => copy(toMarkdown(head(), lines())) },
        {
          id: 'save',
          label: t('attachments.saveCsv'),
          text: t('attachments.saveCsvText', { count }),
          onAction: () => downloadText('attachments.csv', toCsv(head(), lines()), 'text/csv'),
        },
      ]}
    >
      <Button size="small">
        <Download aria-hidden />
        {t('attachments.export')}
      </Button>
    </MenuButton>
  );
}
