import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell as AriaCell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  type CellProps,
  type ColumnProps,
  type RowProps,
  type TableProps,
} from 'react-aria-components';
import styles from './table.module.css';

/** A table of moderate length: React Aria's, with our looks. Use its own `TableHeader` and `TableBody` inside. */
export function Table(props: Omit<TableProps, 'className' | 'style'>) {
  return <AriaTable {...props} className={styles.table ?? ''} />;
}

export function Column({
  children,
  ...props
}: Omit<ColumnProps, 'className' | 'children'> & { readonly children?: ReactNode }) {
  return (
    <AriaColumn {...props} className={styles.column ?? ''}>
      {({ sortDirection }) => (
        <>
          {children}
          {sortDirection === 'ascending' && <ChevronUp aria-hidden />}
          {sortDirection === 'descending' && <ChevronDown aria-hidden />}
        </>
      )}
    </AriaColumn>
  );
}

export function Row<T extends object>(props: Omit<RowProps<T>, 'className' | 'style'>) {
  return <AriaRow {...props} className={styles.row ?? ''} />;
}

export function Cell(props: Omit<CellProps, 'className' | 'style'>) {
  return <AriaCell {...props} className={styles.cell ?? ''} />;
}
