import type { Handlers, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { Artifact } from '../../shared/model/artifact.ts';
import { isTag } from '../domain/oci/parse-reference.ts';
import { artifactKindOf, parseManifest } from '../domain/oci/manifest.ts';
import { readPastedReference } from '../domain/oci/read-pasted-reference.ts';
import type { Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import type { Clock } from '../domain/ports.ts';
import { parseSignatureManifest } from '../domain/verify/signature-manifest.ts';
import { readAttachmentContent } from './attachment-content.ts';
import { describeAttachments, listAttachments } from './attachments.ts';
import { inspectSignatures } from './inspect-signatures.ts';
import { maxSignatureBytes, readReferrersTree } from './referrers-tree.ts';
import { toSignatureDetails } from './signature-details.ts';
import type { SourceBook } from './source-book.ts';

export interface ArtifactsServiceOptions {
  readonly finder: RepositoryFinder;
  readonly book: SourceBook;
  readonly clock: Clock;
}

/** The `artifacts` namespace: what is in a repository, and what is attached to it. Nothing here judges trust. */
export function createArtifactsService({ finder, book, clock }: ArtifactsServiceOptions): Handlers<'artifacts'> {
  const readAt = (): string => clock.now().toISOString();
  return {
    'artifacts.resolveReference': async ({ sourceId, repository, reference }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      return { descriptor: await target.resolve(reference, signal), readAt: readAt() };
    },
    'artifacts.readArtifact': async ({ sourceId, repository, reference }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      return { ...(await readArtifact(target, reference, signal)), readAt: readAt() };
    },
    'artifacts.listReferrers': async ({ sourceId, repository, digest, depth }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      return { ...(await readReferrersTree(target, digest, depth, signal)), readAt: readAt() };
    },
    'artifacts.listAttachments': async ({ sourceId, repository, ...input }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      return { ...(await listAttachments(target, input, signal)), readAt: readAt() };
    },
    'artifacts.describeAttachments': async ({ sourceId, repository, ...input }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      return { facts: await describeAttachments(target, input, signal) };
    },
    'artifacts.readContent': async ({ sourceId, repository, digest, subject }, { signal }) =>
      readAttachmentContent(await finder.open(sourceId, repository), digest, subject, signal),
    'artifacts.readSignature': async ({ sourceId, repository, digest }, { signal }) => {
      const target = await finder.open(sourceId, repository);
      const manifest = await target.readManifest(digest, signal);
      const parsed = parseSignatureManifest(manifest);
      const bytes = await target.readBlob(parsed.envelope, maxSignatureBytes, signal);
      return await toSignatureDetails(manifest, parsed, { mediaType: parsed.envelope.mediaType, bytes });
    },
    'artifacts.inspectSignatures': async (input, { signal }) =>
      inspectSignatures(await finder.open(input.sourceId, input.repository), input, signal),
    'artifacts.readReference': (input) => readReference(book, input),
  };
}

async function readArtifact(
  target: Repository,
  reference: string,
  signal: AbortSignal,
): Promise<Omit<Artifact, 'readAt'>> {
  const { descriptor, bytes } = await target.readManifest(reference, signal);
  const manifest = parseManifest(bytes, descriptor.mediaType, descriptor.digest);
  const parts = manifest.isIndex
    ? manifest.manifests
    : [...(manifest.config ? [manifest.config] : []), ...manifest.layers];
  return {
    reference: `${target.name}@${descriptor.digest}`,
    descriptor: { ...descriptor, ...(manifest.artifactType && { artifactType: manifest.artifactType }) },
    kind: artifactKindOf(manifest),
    ...(isTag(reference) && { tag: reference }),
    manifests: [...manifest.manifests],
    ...(manifest.config && { config: manifest.config }),
    layers: [...manifest.layers],
    ...(manifest.subject && { subject: manifest.subject }),
    annotations: { ...manifest.annotations },
    totalSize: Math.min(
      parts.reduce((sum, { size }) => sum + size, 0),
      Number.MAX_SAFE_INTEGER,
    ),
    raw: Buffer.from(bytes).toString('utf8'),
  };
}

async function readReference(
  book: SourceBook,
  { text }: ParsedInputOf<'artifacts.readReference'>,
): Promise<OutputOf<'artifacts.readReference'>> {
  const pasted = readPastedReference(text);
  switch (pasted.kind) {
    case 'digest':
      return { kind: 'digest', reference: pasted.digest };
    case 'unknown':
      return { kind: 'unknown', fault: pasted.fault };
    case 'layout': {
      const source = (await book.list()).find(({ kind, place }) => kind === 'layout' && place === pasted.path);
      return { kind: 'reference', repository: '', reference: pasted.reference, ...(source && { sourceId: source.id }) };
    }
    case 'registry': {
      const { registry, repository, reference } = pasted;
      const source = (await book.list()).find(({ kind, place }) => kind === 'registry' && place === registry);
      return {
        kind: 'reference',
        registry,
        repository,
        ...(reference && { reference }),
        ...(source && { sourceId: source.id }),
      };
    }
  }
}
