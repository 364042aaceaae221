import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button } from 'react-aria-components';
import { tagColumns, type TagColumn, type TagTable } from '../../../shared/model/browsing.ts';
import { useText } from '../../locales/use-text.tsx';
import type { GridColumn } from '../../ui/virtual-grid.tsx';
import styles from './tags-pane.module.css';

/** The columns of the tag list; the first one turns the order around. */
export function useTagColumns(
  { newestFirst }: TagTable,
  shown: readonly TagColumn[],
  isWide: boolean,
  onToggle: () => void,
): readonly GridColumn[] {
  const t = useText();
  const header = (
    <Button className={styles.sort ?? ''} onPress={onToggle}>
      {t('registries.columnTag')}
      {newestFirst ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
    </Button>
  );
  const all: Readonly<Record<TagColumn, Omit<GridColumn, 'id'>>> = {
    digest: { header: t('registries.columnDigest'), track: '116px' },
    kind: { header: t('registries.columnKind'), track: 'minmax(90px, 1fr)' },
    verdict: { header: t('registries.columnVerdict'), track: isWide ? '204px' : '150px' },
    signers: { header: t('registries.columnSigners'), track: 'minmax(90px, 1.3fr)' },
    size: { header: t('registries.columnSize'), track: '84px', alignEnd: true },
  };
  return [{ id: 'tag', header, track: 'minmax(110px, 1.2fr)' }, ...shown.map((id): GridColumn => ({ id, ...all[id] }))];
}

/** The columns to be seen: those not hidden, and in a narrow window neither signers nor size. */
export function toShownColumns({ hiddenColumns }: TagTable, isWide: boolean): readonly TagColumn[] {
  const isNarrow = (column: TagColumn): boolean => column !== 'signers' && column !== 'size';
  return tagColumns.filter((column) => !hiddenColumns.includes(column) && (isWide || isNarrow(column)));
}
