import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { toUtf8 } from '../domain/codec/utf8.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import type { PushedManifest, Repository } from '../domain/oci/repository.ts';
import type { SignedTarget } from '../domain/sign/sign-target.ts';
import { toSignatureManifest } from '../domain/sign/signature-manifest.ts';

/** Enough to find a signature that was just pushed among those that were there. */
const maxReferrers = 10_000;

/** For what is done once a signature is on its way. */
export const uncancelled: AbortSignal = new AbortController().signal;

type SignatureManifest = Parameters<Repository['pushReferrer']>[0];

/** How the artifact's referrers tell of a signature, when they do. */
async function findPushed(
  repository: Repository,
  manifest: SignatureManifest,
  signal: AbortSignal,
): Promise<PushedManifest | undefined> {
  const { bytes, mediaType, artifactType, annotations, subject } = manifest;
  const digest = computeDigest(bytes);
  const options = { artifactType: mediaTypes.notarySignature, limit: maxReferrers };
  const { referrers } = await repository.listReferrers(subject.digest, options, signal);
  const found = referrers.find(({ descriptor }) => descriptor.digest === digest);
  if (found === undefined) return undefined;
  const indexedBy = repository.kind === 'layout' ? 'layout' : found.via.includes('api') ? 'registry' : 'tagIndex';
  return { descriptor: { mediaType, artifactType, annotations, digest, size: bytes.length }, indexedBy, warnings: [] };
}

/**
 * Pushes envelope, empty config and manifest. When the connection is lost on the way, what the artifact's referrers say counts
 * (case R-18): done is told as done, and anything else as not pushed. The manifest is the point of no return: from there on a wish
 * to cancel comes too late, so that nobody is told of nothing while a signature is there.
 * @throws AppError `sign.notPushed`, `registry.*`, `layout.*`
 */
export async function pushSignature(
  repository: Repository,
  subject: Descriptor,
  signed: SignedTarget,
  signal: AbortSignal,
): Promise<PushedManifest> {
  const [{ mediaType, digest, size }] = await Promise.all([
    // No signature was made twice: it has a random part.
    repository.pushBlob(signed.mediaType, signed.envelope, signal, { expected: 'absent' }),
    repository.pushBlob(mediaTypes.ociEmpty, toUtf8('{}'), signal, { expected: 'kept' }),
  ]);
  const manifest = toSignatureManifest(
    subject,
    { mediaType, digest, size },
    signed.chain,
    signed.signingTime,
    repository.kind,
    signed.annotations,
  );
  signal.throwIfAborted();
  try {
    const pushed = await repository.pushReferrer(manifest, uncancelled);
    if (pushed.descriptor.digest === computeDigest(manifest.bytes)) return pushed;
    throw new AppError('sign.notPushed', { fault: `the registry stored ${pushed.descriptor.digest}` });
  } catch (error) {
    if (!isAppError(error) || !error.retryable || isAppError(error, 'sign.notPushed')) throw error;
    const found = await findPushed(repository, manifest, uncancelled).catch(() => undefined);
    if (found !== undefined) return found;
    throw new AppError('sign.notPushed', { fault: error.code, error: toWireError(error) }, { cause: error });
  }
}
