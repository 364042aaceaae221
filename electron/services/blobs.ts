import type { Handlers, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { VerificationReport } from '../../shared/model/verification.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { mediaTypeFault } from '../domain/blob/media-type.ts';
import { parseSignatureFileName } from '../domain/blob/signature-file-name.ts';
import { maxEnvelopeBytes } from '../domain/envelope/envelope-rules.ts';
import { toNotationCommand } from '../domain/notation-command.ts';
import { createVerificationPlugins } from '../domain/plugin/verification-plugins.ts';
import type { Directory } from '../domain/ports.ts';
import { computeDigest } from '../domain/oci/compute-digest.ts';
import { readPolicySnapshot } from '../domain/trust/policy-file.ts';
import { createTrustStoreReader } from '../domain/trust/trust-store.ts';
import type { EnvelopeBytes } from '../domain/verify/integrity.ts';
import { toFileArgument, verifyBlob } from '../domain/verify/verify-blob.ts';
import { createBlobSigning, type BlobSigningOptions } from './blob-signing.ts';
import { inspectSignatureFile } from './inspect-signatures.ts';
import { readSettingsFile } from './settings-file.ts';
import { saveSignatures, type SaveOptions } from './save-signatures.ts';
import { toProblem, toSignatureDetails } from './signature-details.ts';

export interface BlobsServiceOptions extends BlobSigningOptions, SaveOptions {
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
}
type SignatureFile = EnvelopeBytes & { readonly name: string };

/** A signature file whole: its name tells the format, nothing is guessed from its bytes. */
async function readSignature({ intake }: BlobsServiceOptions, id: string): Promise<SignatureFile> {
  const { name, size, spooled } = await intake.find(id);
  const format = parseSignatureFileName(name);
  if (size === 0) throw new AppError('blob.emptySignature', { name });
  if (size > maxEnvelopeBytes) throw new AppError('envelope.tooLarge', { size, limit: maxEnvelopeBytes });
  // A file that was only hashed has no bytes to read.
  if (spooled === undefined) throw new AppError('intake.notFound', {});
  return { name, mediaType: mediaTypes[format], bytes: await spooled.read(0, size) };
}

async function verifyFile(
  options: BlobsServiceOptions,
  input: ParsedInputOf<'blobs.verifyFile'>,
  signal: AbortSignal,
): Promise<VerificationReport> {
  const { configuration, clock, openRevocation, intake, inkan } = options;
  const { mediaType, policyName = '', userMetadata } = input;
  const fault = mediaType === undefined ? undefined : mediaTypeFault(mediaType);
  if (mediaType !== undefined && fault !== undefined) throw new AppError('blob.badMediaType', { mediaType, fault });
  const directory = configuration.current();
  const [blob, signature, policy, settings, revocation] = await Promise.all([
    intake.find(input.fileId),
    readSignature(options, input.signatureId),
    readPolicySnapshot(directory, 'blob'),
    readSettingsFile(inkan),
    openRevocation(input.recorded ? 'own' : 'common'),
  ]);
  const trust = createTrustStoreReader(directory);
  const plugins = createVerificationPlugins(options.plugins(), settings.verificationPlugins, input.pluginConfig);
  const request = { blob, signature, mediaType, policyName, userMetadata, policy };
  return verifyBlob({ ...request, trust, revocation, plugins, now: clock.now() }, signal);
}

async function inspectFile(options: BlobsServiceOptions, id: string): Promise<OutputOf<'blobs.inspectFile'>> {
  const signature = await readSignature(options, id);
  const { name, mediaType, bytes } = signature;
  const envelope = { mediaType, digest: computeDigest(bytes), size: bytes.length };
  // A file has no manifest; the envelope alone is told of.
  const manifest = { descriptor: envelope, bytes: new Uint8Array() };
  const argument = toFileArgument(name);
  return {
    name,
    signature: await toSignatureDetails(manifest, { envelope }, signature),
    command: toNotationCommand(['blob', 'inspect', argument]),
    inspection: inspectOrTell(argument, mediaType, bytes),
  };
}

/** What the CLI prints of it, or why it prints nothing. */
function inspectOrTell(
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): OutputOf<'blobs.inspectFile'>['inspection'] {
  try {
    return inspectSignatureFile(name, mediaType, bytes);
  } catch (error) {
    return { error: toProblem(error) };
  }
}

/** Signing, verifying and inspecting files that the page handed over. */
export function createBlobsService(options: BlobsServiceOptions): Handlers<'blobs'> {
  const { activity, intake } = options;
  const signing = createBlobSigning(options);
  return {
    'blobs.planSign': (input, { signal }) => signing.plan(input, signal),
    'blobs.signFile': (input, { signal }) => signing.sign(input, signal),
    'blobs.saveSignatures': ({ files }) => saveSignatures(options, files),
    'blobs.verifyFile': async (input, { signal }) => {
      const verifyIt = () => verifyFile(options, input, signal);
      if (!input.recorded) return verifyIt();
      const { name } = await intake.find(input.fileId);
      const toNote = ({ verdict, cli }: VerificationReport) => ({ note: verdict, command: cli.command });
      return activity.record('blobs.verifyFile', name, signal, verifyIt, toNote);
    },
    'blobs.inspectFile': ({ signatureId }) => inspectFile(options, signatureId),
  };
}
