import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { decodeEnvelope } from '../domain/envelope/decode-envelope.ts';
import type { DecodedEnvelope } from '../domain/envelope/envelope.ts';
import { maxEnvelopeBytes } from '../domain/envelope/envelope-rules.ts';
import { toInspectFileJson, toInspectJson } from '../domain/inspect/inspect-json.ts';
import { toInspectFileTree, toInspectTree } from '../domain/inspect/inspect-tree.ts';
import { inspectSignature, type InspectedSignature } from '../domain/inspect/inspected-signature.ts';
import { toCommandOn } from '../domain/notation-command.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import type { Repository } from '../domain/oci/repository.ts';
import { parseSignatureManifest } from '../domain/verify/signature-manifest.ts';
import { checkCodeSigningChain } from '../domain/x509/chain-check.ts';
import { signatureAlgorithmOf } from '../domain/x509/key-algorithm.ts';
import { toProblem } from './signature-details.ts';

type Input = ParsedInputOf<'artifacts.inspectSignatures'>;
type Output = OutputOf<'artifacts.inspectSignatures'>;

/** All envelopes of one report; more are told as skipped. */
const maxTotalBytes = 64 * 1024 * 1024;

/** What the reference finds before it shows an envelope: the chain's rules and the key's algorithm, not the signature value. */
function assertShowable({ chain, algorithm }: DecodedEnvelope): void {
  const { fault } = checkCodeSigningChain(chain);
  if (fault) throw new AppError('certificate.ruleBroken', { ...fault });
  const ofKey = chain[0] && signatureAlgorithmOf(chain[0].publicKey);
  if (ofKey !== algorithm) {
    const mismatch = `algorithm mismatch: the key signs with ${ofKey ?? 'none'}, the header names ${algorithm}`;
    throw new AppError('envelope.malformed', { fault: mismatch, field: 'alg' });
  }
}

/** The signatures that the CLI would list, in its order: where the referrers API answers, the tag is not asked. */
async function listForCli(
  repository: Repository,
  { digest, maxSignatures }: Input,
  signal: AbortSignal,
): Promise<readonly Digest[]> {
  const options = { artifactType: mediaTypes.notarySignature, limit: maxSignatures + 1 };
  const { questions, referrers } = await repository.listReferrers(digest, options, signal);
  const hasApi = questions.some(({ asked, status }) => asked === 'api' && status === 200);
  return referrers.filter(({ via }) => !hasApi || via.includes('api')).map(({ descriptor }) => descriptor.digest);
}

/** What `notation inspect` prints of an artifact's signatures, or of one of them; those it would skip are told with the reason. */
export async function inspectSignatures(repository: Repository, input: Input, signal: AbortSignal): Promise<Output> {
  const { digest, output, maxSignatures, signature } = input;
  const { mediaType } = await repository.resolve(digest, signal);
  const listed = signature === undefined ? await listForCli(repository, input, signal) : [signature];
  const shown: InspectedSignature[] = [];
  const skipped: Output['skipped'] = [];
  let bytesLeft = maxTotalBytes;
  for (const manifestDigest of listed.slice(0, maxSignatures)) {
    try {
      const { envelope } = parseSignatureManifest(await repository.readManifest(manifestDigest, signal));
      const bytes = await repository.readBlob(envelope, Math.min(bytesLeft, maxEnvelopeBytes), signal);
      bytesLeft -= bytes.length;
      const decoded = decodeEnvelope(envelope.mediaType, bytes);
      assertShowable(decoded);
      shown.push(inspectSignature(manifestDigest, envelope.mediaType, decoded));
    } catch (error) {
      signal.throwIfAborted();
      skipped.push({ manifestDigest, error: toProblem(error) });
    }
  }
  const reference = `${repository.name}@${digest}`;
  // The CLI inspects in registries only, and always all of them.
  const hasCommand = repository.kind === 'registry' && signature === undefined;
  const limit = maxSignatures === 100 ? [] : ['--max-signatures', String(maxSignatures)];
  const args = [...(output === 'json' ? ['-o', 'json'] : []), ...limit, reference];
  return {
    text: output === 'json' ? toInspectJson(mediaType, shown) : toInspectTree(reference, shown),
    skipped,
    exceeded: listed.length > maxSignatures,
    ...(hasCommand && { command: toCommandOn(repository, 'inspect', args) }),
  };
}

/** What `notation blob inspect` prints of a signature file. @throws AppError `envelope.*`, `certificate.*` where it prints nothing */
export function inspectSignatureFile(
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): { readonly json: string; readonly tree: string } {
  const decoded = decodeEnvelope(mediaType, bytes);
  assertShowable(decoded);
  const signature = inspectSignature(computeDigest(bytes), mediaType, decoded);
  return { json: toInspectFileJson(signature), tree: toInspectFileTree(name, signature) };
}
