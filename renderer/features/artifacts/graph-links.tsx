import { memo } from 'react';
import { classes } from '../../ui/classes.ts';
import type { TreeRow } from './attachments-tree.ts';
import styles from './graph.module.css';
import { boxSize, type GraphLayout } from './graph-layout.ts';
import type { RowVerdicts } from './use-row-verdicts.ts';

interface GraphLinksProps {
  readonly rows: readonly TreeRow[];
  readonly layout: GraphLayout;
  readonly verdicts: RowVerdicts;
}

/** A line from each row to what it stands below: dashed where only a signature of the index covers it. */
export const GraphLinks = memo(function GraphLinks({ rows, layout, verdicts }: GraphLinksProps) {
  return (
    <svg className={styles.links} aria-hidden width={layout.width} height={layout.height}>
      {rows.map((row) => {
        const to = layout.boxes.get(row.key);
        const from = to?.beside ?? layout.boxes.get(row.parentKey ?? '');
        if (!from || !to) return null;
        const [x1, y1] = [from.x + boxSize.width, from.y + boxSize.height / 2];
        const [x2, y2] = [to.x, to.y + boxSize.height / 2];
        const bend = x1 + 32;
        return (
          <path
            key={row.key}
            className={classes(verdicts.of(row).kind === 'byIndex' && styles.inherited)}
            d={`M${x1} ${y1}C${bend} ${y1} ${Math.min(bend, x2 - 32)} ${y2} ${x2} ${y2}`}
          />
        );
      })}
    </svg>
  );
});
