import type { ReferrerNode, ReferrersReport } from '../../shared/model/artifact.ts';
import { hasApi, isVisibleToCli } from '../../shared/model/attachment.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { decodeEnvelope } from '../domain/envelope/decode-envelope.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import { artifactKindOf, artifactKindOfListing, parseManifest } from '../domain/oci/manifest.ts';
import type { Referrer, ReferrersAnswer, Repository } from '../domain/oci/repository.ts';
import { parseSignatureManifest } from '../domain/verify/signature-manifest.ts';
import { toProblem, toSignatureSummary } from './signature-details.ts';

/** Largest envelope, as in the reference. */
export const maxSignatureBytes = 32 * 1024 * 1024;

const maxPerNode = 1000;
const maxNodes = 2000;
const maxEnvelopeTotal = 64 * 1024 * 1024;
const atOnce = 8;

/** What may still be spent on one tree: a registry decides how much it offers, not how much is read. */
interface Budget {
  nodes: number;
  envelopeBytes: number;
  truncated: boolean;
}

interface Walk {
  readonly repository: Repository;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

type NodeFacts = Pick<ReferrerNode, 'kind' | 'signature' | 'problem'>;

/** Reads what a referrer is. One that cannot be read is shown with the reason and stands in nobody's way (rule O-08). */
async function readFacts({ repository, budget, signal }: Walk, { descriptor }: Referrer): Promise<NodeFacts> {
  let kind = artifactKindOfListing(descriptor);
  try {
    const manifest = await repository.readManifest(descriptor.digest, signal);
    kind = artifactKindOf(parseManifest(manifest.bytes, manifest.descriptor.mediaType, descriptor.digest));
    if (kind !== 'notationSignature') return { kind };
    const { envelope } = parseSignatureManifest(manifest);
    if (envelope.size > budget.envelopeBytes) {
      budget.truncated = true;
      return { kind };
    }
    budget.envelopeBytes -= envelope.size;
    const bytes = await repository.readBlob(envelope, maxSignatureBytes, signal);
    const signature = toSignatureSummary(decodeEnvelope(envelope.mediaType, bytes));
    return { kind, ...(signature && { signature }) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind, problem: toProblem(error) };
  }
}

async function readNode(
  walk: Walk,
  referrer: Referrer,
  answer: ReferrersAnswer,
  depth: number,
  above: ReadonlySet<Digest>,
): Promise<ReferrerNode> {
  const { descriptor, via } = referrer;
  const [facts, children] = await Promise.all([
    readFacts(walk, referrer),
    depth > 1 ? readChildren(walk, descriptor.digest, depth - 1, above) : [],
  ]);
  return {
    descriptor,
    via: [...via],
    visibleToCli: isVisibleToCli(referrer, hasApi(answer.questions)),
    ...facts,
    children,
  };
}

async function readChildren(
  walk: Walk,
  digest: Digest,
  depth: number,
  above: ReadonlySet<Digest>,
): Promise<ReferrerNode[]> {
  if (above.has(digest)) return [];
  try {
    const answer = await walk.repository.listReferrers(digest, { limit: maxPerNode }, walk.signal);
    return await readNodes(walk, answer, depth, new Set([...above, digest]));
  } catch (error) {
    walk.signal.throwIfAborted();
    toProblem(error);
    walk.budget.truncated = true;
    return [];
  }
}

async function readNodes(
  walk: Walk,
  answer: ReferrersAnswer,
  depth: number,
  above: ReadonlySet<Digest>,
): Promise<ReferrerNode[]> {
  const { budget } = walk;
  const taken = answer.referrers.slice(0, Math.max(0, budget.nodes));
  budget.nodes -= taken.length;
  budget.truncated ||= answer.truncated || taken.length < answer.referrers.length;
  return await mapBounded(taken, atOnce, (referrer) => readNode(walk, referrer, answer, depth, above));
}

/** The tree of everything attached to a digest, and what was asked to find its first level. @throws AppError `registry.*`, `layout.*` for the first level only */
export async function readReferrersTree(
  repository: Repository,
  digest: Digest,
  depth: number,
  signal: AbortSignal,
): Promise<Omit<ReferrersReport, 'readAt'>> {
  const budget: Budget = { nodes: maxNodes, envelopeBytes: maxEnvelopeTotal, truncated: false };
  const answer = await repository.listReferrers(digest, { limit: maxPerNode }, signal);
  const nodes = await readNodes({ repository, budget, signal }, answer, depth, new Set([digest]));
  return { questions: [...answer.questions], nodes, truncated: budget.truncated };
}
