import { isAppError } from '../../shared/errors/app-error.ts';
import type { Attachment, AttachmentFacts, AttachmentMark, AttachmentQuestion } from '../../shared/model/attachment.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { annotationKeys } from '../../shared/model/media-types.ts';
import { decodeEnvelope } from '../domain/envelope/decode-envelope.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import { cosignTagsOf } from '../domain/oci/cosign-tags.ts';
import {
  artifactKindOf,
  artifactKindOfListing,
  listedTypeOf,
  parseManifest,
  type ParsedManifest,
} from '../domain/oci/manifest.ts';
import type { Manifest, Repository } from '../domain/oci/repository.ts';
import { parseSignatureManifest } from '../domain/verify/signature-manifest.ts';
import { toProblem, toSignatureSummary } from './signature-details.ts';

/** A larger envelope is decoded only for whoever opens it. */
const maxEnvelopeBytes = 4 * 1024 * 1024;
const maxSubtypeLength = 200;
const maxTextLength = 100;
const atOnce = 8;
/** Where builders and cosign say which predicate an attestation holds. */
const predicateKeys = ['in-toto.io/predicate-type', 'predicateType', 'dev.sigstore.bundle.predicateType'];

type Page = Omit<OutputOf<'artifacts.listAttachments'>, 'readAt'>;
type Entry = ParsedInputOf<'artifacts.describeAttachments'>['entries'][number];

/**
 * One page of what is attached to a digest. With the first page cosign's own tags are looked for, too, where that is wanted.
 * @throws AppError `registry.*`, `layout.*` when the listing itself cannot be read
 */
export async function listAttachments(
  repository: Repository,
  { digest, cursor, cosignTags }: Pick<ParsedInputOf<'artifacts.listAttachments'>, 'digest' | 'cursor' | 'cosignTags'>,
  signal: AbortSignal,
): Promise<Page> {
  const [page, tagged] = await Promise.all([
    repository.listReferrersPage(digest, cursor, signal),
    cosignTags && cursor === undefined ? readCosignTags(repository, digest, signal) : [],
  ]);
  const listed = page.referrers.map(({ descriptor, via, listings }): Attachment => ({
    descriptor,
    kind: artifactKindOfListing(descriptor),
    via: [...via],
    listings,
  }));
  return {
    questions: [...page.questions, ...tagged.map(({ question }) => question)],
    attachments: [...listed, ...tagged.flatMap(({ attachment }) => attachment ?? [])],
    unreadable: page.unreadable,
    ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  };
}

interface CosignAnswer {
  readonly question: AttachmentQuestion;
  readonly attachment?: Attachment;
}

async function readCosignTags(repository: Repository, digest: Digest, signal: AbortSignal): Promise<CosignAnswer[]> {
  return await Promise.all(
    cosignTagsOf(digest).map(async (tag): Promise<CosignAnswer> => {
      const question = { asked: 'cosignTag', what: tag } as const;
      try {
        const { descriptor, bytes } = await repository.readManifest(tag, signal);
        const kind = artifactKindOf(parseManifest(bytes, descriptor.mediaType, tag));
        return {
          question: { ...question, status: 200, items: 1 },
          attachment: { descriptor, kind, via: ['cosignTag'], listings: 1 },
        };
      } catch (error) {
        signal.throwIfAborted();
        if (!isAppError(error)) throw error;
        return { question: { ...question, status: error.code === 'registry.notFound' ? 404 : 0, items: 0 } };
      }
    }),
  );
}

/** What the manifests of attachments say. One that cannot be read is told with the reason and stands in nobody's way (rule O-08). */
export async function describeAttachments(
  repository: Repository,
  { digest, entries }: Pick<ParsedInputOf<'artifacts.describeAttachments'>, 'digest' | 'entries'>,
  signal: AbortSignal,
): Promise<AttachmentFacts[]> {
  return await mapBounded(entries, atOnce, (entry) => describe(repository, digest, entry, signal));
}

async function describe(
  repository: Repository,
  subject: Digest,
  entry: Entry,
  signal: AbortSignal,
): Promise<AttachmentFacts> {
  const { descriptor } = entry;
  const { digest } = descriptor;
  let facts: AttachmentFacts = { digest, kind: artifactKindOfListing(descriptor), marks: [] };
  try {
    const manifest = await repository.readManifest(digest, signal, { mayBeKnown: true });
    const parsed = parseManifest(manifest.bytes, manifest.descriptor.mediaType, digest);
    facts = { ...facts, ...toFacts(parsed), marks: marksOf(subject, entry, manifest.descriptor, parsed) };
    if (facts.kind !== 'notationSignature') return facts;
    return { ...facts, ...(await readSignature(repository, manifest, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    const isMissing = isAppError(error, 'registry.notFound') && facts.marks.length === 0 && !facts.contentSize;
    return { ...facts, ...(isMissing && { marks: ['missing'] }), problem: toProblem(error) };
  }
}

async function readSignature(
  repository: Repository,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<Pick<AttachmentFacts, 'envelope' | 'signature' | 'problem'>> {
  const { envelope } = parseSignatureManifest(manifest);
  try {
    const bytes = await repository.readBlob(envelope, maxEnvelopeBytes, signal);
    const signature = toSignatureSummary(decodeEnvelope(envelope.mediaType, bytes));
    return { envelope: envelope.digest, ...(signature && { signature }) };
  } catch (error) {
    signal.throwIfAborted();
    return { envelope: envelope.digest, problem: toProblem(error) };
  }
}

function toFacts(parsed: ParsedManifest): Pick<AttachmentFacts, 'kind' | 'subtype' | 'contentSize' | 'created'> {
  const parts = [...(parsed.config ? [parsed.config] : []), ...parsed.layers];
  const created = parsed.annotations[annotationKeys.created];
  const subtype = subtypeOf(parsed);
  return {
    kind: artifactKindOf(parsed),
    contentSize: Math.min(
      parts.reduce((sum, { size }) => sum + size, 0),
      Number.MAX_SAFE_INTEGER,
    ),
    ...(subtype && { subtype }),
    ...(created && { created: created.slice(0, maxTextLength) }),
  };
}

function subtypeOf({ annotations, layers }: ParsedManifest): string | undefined {
  const [first] = layers;
  for (const key of predicateKeys) {
    const told = first?.annotations?.[key] ?? annotations[key];
    if (told) return told.slice(0, maxSubtypeLength);
  }
  return first?.mediaType.slice(0, maxSubtypeLength);
}

/** What stands in the manifest, held against where and how it was listed. */
function marksOf(
  subject: Digest,
  { descriptor, bySubject }: Entry,
  received: Descriptor,
  parsed: ParsedManifest,
): AttachmentMark[] {
  const marks: AttachmentMark[] = [];
  if (bySubject && !parsed.subject) marks.push('noSubject');
  if (bySubject && parsed.subject && parsed.subject.digest !== subject) marks.push('otherSubject');
  const told = descriptor.artifactType;
  const isOther = told === undefined ? parsed.artifactType !== undefined : told !== listedTypeOf(parsed);
  if (bySubject && isOther) marks.push('otherType');
  if (descriptor.size !== received.size || descriptor.mediaType !== received.mediaType) marks.push('otherSize');
  return marks;
}
