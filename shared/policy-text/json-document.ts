import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** Strict JSON: what Go's decoder would refuse is a fault here too. */
const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** A JSON text and its syntax tree; `root` is missing when the text is not JSON. */
export interface JsonDocument {
  readonly text: string;
  readonly root: Node | undefined;
}

export function parseDocument(text: string): JsonDocument {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, strict);
  return { text, root: errors.length === 0 ? root : undefined };
}

/**
 * The member that Go's decoder would read: names match without regard to case, and the last one wins.
 * Gives the whole property node.
 */
export function findMember(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  const wanted = name.toLowerCase();
  return object.children?.findLast((property) => {
    const key: unknown = property.children?.[0]?.value;
    return typeof key === 'string' && key.toLowerCase() === wanted;
  });
}

/** The value of a member; see {@link findMember}. */
export function valueOf(object: Node | undefined, name: string): Node | undefined {
  return findMember(object, name)?.children?.[1];
}

/** The items of an array member; empty when it is missing or no array. */
export function itemsOf(array: Node | undefined): readonly Node[] {
  return array?.type === 'array' ? (array.children ?? []) : [];
}
