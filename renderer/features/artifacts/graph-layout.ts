/** What is laid out: a row and what stands below it. */
export interface LayoutRow {
  readonly key: string;
  readonly children: readonly LayoutRow[];
}

export interface GraphBox {
  readonly x: number;
  readonly y: number;
  /** In a block of several columns: the box beside it that its line comes from, so that no line runs below another box. */
  readonly beside?: GraphBox;
}

export interface GraphLayout {
  /** Where the whole begins. */
  readonly root: GraphBox;
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
  const put = (row: LayoutRow, box: GraphBox) => {
    boxes.set(row.key, box);
    width = Math.max(width, box.x + boxSize.width);
    return box;
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
    put(row, { x, y: top + (taken - stepY) / 2 });
    return taken;
  };
  const placeBlock = (leaves: readonly LayoutRow[], x: number, top: number): number => {
    // About as wide as it is high.
    const columns = Math.ceil(Math.sqrt((leaves.length * stepY) / (boxSize.width + between.blockColumns)));
    let beside: GraphBox | undefined;
    leaves.forEach((leaf, index) => {
      const column = index % columns;
      const y = top + Math.floor(index / columns) * stepY;
      const box = { x: x + column * (boxSize.width + between.blockColumns), y };
      beside = put(leaf, column > 0 && beside ? { ...box, beside } : box);
    });
    return Math.ceil(leaves.length / columns) * stepY;
  };
  const height = place(root, 0, 0) - between.rows;
  return { root: boxes.get(root.key) ?? { x: 0, y: 0 }, boxes, width, height };
}

function countLeaves(rows: readonly LayoutRow[], from: number): number {
  let to = from;
  while (rows[to]?.children.length === 0) to += 1;
  return to - from;
}
