import { Maximize, Minus, Plus } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { AttachmentsViewProps } from './attachments-panel.tsx';
import type { TreeRow } from './attachments-tree.ts';
import styles from './graph.module.css';
import { boxSize, layOutGraph, type GraphBox, type GraphLayout } from './graph-layout.ts';
import { GraphLinks } from './graph-links.tsx';
import { GraphNode } from './graph-node.tsx';
import { isInSight, useCamera, type Camera } from './use-camera.ts';

/** Below this, words cannot be read, and boxes are drawn without them. */
const smallestReadable = 0.45;
/** Graphs of more boxes draw those in sight only. */
const alwaysDrawn = 60;

/** The rows as boxes from left to right; what inherits from its index hangs on a dashed line. */
export function GraphView({ tree, verdicts, shown, onSelect, onOpen }: AttachmentsViewProps) {
  const t = useText();
  const nowMs = useNow(60_000);
  const layout = useMemo(() => layOutGraph(tree.root), [tree]);
  const { frame, camera, zoomBy, fit, reveal, onPointerDown } = useCamera(layout);
  const rows = useMemo(() => [tree.root, ...tree.rows], [tree]);
  const surface = useRef<HTMLDivElement>(null);
  const { current, setFocused, onKeyDown } = useGraphKeys(
    { tree, shown, onSelect, onOpen },
    { layout, surface, zoomBy, fit, reveal },
  );
  const isSmall = camera.scale < smallestReadable;
  const drawn = rows.filter(
    ({ key }) => rows.length <= alwaysDrawn || key === current || isDrawn(layout.boxes.get(key), camera),
  );
  return (
    <div className={styles.graph}>
      <ZoomTools zoomBy={zoomBy} fit={fit} />
      <div ref={frame} className={styles.frame} onPointerDown={onPointerDown}>
        <div
          ref={surface}
          role="tree"
          aria-label={t('artifacts.attached')}
          className={styles.surface}
          style={{
            width: layout.width,
            height: layout.height,
            transform: `translate(${camera.x}px, ${camera.y}px) scale(${camera.scale})`,
          }}
          onKeyDown={onKeyDown}
        >
          <GraphLinks rows={tree.rows} layout={layout} verdicts={verdicts} />
          {drawn.map((row) => (
            <GraphNode
              key={row.key}
              {...{ row, tree, nowMs, isSmall, onSelect, onOpen }}
              box={layout.boxes.get(row.key) ?? { x: 0, y: 0 }}
              verdict={verdicts.of(row)}
              isSelected={row.key === shown}
              isCurrent={row.key === current}
              onFocus={setFocused}
            />
          ))}
        </div>
      </div>
      <p className={styles.hint}>{t('attachments.graphHint')}</p>
    </div>
  );
}

interface Stage {
  readonly layout: GraphLayout;
  readonly surface: RefObject<HTMLDivElement | null>;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  readonly reveal: (box: GraphBox) => void;
}

/** The one box that Tab leads to, and the keys that lead from it to others. */
function useGraphKeys(
  { tree, shown, onSelect, onOpen }: Omit<AttachmentsViewProps, 'verdicts'>,
  { layout, surface, zoomBy, fit, reveal }: Stage,
) {
  const [focused, setFocused] = useState<string>();
  const current = (tree.byKey.get(focused ?? '') ?? tree.byKey.get(shown ?? '') ?? tree.root).key;
  const moveTo = (row: TreeRow | undefined) => {
    const box = row && layout.boxes.get(row.key);
    if (!box) return;
    setFocused(row.key);
    reveal(box);
    const find = () => surface.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`);
    requestAnimationFrame(() => find()?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = tree.byKey.get(current);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const zooms: Readonly<Record<string, () => void>> = { '+': () => zoomBy(1.25), '-': () => zoomBy(0.8), '0': fit };
    const target = neighbours(tree, row)[event.key];
    if (Object.hasOwn(zooms, event.key)) zooms[event.key]?.();
    else if (target) moveTo(target());
    else if (event.key === 'Enter' && row.edge === 'manifest') onOpen(row.digest);
    else if (event.key === ' ' || event.key === 'Enter') onSelect(row.key);
    else return;
    event.preventDefault();
  };
  return { current, setFocused, onKeyDown };
}

function ZoomTools({ zoomBy, fit }: Pick<Stage, 'zoomBy' | 'fit'>) {
  const t = useText();
  return (
    <div className={styles.tools}>
      <IconButton size="small" label={t('attachments.zoomOut')} onPress={() => zoomBy(0.8)}>
        <Minus aria-hidden />
      </IconButton>
      <IconButton size="small" label={t('attachments.zoomIn')} onPress={() => zoomBy(1.25)}>
        <Plus aria-hidden />
      </IconButton>
      <IconButton size="small" label={t('attachments.zoomFit')} onPress={fit}>
        <Maximize aria-hidden />
      </IconButton>
    </div>
  );
}

function isDrawn(box: { readonly x: number; readonly y: number } | undefined, camera: Camera): boolean {
  return box !== undefined && isInSight({ ...box, ...boxSize }, camera);
}

/** Where the arrow keys lead: to the parent, to the first child, and to the rows beside. */
function neighbours(
  { root, rows, byKey }: AttachmentsViewProps['tree'],
  row: TreeRow,
): Readonly<Record<string, (() => TreeRow | undefined) | undefined>> {
  const level = [root, ...rows].filter(({ depth }) => depth === row.depth);
  const at = level.findIndex(({ key }) => key === row.key);
  return {
    ArrowLeft: () => byKey.get(row.parentKey ?? ''),
    ArrowRight: () => row.children[0],
    ArrowUp: () => level[at - 1],
    ArrowDown: () => level[at + 1],
    Home: () => root,
    End: () => rows.at(-1),
  };
}
