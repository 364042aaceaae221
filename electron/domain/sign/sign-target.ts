import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { checkSignatureValue } from '../envelope/check-signature-value.ts';
import { decodeEnvelope } from '../envelope/decode-envelope.ts';
import { encodeEnvelope, type EncodedEnvelope } from '../envelope/encode-envelope.ts';
import type { EnvelopeContent, Signer } from '../envelope/envelope.ts';
import type { Clock } from '../ports.ts';
import { checkCodeSigningChain } from '../x509/chain-check.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';

/** Annotation keys that belong to the Notary Project; a plain prefix, as with the reference. */
const reservedPrefix = 'io.cncf.notary';
/** RFC 3339 has four digits for a year. */
const latestMs = Date.UTC(10_000, 0, 1) - 1;

export interface SignRequest {
  /** What is signed: its media type, digest and size. Its annotations are signed too. */
  readonly target: Descriptor;
  readonly signer: Signer;
  readonly format: SignatureFormat;
  readonly clock: Clock;
  /** Of Inkan itself; the signing agent is `inkan/<version>`. */
  readonly version: string;
  /** Absent or 0: the signature never expires. */
  readonly expirySeconds?: number;
  readonly userMetadata?: Readonly<Record<string, string>>;
  /** Obtains a token over the signature value, checked already; absent: no timestamp. */
  readonly timestamp?: EnvelopeContent['timestamp'];
  readonly signal: AbortSignal;
}

/** An envelope that was verified in memory, and what a signature manifest needs of it. */
export interface SignedTarget {
  readonly envelope: Uint8Array;
  readonly mediaType: string;
  readonly chain: readonly ParsedCertificate[];
  readonly signingTime: Date;
}

/**
 * Refuses user metadata that cannot be signed with an artifact (signing workflow of the reference).
 *
 * @throws AppError `sign.reservedMetadata`, `sign.badMetadata`
 */
export function assertUserMetadata(userMetadata: Readonly<Record<string, string>>, target: Descriptor): void {
  for (const [key, value] of Object.entries(userMetadata)) {
    if (key.startsWith(reservedPrefix)) throw new AppError('sign.reservedMetadata', { key });
    if (Object.hasOwn(target.annotations ?? {}, key))
      throw new AppError('sign.badMetadata', { key, fault: 'is already present in the target artifact' });
    if (key === '') throw new AppError('sign.badMetadata', { key, fault: 'is empty' });
    if (/\p{Cs}/u.test(key + value)) throw new AppError('sign.badMetadata', { key, fault: 'is not well-formed text' });
  }
}

function toExpiry(signingTime: Date, expirySeconds: number): Date | undefined {
  if (expirySeconds < 0) throw new AppError('sign.badExpiry', { fault: 'expiry duration cannot be a negative value' });
  if (!Number.isSafeInteger(expirySeconds))
    throw new AppError('sign.badExpiry', { fault: 'expiry duration supports minimum granularity of seconds' });
  if (expirySeconds === 0) return undefined;
  const expiryMs = signingTime.getTime() + expirySeconds * 1000;
  if (expiryMs > latestMs) throw new AppError('sign.badExpiry', { fault: 'expiry is after the year 9999' });
  return new Date(expiryMs);
}

function toContent(request: SignRequest): EnvelopeContent {
  const { target, signer, userMetadata = {}, expirySeconds = 0 } = request;
  assertUserMetadata(userMetadata, target);
  const signingTime = new Date(Math.floor(request.clock.now().getTime() / 1000) * 1000);
  const expiry = toExpiry(signingTime, expirySeconds);
  const annotations = Object.fromEntries([
    ...Object.entries(target.annotations ?? {}),
    ...Object.entries(userMetadata),
  ]);
  return {
    target: {
      mediaType: target.mediaType,
      digest: target.digest,
      size: target.size,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    signingTime,
    ...(expiry && { expiry }),
    signingAgent: `inkan/${request.version}`,
    chain: signer.chain,
    ...(request.timestamp && { timestamp: request.timestamp }),
  };
}

/** Why a fresh envelope does not verify; undefined when it does. */
async function selfCheckFault(
  { mediaType: envelopeType, bytes }: EncodedEnvelope,
  content: EnvelopeContent,
): Promise<string | undefined> {
  try {
    const decoded = decodeEnvelope(envelopeType, bytes);
    const value = checkSignatureValue(decoded);
    if (!value.ok) return value.message;
    const { mediaType, digest, size } = decoded.target;
    const isSame =
      mediaType === content.target.mediaType && digest === content.target.digest && size === content.target.size;
    return isSame ? undefined : 'the signed descriptor is not the one that was to be signed';
  } catch (error) {
    if (isAppError(error, 'envelope.malformed')) return error.details.fault;
    throw error;
  }
}

/**
 * Signs a descriptor: metadata, expiry and chain are checked first, and the envelope is verified in memory before it is
 * given back. Pushes nothing.
 *
 * @throws AppError `sign.reservedMetadata`, `sign.badMetadata`, `sign.badExpiry`, `certificate.ruleBroken`, `sign.selfCheckFailed`;
 * the signal's reason when aborted
 */
export async function signTarget(request: SignRequest): Promise<SignedTarget> {
  const { signer, signal } = request;
  signal.throwIfAborted();
  const content = toContent(request);
  const { fault } = checkCodeSigningChain(signer.chain, { signingTime: content.signingTime });
  if (fault)
    throw new AppError('certificate.ruleBroken', { rule: fault.rule, subject: fault.subject, message: fault.message });
  const envelope = await encodeEnvelope(request.format, content, signer, signal);
  const selfCheck = await selfCheckFault(envelope, content);
  if (selfCheck !== undefined)
    throw new AppError('sign.selfCheckFailed', { fault: `generated signature failed verification: ${selfCheck}` });
  return {
    envelope: envelope.bytes,
    mediaType: envelope.mediaType,
    chain: signer.chain,
    signingTime: content.signingTime,
  };
}
