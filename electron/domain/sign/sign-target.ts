import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { checkSignatureValue } from '../envelope/check-signature-value.ts';
import { decodeEnvelope } from '../envelope/decode-envelope.ts';
import { toPayload } from '../envelope/encode-cose.ts';
import { encodeEnvelope, type EncodedEnvelope } from '../envelope/encode-envelope.ts';
import type { DecodedEnvelope, EnvelopeContent, EnvelopeSigner, Signer } from '../envelope/envelope.ts';
import type { Clock } from '../ports.ts';
import { checkCodeSigningChain } from '../x509/chain-check.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { payloadFault } from './plugin-payload.ts';

/** Annotation keys that belong to the Notary Project; a plain prefix, as with the reference. */
const reservedPrefix = 'io.cncf.notary';
/** RFC 3339 has four digits for a year. */
const latestMs = Date.UTC(10_000, 0, 1) - 1;

export interface SignRequest {
  /** What is signed: its media type, digest and size. Its annotations are signed too. */
  readonly target: Descriptor;
  /** A signer, or what gets whole envelopes from a plugin. */
  readonly signer: Signer | EnvelopeSigner;
  readonly format: SignatureFormat;
  readonly clock: Clock;
  /** Of Inkan itself; the signing agent is `inkan/<version>`, and with a plugin its name and version after it. */
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
  /** What a plugin wants to be told in the signature's manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Refuses user metadata that cannot be signed with an artifact (signing workflow of the reference).
 *
 * @throws AppError `sign.reservedMetadata`, `sign.badMetadata`
 */
export function assertUserMetadata(
  userMetadata: Readonly<Record<string, string>>,
  annotations: Descriptor['annotations'],
): void {
  for (const [key, value] of Object.entries(userMetadata)) {
    if (key.startsWith(reservedPrefix)) throw new AppError('sign.reservedMetadata', { key });
    if (Object.hasOwn(annotations ?? {}, key))
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
  const own = 'generateEnvelope' in signer ? undefined : signer;
  assertUserMetadata(userMetadata, target.annotations);
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
    signingAgent: own?.agent === undefined ? `inkan/${request.version}` : `inkan/${request.version} ${own.agent}`,
    // The chain of a plugin is there once it has signed.
    get chain() {
      return own?.chain ?? [];
    },
    ...(request.timestamp && { timestamp: request.timestamp }),
  };
}

function refuseOwn(fault: string): AppError<'sign.selfCheckFailed'> {
  return new AppError('sign.selfCheckFailed', { fault: `generated signature failed verification: ${fault}` });
}

function assertSigningChain(chain: readonly ParsedCertificate[], signingTime: Date): void {
  const { fault } = checkCodeSigningChain(chain, { signingTime });
  if (fault)
    throw new AppError('certificate.ruleBroken', { rule: fault.rule, subject: fault.subject, message: fault.message });
}

/** Reads a fresh envelope as whoever verifies it will: its form, its value, and that it signs what was to be signed. */
function reopen({ mediaType: envelopeType, bytes }: EncodedEnvelope, content: EnvelopeContent): DecodedEnvelope {
  let decoded: DecodedEnvelope;
  try {
    decoded = decodeEnvelope(envelopeType, bytes);
  } catch (error) {
    throw isAppError(error, 'envelope.malformed') ? refuseOwn(error.details.fault) : error;
  }
  const value = checkSignatureValue(decoded);
  if (!value.ok) throw refuseOwn(value.message);
  const fault = payloadFault(decoded, content.target);
  if (fault !== undefined) throw refuseOwn(fault);
  return decoded;
}

/** A chain that is known is checked before the key is touched; one that a plugin gives, with the envelope. */
async function makeEnvelope(
  { signer, format, expirySeconds = 0, signal }: SignRequest,
  content: EnvelopeContent,
): Promise<Pick<SignedTarget, 'annotations'> & { readonly envelope: EncodedEnvelope }> {
  if (!('generateEnvelope' in signer)) {
    if (signer.agent === undefined) assertSigningChain(signer.chain, content.signingTime);
    return { envelope: await encodeEnvelope(format, content, signer, signal) };
  }
  const payload = toPayload(content);
  const { envelope: bytes, annotations } = await signer.generateEnvelope(format, payload, expirySeconds, signal);
  return { envelope: { mediaType: mediaTypes[format], bytes }, annotations };
}

/**
 * Signs a descriptor: metadata, expiry and chain are checked first, and the envelope is verified in memory before it is
 * given back, whoever made it. Pushes nothing.
 *
 * @throws AppError `sign.reservedMetadata`, `sign.badMetadata`, `sign.badExpiry`, `certificate.ruleBroken`, `sign.selfCheckFailed`,
 * and what the signer throws; the signal's reason when aborted
 */
export async function signTarget(request: SignRequest): Promise<SignedTarget> {
  request.signal.throwIfAborted();
  const content = toContent(request);
  const { envelope, annotations } = await makeEnvelope(request, content);
  const decoded = reopen(envelope, content);
  const signingTime = decoded.signingTime ?? decoded.authenticSigningTime ?? content.signingTime;
  assertSigningChain(decoded.chain, signingTime);
  return {
    envelope: envelope.bytes,
    mediaType: envelope.mediaType,
    chain: decoded.chain,
    signingTime,
    ...(annotations && { annotations }),
  };
}
