import type { AttachmentContent } from '../../shared/model/content.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { decodeContent, maxContentBytes } from '../domain/content/decode-content.ts';
import { parseManifest } from '../domain/oci/manifest.ts';
import type { Repository } from '../domain/oci/repository.ts';
import { yieldToEvents } from '../domain/yield-to-events.ts';
import { toProblem } from './signature-details.ts';

const maxParts = 16;

/**
 * What an attachment holds, decoded part by part; a part that cannot be read is told with the reason.
 * @throws AppError `registry.*`, `layout.*` when the manifest cannot be read
 */
export async function readAttachmentContent(
  repository: Repository,
  digest: Digest,
  subject: Digest | undefined,
  signal: AbortSignal,
): Promise<AttachmentContent> {
  const { bytes, descriptor } = await repository.readManifest(digest, signal, { mayBeKnown: true });
  const { layers, annotations } = parseManifest(bytes, descriptor.mediaType, digest);
  const parts: AttachmentContent['parts'] = [];
  // One after the other, so that no more than one is in memory.
  for (const layer of layers.slice(0, maxParts)) {
    parts.push(await readPart(repository, layer, subject, signal));
    await yieldToEvents();
  }
  return {
    manifest: Buffer.from(bytes).toString('utf8'),
    annotations: { ...annotations },
    parts,
    skipped: Math.max(0, layers.length - maxParts),
  };
}

async function readPart(
  repository: Repository,
  layer: Descriptor,
  subject: Digest | undefined,
  signal: AbortSignal,
): Promise<AttachmentContent['parts'][number]> {
  try {
    const bytes = await repository.readBlob(layer, maxContentBytes, signal);
    return { descriptor: layer, documents: decodeContent(bytes, { subject, annotations: layer.annotations }) };
  } catch (error) {
    signal.throwIfAborted();
    return { descriptor: layer, documents: [], problem: toProblem(error) };
  }
}
