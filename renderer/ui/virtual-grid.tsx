import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useText } from '../locales/use-text.tsx';
import { Checkbox } from './choices.tsx';
import { classes } from './classes.ts';
import styles from './virtual-grid.module.css';

export interface GridColumn {
  readonly id: string;
  readonly header: ReactNode;
  /** A CSS grid track such as `132px` or `minmax(0, 1fr)`. */
  readonly track: string;
  readonly alignEnd?: boolean;
}

export interface VirtualGridProps {
  readonly label: string;
  /** One key a row; it is also what the row is called. */
  readonly rows: readonly string[];
  readonly columns: readonly GridColumn[];
  /** The {@link GridCell}s of a row; rendered only while the row is on or near the screen. Give the same function each time. */
  readonly renderRow: (key: string) => ReactNode;
  readonly onOpen: (key: string) => void;
  /** What the rows are of, such as a filter: when it changes, the list begins at its top again. */
  readonly scope?: string;
  readonly selected?: ReadonlySet<string>;
  /** Absent: rows cannot be selected. */
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
}

const none: ReadonlySet<string> = new Set();
const rowHeight = 32;
const headHeight = 28;
const checkTrack = '32px';

/** A long list as a grid: only the rows on screen exist. Arrows move, Enter opens, Space selects, Ctrl+A selects all, Escape clears; a click with
 * Shift selects up to it. */
export function VirtualGrid(props: VirtualGridProps) {
  const { label, rows, columns, renderRow, scope, selected = none, onSelect } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useFromTop(scope, scroll);
  const current = Math.min(active, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollPaddingStart: headHeight,
  });
  const tracks = [...(onSelect ? [checkTrack] : []), ...columns.map(({ track }) => track)].join(' ');
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const { onToggle, onPress } = useRowActions(props, setActive);
  const items = virtual.getVirtualItems();
  const slots = useSlots(items.length);
  const page = () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      className={styles.grid}
      onKeyDown={(event) => onGridKey(event, { ...props, current, move, page })}
    >
      <div ref={scroll} className={styles.scroll} role="presentation">
        <Head {...props} tracks={tracks} />
        <div className={styles.space} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const key = rows[index] ?? '';
            return (
              <GridRow
                key={index % slots}
                id={`${id}-${index}`}
                name={key}
                index={index}
                tracks={tracks}
                start={start}
                isActive={index === current}
                isSelected={onSelect ? selected.has(key) : undefined}
                onToggle={onToggle}
                onPress={onPress}
                renderRow={renderRow}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The row that the keys act on; the first one again, and on screen, when the scope changes. */
function useFromTop(scope: string | undefined, scroll: RefObject<HTMLDivElement | null>) {
  const [active, setActive] = useState(0);
  const [last, setLast] = useState(scope);
  if (last !== scope) {
    setLast(scope);
    setActive(0);
  }
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollTop = 0;
  }, [scope, scroll]);
  return [active, setActive] as const;
}

/**
 * How many rows are kept: as many as were ever on or near the screen at once. A row that leaves takes the place of one that comes,
 * which costs the browser far less than making it anew, and dozens come in every frame of a fast scroll.
 */
function useSlots(count: number): number {
  const [slots, setSlots] = useState(count);
  if (count > slots) setSlots(count);
  return Math.max(1, count, slots);
}

/** What rows do, in functions that stay the same, so that a row is not drawn anew for them. */
function useRowActions(
  { rows, selected = none, onSelect, onOpen }: VirtualGridProps,
  setActive: (index: number) => void,
) {
  const latest = useRef({ rows, selected, onSelect, onOpen });
  /** The row ticked last: where a range begins. */
  const anchor = useRef(0);
  useLayoutEffect(() => {
    latest.current = { rows, selected, onSelect, onOpen };
  });
  const onToggle = useCallback(
    (key: string, index: number, isRange: boolean) => {
      const now = latest.current;
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      const range = now.rows.slice(from, to + 1);
      anchor.current = index;
      setActive(index);
      now.onSelect?.(isRange ? withRange(now.selected, range, !now.selected.has(key)) : toggled(now.selected, key));
    },
    [setActive],
  );
  const onPress = useCallback(
    (key: string, index: number) => {
      setActive(index);
      latest.current.onOpen(key);
    },
    [setActive],
  );
  return { onToggle, onPress };
}

