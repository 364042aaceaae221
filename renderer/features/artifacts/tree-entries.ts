import type { ReferrerNode } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport, Verdict } from '../../../shared/model/verification.ts';

/** How many signatures are anywhere below a node. */
export function signaturesInside(node: ReferrerNode): number {
  return node.children.reduce(
    (sum, child) => sum + Number(child.kind === 'notationSignature') + signaturesInside(child),
    0,
  );
}

export interface FoundNode {
  readonly node: ReferrerNode;
  /** What it is attached to, when that is not the artifact itself. */
  readonly parent: ReferrerNode | undefined;
}

/** The node with a digest, anywhere in the tree. */
export function findNode(nodes: readonly ReferrerNode[], digest: string, parent?: ReferrerNode): FoundNode | undefined {
  for (const node of nodes) {
    const found = node.descriptor.digest === digest ? { node, parent } : findNode(node.children, digest, node);
    if (found) return found;
  }
  return undefined;
}

/** What a report says of one signature; undefined when it is attached to something else. */
export function verdictOfNode(report: VerificationReport | undefined, digest: Digest): Verdict | undefined {
  if (report?.unreadable.some(({ manifestDigest }) => manifestDigest === digest)) return 'couldNotCheck';
  return report?.signatures.find(({ manifestDigest }) => manifestDigest === digest)?.verdict;
}
