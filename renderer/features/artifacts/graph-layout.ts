/** What is laid out: a row and what stands below it. */
export interface LayoutRow {
  readonly key: string;
  readonly children: readonly LayoutRow[];
}

export interface GraphBox {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly boxes: ReadonlyMap<string, GraphBox>;
  readonly width: number;
  readonly height: number;
}

/** Pixels of one box and the room around it, before zooming. */
export const boxSize = { width: 264, height: 52 } as const;
const between = { columns: 56, blockColumns: 16, rows: 12 } as const;
/** Leaves in a row beyond this many stand in a block of several columns, so that a long list does not become a long line. */
const longestColumn = 10;
const stepX = boxSize.width + between.columns;
const stepY = boxSize.height + between.rows;

/**
 * Lays a tree out from left to right: each row in the middle before its children, nothing over another, in the order of the rows.
 * Every subtree has a band of its own, so the time is linear.
 */
export function layOutGraph(root: LayoutRow): GraphLayout {
  const boxes = new Map<string, GraphBox>();
  let width = 0;
  const put = (row: LayoutRow, x: number, y: number) => {
    boxes.set(row.key, { x, y });
    width = Math.max(width, x + boxSize.width);
  };
  /** Places a subtree from `top` on and gives the height it takes. */
  const place = (row: LayoutRow, depth: number, top: number): number => {
    const x = depth * stepX;
    let height = 0;
    for (let at = 0; at < row.children.length;) {
      const leaves = countLeaves(row.children, at);
      if (leaves > longestColumn) {
        height += placeBlock(row.children.slice(at, at + leaves), x + stepX, top + height);
        at += leaves;
      } else {
        const child = row.children[at];
        if (child) height += place(child, depth + 1, top + height);
        at += 1;
      }
    }
    const taken = Math.max(height, stepY);
    put(row, x, top + (taken - stepY) / 2);
    return taken;
  };
  const placeBlock = (leaves: readonly LayoutRow[], x: number, top: number): number => {
    const columns = Math.ceil(Math.sqrt(leaves.length / longestColumn));
    leaves.forEach((leaf, index) => {
      const column = index % columns;
      put(leaf, x + column * (boxSize.width + between.blockColumns), top + Math.floor(index / columns) * stepY);
    });
    return Math.ceil(leaves.length / columns) * stepY;
  };
  const height = place(root, 0, 0) - between.rows;
  return { boxes, width, height };
}

function countLeaves(rows: readonly LayoutRow[], from: number): number {
  let to = from;
  while (rows[to]?.children.length === 0) to += 1;
  return to - from;
}
