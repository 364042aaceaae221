import { DerError, DerReader } from '../domain/x509/der-reader.ts';
import { der } from '../domain/x509/der-writer.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { SeededRandom } from './seeded-random.ts';

/** An element with what is in it, or with its bytes where it holds no others. `wrapped`: its elements stand in an OCTET STRING or after the unused bits of a BIT STRING. */
interface Node {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly children: readonly Node[];
  readonly prefix: Uint8Array;
}

const maxDepth = 24;
const constructed = 0x20;
const tags = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x82, 0x86, 0xa0, 0xa1,
  0xa3,
];
const contents: readonly (readonly number[])[] = [
  [],
  [0],
  [0xff],
  [0x80],
  [1],
  [0, 0],
  [0, 0x80],
  [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x2a, 0x80],
  [0x80, 0x01],
];

/** The elements of bytes that are nothing but elements; none for all else. */
function readNodes(bytes: Uint8Array, depth: number): readonly Node[] {
  const reader = new DerReader(bytes);
  const nodes: Node[] = [];
  try {
    while (!reader.isAtEnd) nodes.push(toNode(reader.readAny(), depth));
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
  return nodes;
}

function toNode({ tag, content }: { tag: number; content: Uint8Array }, depth: number): Node {
  const none = { tag, content, children: [], prefix: new Uint8Array() };
  if (depth > maxDepth) return none;
  if ((tag & constructed) !== 0 || tag === 0x04) return { ...none, children: readNodes(content, depth + 1) };
  if (tag === 0x03 && content[0] === 0)
    return { ...none, prefix: content.subarray(0, 1), children: readNodes(content.subarray(1), depth + 1) };
  return none;
}

function write({ tag, content, children, prefix }: Node): Uint8Array {
  return der(tag, ...(children.length > 0 ? [prefix, ...children.map(write)] : [content]));
}

function count({ children }: Node): number {
  return children.reduce((sum, child) => sum + count(child), 1);
}

function change(random: SeededRandom, node: Node): readonly Node[] {
  const flat = {
    ...node,
    children: [],
    content: node.children.length > 0 ? Buffer.concat([node.prefix, ...node.children.map(write)]) : node.content,
  };
  return random.pick<readonly Node[]>([
    [],
    [node, node],
    [{ ...node, tag: random.pick(tags) }],
    [{ ...node, tag: node.tag ^ (1 << random.below(8)) }],
    [{ ...flat, content: Uint8Array.from(random.pick(contents)) }],
    [{ ...flat, content: random.bytes(random.below(20)) }],
    [{ ...flat, content: mutateBytes(random, flat.content, flat.content) }],
    [{ ...flat, content: mutateBytes(random, flat.content, flat.content) }],
    [{ ...node, children: [...node.children].reverse() }],
    [
      {
        ...node,
        children: [
          ...node.children,
          { tag: random.pick(tags), content: random.bytes(random.below(4)), children: [], prefix: new Uint8Array() },
        ],
      },
    ],
    [{ ...flat, tag: 0x30, children: [node] }],
  ]);
}

/** Changes the node that is so many nodes away, first to last. */
function changeAt(random: SeededRandom, nodes: readonly Node[], at: number): readonly Node[] {
  let left = at;
  return nodes.flatMap((node) => {
    const size = count(node);
    const isHere = left >= 0 && left < size;
    const inside = left - 1;
    left -= size;
    if (!isHere) return [node];
    if (inside < 0) return change(random, node);
    return [{ ...node, children: changeAt(random, node.children, inside) }];
  });
}

/** DER with one or two of its elements changed, and every length around them right. */
export function mutateDer(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  let nodes = readNodes(bytes, 0);
  for (let left = 1 + random.below(2); left > 0 && nodes.length > 0; left -= 1)
    nodes = changeAt(random, nodes, random.below(nodes.reduce((sum, node) => sum + count(node), 0)));
  return Uint8Array.from(Buffer.concat(nodes.map(write)));
}

/** DER changed by its structure, or now and then blindly; `other` is of the same kind, to splice with. */
export function mutateDerOrBytes(random: SeededRandom, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  return random.chance(0.7) ? mutateDer(random, bytes) : mutateBytes(random, bytes, other);
}