interface GridKeys extends VirtualGridProps {
  readonly current: number;
  readonly move: (to: number) => void;
  readonly page: () => number;
}

function onGridKey(event: KeyboardEvent, { rows, selected = none, onSelect, onOpen, ...keys }: GridKeys): void {
  const { current, move, page } = keys;
  if (event.target !== event.currentTarget) return;
  const key = rows[current];
  const moves: Readonly<Record<string, () => number>> = {
    ArrowDown: () => current + 1,
    ArrowUp: () => current - 1,
    Home: () => 0,
    End: () => rows.length - 1,
    PageDown: () => current + page(),
    PageUp: () => current - page(),
  };
  const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
  if (to) move(to());
  else if (event.key === 'Enter' && key !== undefined) onOpen(key);
  else if (event.key === ' ' && key !== undefined) onSelect?.(toggled(selected, key));
  else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect?.(new Set(rows));
  else if (event.key === 'Escape' && selected.size > 0) onSelect?.(new Set());
  else return;
  event.preventDefault();
}

function Head({ rows, columns, selected = none, onSelect, tracks }: VirtualGridProps & { readonly tracks: string }) {
  const t = useText();
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: tracks }}>
      {onSelect && (
        <span role="columnheader" className={styles.check}>
          <Checkbox
            aria-label={t('ui.selectAll')}
            excludeFromTabOrder
            isSelected={rows.length > 0 && selected.size === rows.length}
            isIndeterminate={selected.size > 0 && selected.size < rows.length}
            onChange={(all) => onSelect(new Set(all ? rows : []))}
          />
        </span>
      )}
      {columns.map(({ id, header, alignEnd }) => (
        <span key={id} role="columnheader" className={classes(alignEnd && styles.end)}>
          {header}
        </span>
      ))}
    </div>
  );
}

interface GridRowProps {
  readonly id: string;
  readonly name: string;
  readonly index: number;
  readonly tracks: string;
  readonly start: number;
  readonly isActive: boolean;
  /** Undefined where rows cannot be selected. */
  readonly isSelected: boolean | undefined;
  readonly onToggle: (name: string, index: number, isRange: boolean) => void;
  readonly onPress: (name: string, index: number) => void;
  readonly renderRow: (name: string) => ReactNode;
}

/** Drawn anew only when something about this row changes, not in every frame of a scroll. */
const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, name, index, tracks, start, isActive, isSelected, onToggle, onPress, renderRow } = props;
  const t = useText();
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes(styles.row, isActive && styles.active)}
      style={{ gridTemplateColumns: tracks, height: rowHeight, transform: `translateY(${start}px)` }}
      onClick={() => onPress(name, index)}
    >
      {isSelected !== undefined && (
        <span role="gridcell" className={styles.check} onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            className={styles.tick}
            aria-label={t('ui.selectRow', { name })}
            tabIndex={-1}
            checked={isSelected}
            onChange={({ nativeEvent }) =>
              onToggle(name, index, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
            }
          />
        </span>
      )}
      {renderRow(name)}
    </div>
  );
});

function withRange(selected: ReadonlySet<string>, range: readonly string[], isOn: boolean): ReadonlySet<string> {
  const next = new Set(selected);
  for (const key of range)
    if (isOn) next.add(key);
    else next.delete(key);
  return next;
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** One cell of a {@link VirtualGrid} row. */
export function GridCell({
  children,
  alignEnd = false,
}: {
  readonly children?: ReactNode;
  readonly alignEnd?: boolean;
}) {
  return (
    <span role="gridcell" className={classes(styles.cell, alignEnd && styles.end)}>
      {children}
    </span>
  );
}
