import type { Handlers, OutputOf, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError, type WireError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../shared/model/digest.ts';
import type { Signer } from '../domain/envelope/envelope.ts';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import { loadSigningMaterial } from '../domain/keystore/signing-material.ts';
import { toCliName, toCommandOn } from '../domain/notation-command.ts';
import type { Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import type { Clock } from '../domain/ports.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import { signTarget } from '../domain/sign/sign-target.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { findBeforeSigning } from './plan-sign.ts';
import { pushSignature } from './push-signature.ts';
import { toWholeReference } from './whole-reference.ts';

export interface SignServiceOptions {
  readonly repositories: RepositoryFinder;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly locateFile: LocateFile;
  readonly clock: Clock;
  /** Of Inkan; part of the signing agent. */
  readonly version: string;
  readonly activity: ActivityService;
  readonly publish: Publish;
}

type SignInput = ParsedInputOf<'sign.signArtifact'>;
type Signed = OutputOf<'sign.signArtifact'>;
interface LoadedKey {
  readonly name: string;
  readonly signer: Signer;
  readonly atRisk: readonly WireError[];
}

/** The key, ready to sign; whatever keeps it from that is told with its name. */
async function loadKey(
  { configuration, locateFile, clock }: SignServiceOptions,
  keyName: string | undefined,
): Promise<LoadedKey> {
  try {
    const context = { directory: configuration.current(), locateFile, clock };
    const { name, keyPem, chain, findings } = await loadSigningMaterial(context, keyName);
    return { name, signer: createLocalSigner(keyPem, chain), atRisk: findings };
  } catch (error) {
    if (!isAppError(error) || error.code.startsWith('sign.') || error.code === 'key.listMalformed') throw error;
    throw new AppError('sign.keyUnusable', { name: keyName ?? '', fault: error.code }, { cause: error });
  }
}

function toCommand(
  repository: Repository,
  digest: Digest,
  keyName: string | null,
  input: Pick<SignInput, 'expirySeconds' | 'userMetadata'>,
): string {
  const isLayout = repository.kind === 'layout';
  const args = ['sign', ...(isLayout ? ['--oci-layout'] : [])];
  if (keyName !== null) args.push('--key', keyName);
  if (input.expirySeconds !== undefined) args.push('--expiry', `${input.expirySeconds}s`);
  for (const [key, value] of Object.entries(input.userMetadata)) args.push('-m', `${key}=${value}`);
  return toCommandOn(repository, [...args, `${toCliName(repository)}@${digest}`]);
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

/** Signs what the user saw, the digest: a tag that has moved meanwhile is told of and not followed. */
async function signArtifact(options: SignServiceOptions, input: SignInput, signal: AbortSignal): Promise<Signed> {
  const { digest, reference, userMetadata, expirySeconds } = input;
  if (isDigest(reference) && reference !== digest) {
    throw new AppError('registry.digestMismatch', { what: reference, wanted: reference, received: digest });
  }
  const repository = await options.repositories.open(input.sourceId, input.repository);
  const [{ name, signer }, tagged] = await Promise.all([
    loadKey(options, input.keyName),
    resolveTag(repository, reference, signal),
  ]);
  const subject = toCore(tagged?.digest === digest ? tagged : await repository.resolve(digest, signal));
  const { clock, version } = options;
  const signed = await signTarget({
    target: subject,
    signer,
    format: input.format ?? 'jws',
    clock,
    version,
    userMetadata,
    signal,
    ...(expirySeconds !== undefined && { expirySeconds }),
  });
  const pushed = await pushSignature(repository, subject, signed, signal);
  const tagMovedTo = [await resolveTag(repository, reference, signal), tagged].find(
    (descriptor) => descriptor !== undefined && descriptor.digest !== digest,
  )?.digest;
  return {
    reference: `${repository.name}@${digest}`,
    subject,
    signatureDigest: pushed.descriptor.digest,
    keyName: name,
    indexedBy: pushed.indexedBy,
    ...(tagMovedTo && { tagMovedTo }),
    warnings: [...pushed.warnings],
    command: toCommand(repository, digest, name, input),
  };
}

async function planSign(
  options: SignServiceOptions,
  input: ParsedInputOf<'sign.planSign'>,
  signal: AbortSignal,
): Promise<OutputOf<'sign.planSign'>> {
  const repository = await options.repositories.open(input.sourceId, input.repository);
  const manifest = await repository.readManifest(input.reference, signal);
  const tag = isDigest(input.reference) ? undefined : input.reference;
  const loaded = await loadKey(options, input.keyName).catch((error: unknown) => {
    if (isAppError(error)) return error;
    throw error;
  });
  const isRefused = isAppError(loaded);
  const signer = isRefused ? { error: loaded } : { ready: loaded.signer, atRisk: loaded.atRisk };
  const { userMetadata, expirySeconds } = input;
  const keyName = isRefused ? (input.keyName ?? null) : loaded.name;
  return {
    subject: toCore(manifest.descriptor),
    ...(tag !== undefined && { tag }),
    keyName,
    ...(!isRefused && { algorithm: loaded.signer.algorithm }),
    format: input.format ?? 'jws',
    findings: findBeforeSigning({ manifest, tag, signer, userMetadata, expirySeconds, now: options.clock.now() }),
    command: toCommand(repository, manifest.descriptor.digest, keyName, input),
  };
}

/** Signing with a key of the list. Private keys are read here and leave nowhere. */
export function createSignService(options: SignServiceOptions): Handlers<'sign'> {
  const { activity, publish } = options;
  return {
    'sign.planSign': (input, { signal }) => planSign(options, input, signal),

    'sign.signArtifact': async (input, { signal }) => {
      const subject = await toWholeReference(options.repositories, { ...input, reference: input.digest });
      const signed = await activity.record(
        'sign.signArtifact',
        subject,
        signal,
        () => signArtifact(options, input, signal),
        ({ signatureDigest, command }) => ({ note: signatureDigest, command }),
      );
      publish('artifacts.changed', { sourceId: input.sourceId, repository: input.repository, digest: input.digest });
      return signed;
    },
  };
}
