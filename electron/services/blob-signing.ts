import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import { chooseFormat, readDefaultFormat } from '../domain/configuration/signature-format.ts';
import { describeBlob } from '../domain/blob/blob-content.ts';
import { mediaTypeFault } from '../domain/blob/media-type.ts';
import { toSignatureFileName } from '../domain/blob/signature-file-name.ts';
import { toBase64 } from '../domain/codec/base64.ts';
import { toMetadataArguments, toNotationCommand } from '../domain/notation-command.ts';
import type { Directory } from '../domain/ports.ts';
import { signTarget } from '../domain/sign/sign-target.ts';
import { toFileArgument } from '../domain/verify/verify-blob.ts';
import type { ActivityService } from './activity.ts';
import type { Intake } from './intake.ts';
import { chooseKey, openSigner, toKeyArgs, type SignerSources } from './load-signer.ts';
import { planKey } from './plan-key.ts';
import { findBeforeSigning } from './plan-sign.ts';
import { openAuthority, toStamp, toTimestampArguments, type TimestampSources } from './timestamping.ts';

export interface BlobSigningOptions extends SignerSources, TimestampSources {
  readonly intake: Intake;
  /** Of Inkan; part of the signing agent. */
  readonly version: string;
  readonly activity: ActivityService;
}

type SignInput = ParsedInputOf<'blobs.signFile'>;
type Signed = OutputOf<'blobs.signFile'>;

const defaultMediaType = 'application/octet-stream';

/** @throws AppError `blob.badMediaType` */
function assertMediaType(mediaType: string): void {
  const fault = mediaTypeFault(mediaType);
  if (fault !== undefined) throw new AppError('blob.badMediaType', { mediaType, fault });
}

interface CommandParts {
  readonly name: string;
  readonly keyArgs: readonly string[];
  readonly format: SignatureFormat;
  readonly directory: Directory;
}

function toCommand({ name, keyArgs, format, directory }: CommandParts, input: SignInput): string {
  const { mediaType, expirySeconds, userMetadata, timestamp } = input;
  const args = [
    ...keyArgs,
    ...(format === 'jws' ? [] : ['--signature-format', format]),
    ...(mediaType === defaultMediaType ? [] : ['--media-type', mediaType]),
    ...(expirySeconds === undefined ? [] : ['--expiry', `${expirySeconds}s`]),
    ...(timestamp ? toTimestampArguments(directory, timestamp) : []),
    ...toMetadataArguments(userMetadata),
  ];
  return toNotationCommand(['blob', 'sign', ...args, toFileArgument(name)]);
}

/** For a plan, what is wrong with the authority is a finding. */
async function planAuthority(directory: Directory, choice: NonNullable<SignInput['timestamp']>, now: Date) {
  try {
    return { ready: await openAuthority(directory, choice, now) };
  } catch (error) {
    if (isAppError(error)) return { error };
    throw error;
  }
}

async function plan(
  options: BlobSigningOptions,
  input: SignInput,
  signal: AbortSignal,
): Promise<OutputOf<'blobs.planSign'>> {
  const { mediaType, userMetadata, expirySeconds } = input;
  const [directory, now] = [options.configuration.current(), options.clock.now()];
  const blob = await options.intake.find(input.fileId);
  assertMediaType(mediaType);
  const { chosen, signer } = await planKey(options, input, signal);
  const timestamp = input.timestamp && (await planAuthority(directory, input.timestamp, now));
  const algorithm = 'ready' in signer ? signer.ready.algorithm : undefined;
  const ofFile = await readDefaultFormat(directory);
  const format = input.format ?? ofFile.format;
  const noFormat = input.format === undefined ? ofFile.unsupported : undefined;
  return {
    ...(algorithm && { subject: describeBlob(blob, algorithm, mediaType), algorithm }),
    keyName: chosen?.name ?? input.keyName ?? null,
    format,
    signatureName: toSignatureFileName(blob.name, format),
    findings: findBeforeSigning({
      ...{ signer, userMetadata, expirySeconds, now },
      ...(timestamp && { timestamp }),
      ...(noFormat !== undefined && { noFormat }),
    }),
    command: toCommand({ name: blob.name, keyArgs: toKeyArgs(input, chosen), format, directory }, input),
  };
}

/** What came of it, and its command line for the record, without secrets. */
interface Recorded {
  readonly signed: Signed;
  readonly command: string;
}

/** Which digest is signed, the key decides: so the file was hashed under every algorithm while it arrived. */
async function sign(options: BlobSigningOptions, input: SignInput, signal: AbortSignal): Promise<Recorded> {
  const { mediaType, userMetadata, expirySeconds } = input;
  const blob = await options.intake.find(input.fileId);
  assertMediaType(mediaType);
  const directory = options.configuration.current();
  const authority = input.timestamp && (await openAuthority(directory, input.timestamp, options.clock.now()));
  const chosen = await chooseKey(options, input);
  const { name, signer } = await openSigner(options, chosen, 'blob', signal);
  const subject = describeBlob(blob, signer.algorithm, mediaType);
  const format = await chooseFormat(directory, input.format);
  const { clock, version } = options;
  const { envelope } = await signTarget({
    ...{ target: subject, signer, format, clock, version, userMetadata, signal },
    ...(expirySeconds !== undefined && { expirySeconds }),
    ...(authority && { timestamp: toStamp(authority, signer, options) }),
  });
  const commandWith = (secrets: 'shown' | 'masked') =>
    toCommand({ name: blob.name, keyArgs: toKeyArgs(input, chosen, secrets), format, directory }, input);
  const signed: Signed = {
    subject,
    signatureName: toSignatureFileName(blob.name, format),
    base64: toBase64(envelope),
    keyName: name,
    command: commandWith('shown'),
  };
  return { signed, command: commandWith('masked') };
}

/** The signing half of the `blobs` namespace. */
export function createBlobSigning(options: BlobSigningOptions) {
  return {
    plan: (input: SignInput, signal: AbortSignal) => plan(options, input, signal),
    async sign(input: SignInput, signal: AbortSignal): Promise<Signed> {
      const { name } = await options.intake.find(input.fileId);
      const { signed } = await options.activity.record(
        'blobs.signFile',
        name,
        signal,
        () => sign(options, input, signal),
        ({ signed: { subject }, command }) => ({ note: subject.digest, command }),
      );
      return signed;
    },
  };
}
