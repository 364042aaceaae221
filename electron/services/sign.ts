import type { Handlers, OutputOf, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../shared/model/digest.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import type { EnvelopeSigner, Signer } from '../domain/envelope/envelope.ts';
import { toCliName, toCommandOn, toMetadataArguments } from '../domain/notation-command.ts';
import { chooseFormat, readDefaultFormat } from '../domain/configuration/signature-format.ts';
import type { Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import type { Directory } from '../domain/ports.ts';
import { signTarget } from '../domain/sign/sign-target.ts';
import type { TimestampAuthority } from '../domain/timestamp/timestamp-authority.ts';
import type { ActivityService } from './activity.ts';
import { chooseKey, openSigner, toKeyArgs, type SignerSources } from './load-signer.ts';
import { planKey } from './plan-key.ts';
import { findBeforeSigning } from './plan-sign.ts';
import { pushSignature, uncancelled } from './push-signature.ts';
import { openAuthority, toStamp, toTimestampArguments, type TimestampSources } from './timestamping.ts';
import { toWholeReference } from './whole-reference.ts';

export interface SignServiceOptions extends SignerSources, TimestampSources {
  readonly repositories: RepositoryFinder;
  /** Of Inkan; part of the signing agent. */
  readonly version: string;
  readonly activity: ActivityService;
  readonly publish: Publish;
}

type SignInput = ParsedInputOf<'sign.signArtifact'>;
type Signed = OutputOf<'sign.signArtifact'>;
/** What came of it, and its command line for the record, without secrets. */
interface Recorded {
  readonly signed: Signed;
  readonly command: string;
}
function toCommand(
  repository: Repository,
  digest: Digest,
  keyArgs: readonly string[],
  input: Pick<SignInput, 'expirySeconds' | 'userMetadata' | 'timestamp'> & { readonly format: SignatureFormat },
  directory: Directory,
): string {
  const isLayout = repository.kind === 'layout';
  const args = [...(isLayout ? ['--oci-layout'] : []), ...keyArgs];
  // The CLI takes its default from its own directory, whichever is in use here.
  if (input.format !== 'jws') args.push('--signature-format', input.format);
  if (input.expirySeconds !== undefined) args.push('--expiry', `${input.expirySeconds}s`);
  if (input.timestamp) args.push(...toTimestampArguments(directory, input.timestamp));
  args.push(...toMetadataArguments(input.userMetadata));
  return toCommandOn(repository, 'sign', [...args, `${toCliName(repository)}@${digest}`]);
}

function toCore({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}

/** What a tag points at now, when that is known. */
async function resolveTag(
  repository: Repository,
  reference: string,
  signal: AbortSignal,
): Promise<Descriptor | undefined> {
  if (isDigest(reference)) return undefined;
  try {
    return await repository.resolve(reference, signal);
  } catch (error) {
    // The digest is what is signed; that the tag cannot be read undoes nothing.
    signal.throwIfAborted();
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** A plugin that makes whole envelopes leaves no place for a token; the reference drops the wish without a word. */
function stampWith(
  authority: TimestampAuthority,
  signer: Signer | EnvelopeSigner,
  name: string,
  sources: TimestampSources,
): ReturnType<typeof toStamp> {
  if (!('sign' in signer)) throw new AppError('timestamp.notWithPlugin', { name });
  return toStamp(authority, signer, sources);
}

/** Signs what the user saw, the digest: a tag that has moved meanwhile is told of and not followed. */
async function signArtifact(options: SignServiceOptions, input: SignInput, signal: AbortSignal): Promise<Recorded> {
  const { digest, reference, userMetadata, expirySeconds } = input;
  if (isDigest(reference) && reference !== digest) {
    throw new AppError('registry.digestMismatch', { what: reference, wanted: reference, received: digest });
  }
  const directory = options.configuration.current();
  const authority = input.timestamp && (await openAuthority(directory, input.timestamp, options.clock.now()));
  const repository = await options.repositories.open(input.sourceId, input.repository);
  const format = await chooseFormat(directory, input.format);
  const chosen = await chooseKey(options, input);
  const [{ name, signer }, tagged] = await Promise.all([
    openSigner(options, chosen, 'artifact', signal),
    resolveTag(repository, reference, signal),
  ]);
  const subject = toCore(tagged?.digest === digest ? tagged : await repository.resolve(digest, signal));
  const { clock, version } = options;
  const signed = await signTarget({
    target: subject,
    signer,
    format,
    clock,
    version,
    userMetadata,
    signal,
    ...(expirySeconds !== undefined && { expirySeconds }),
    ...(authority && { timestamp: stampWith(authority, signer, name, options) }),
  });
  const pushed = await pushSignature(repository, subject, signed, signal);
  const tagMovedTo = [await resolveTag(repository, reference, uncancelled), tagged].find(
    (descriptor) => descriptor !== undefined && descriptor.digest !== digest,
  )?.digest;
  const commandWith = (secrets: 'shown' | 'masked') =>
    toCommand(repository, digest, toKeyArgs(input, chosen, secrets), { ...input, format }, directory);
  const outcome: Signed = {
    reference: `${repository.name}@${digest}`,
    subject,
    signatureDigest: pushed.descriptor.digest,
    keyName: name,
    indexedBy: pushed.indexedBy,
    ...(tagMovedTo && { tagMovedTo }),
    warnings: [...pushed.warnings],
    command: commandWith('shown'),
  };
  return { signed: outcome, command: commandWith('masked') };
}

/** For what a plan tells instead of throwing. */
function orRefusal(error: unknown): AppError {
  if (isAppError(error)) return error;
  throw error;
}

async function planSign(
  options: SignServiceOptions,
  input: ParsedInputOf<'sign.planSign'>,
  signal: AbortSignal,
): Promise<OutputOf<'sign.planSign'>> {
  const directory = options.configuration.current();
  const now = options.clock.now();
  const repository = await options.repositories.open(input.sourceId, input.repository);
  const manifest = await repository.readManifest(input.reference, signal);
  const tag = isDigest(input.reference) ? undefined : input.reference;
  const { chosen, signer } = await planKey(options, input, signal);
  const authority = input.timestamp && (await openAuthority(directory, input.timestamp, now).catch(orRefusal));
  const { userMetadata, expirySeconds } = input;
  const ofFile = await readDefaultFormat(directory);
  const format = input.format ?? ofFile.format;
  const noFormat = input.format === undefined ? ofFile.unsupported : undefined;
  return {
    subject: toCore(manifest.descriptor),
    ...(tag !== undefined && { tag }),
    keyName: chosen?.name ?? input.keyName ?? null,
    ...('ready' in signer && { algorithm: signer.ready.algorithm }),
    format,
    findings: findBeforeSigning({
      ...{ manifest, tag, signer, userMetadata, expirySeconds, now },
      ...(authority && { timestamp: isAppError(authority) ? { error: authority } : { ready: authority } }),
      ...(noFormat !== undefined && { noFormat }),
    }),
    command: toCommand(
      repository,
      manifest.descriptor.digest,
      toKeyArgs(input, chosen),
      { ...input, format },
      directory,
    ),
  };
}

/** Signing with a key of the list or of a plugin. Private keys are read here and leave nowhere. */
export function createSignService(options: SignServiceOptions): Handlers<'sign'> {
  const { activity, publish } = options;
  return {
    'sign.planSign': (input, { signal }) => planSign(options, input, signal),

    'sign.signArtifact': async (input, { signal }) => {
      const subject = await toWholeReference(options.repositories, { ...input, reference: input.digest });
      const { signed } = await activity.record(
        'sign.signArtifact',
        subject,
        signal,
        () => signArtifact(options, input, signal),
        ({ signed: { signatureDigest }, command }) => ({ note: signatureDigest, command }),
      );
      publish('artifacts.changed', { sourceId: input.sourceId, repository: input.repository, digest: input.digest });
      return signed;
    },
  };
}
