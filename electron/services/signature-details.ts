import { toWireError, isAppError, type WireError } from '../../shared/errors/app-error.ts';
import type { SignatureDetails } from '../../shared/model/artifact.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import { toBase64 } from '../domain/codec/base64.ts';
import { toCborDiagnostic } from '../domain/codec/cbor-diagnostic.ts';
import type { CborValue } from '../domain/codec/cbor-value.ts';
import { toRfc3339 } from '../domain/codec/rfc3339.ts';
import { algorithmNames } from '../domain/envelope/algorithm-names.ts';
import { toCoseDiagnostic } from '../domain/envelope/cose-diagnostic.ts';
import type { DecodedEnvelope } from '../domain/envelope/envelope.ts';
import type { Manifest } from '../domain/oci/repository.ts';
import { decodeTimestamp } from '../domain/timestamp/timestamp-details.ts';
import type { Finding } from '../domain/verify/finding.ts';
import { checkIntegrity, type EnvelopeBytes } from '../domain/verify/integrity.ts';
import type { SignatureManifest } from '../domain/verify/signature-manifest.ts';
import { roleAt, toCertificateModel } from '../domain/x509/certificate-model.ts';
import { checkCodeSigningChain } from '../domain/x509/chain-check.ts';
import { commonNameOf } from '../domain/x509/distinguished-name.ts';
import type { ReferrerNode } from '../../shared/model/artifact.ts';

/** One line for the tree of referrers. Undefined for an envelope without certificates. */
export function toSignatureSummary(envelope: DecodedEnvelope): NonNullable<ReferrerNode['signature']> | undefined {
  const [leaf] = envelope.chain;
  if (!leaf) return undefined;
  const signingTime = envelope.signingTime ?? envelope.authenticSigningTime;
  return {
    format: envelope.format,
    signerCommonName: commonNameOf(leaf.subjectAttributes) || leaf.subject,
    signerSubject: leaf.subject,
    signerSha256: leaf.sha256,
    signingScheme: envelope.signingScheme,
    ...(signingTime && { signingTime: toRfc3339(signingTime) }),
    ...(envelope.expiry && { expiry: toRfc3339(envelope.expiry) }),
  };
}

/** A header's value as text: a text as it is, anything else as JSON or as CBOR's diagnostic notation. */
function valueText(value: unknown, format: SignatureFormat): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return toRfc3339(value);
  return format === 'cose' ? toCborDiagnostic(value as CborValue) : (JSON.stringify(value) ?? String(value));
}

function toChain(envelope: DecodedEnvelope): SignatureDetails['chain'] {
  const { certificates } = checkCodeSigningChain(envelope.chain);
  return envelope.chain.map((certificate, position) =>
    toCertificateModel(certificate, roleAt(position, envelope.chain.length), certificates[position] ?? []),
  );
}

function isSameContent(a: Descriptor, b: Descriptor | undefined): boolean {
  return b !== undefined && a.digest === b.digest && a.mediaType === b.mediaType && a.size === b.size;
}

function toIntegrity({ result, reason }: Finding): SignatureDetails['integrity'] {
  return {
    ok: result === 'passed',
    code: reason.code,
    details: reason.details,
    ...(reason.message !== undefined && { message: reason.message }),
  };
}

function ofToken({ timestampToken, signature }: DecodedEnvelope): Partial<SignatureDetails> {
  if (timestampToken === undefined) return {};
  const { details, fault } = decodeTimestamp(timestampToken, signature);
  return {
    ...(details && { timestamp: details }),
    ...(fault && { timestampFault: { code: `timestamp.${fault.code}`, details: { fault: fault.message } } }),
  };
}

function ofEnvelope(envelope: DecodedEnvelope, subject: Descriptor | undefined): Partial<SignatureDetails> {
  const { format, target, signingTime, authenticSigningTime, expiry, signingAgent } = envelope;
  const time = signingTime ?? authenticSigningTime;
  return {
    algorithm: algorithmNames[envelope.algorithm],
    protectedHeaders: envelope.protectedHeaders.map(({ name, value, critical }) => ({
      name,
      value: valueText(value, format),
      critical,
    })),
    unprotectedHeaders: envelope.unprotectedHeaders.map(({ name, value }) => ({
      name,
      value: valueText(value, format),
    })),
    signingScheme: envelope.signingScheme,
    ...(time && { signingTime: toRfc3339(time) }),
    ...(expiry && { expiry: toRfc3339(expiry) }),
    ...(signingAgent !== undefined && { signingAgent }),
    hasTimestamp: envelope.timestampToken !== undefined,
    ...ofToken(envelope),
    userMetadata: target.annotations ?? {},
    chain: toChain(envelope),
    payload: target,
    payloadText: Buffer.from(envelope.payload).toString('utf8'),
    payloadMatchesSubject: isSameContent(target, subject),
  };
}

/** Everything of a signature for the inspector. An envelope that cannot be decoded is shown as it is, with the reason. */
export async function toSignatureDetails(
  manifest: Manifest,
  parsed: SignatureManifest,
  envelopeBytes: EnvelopeBytes,
): Promise<SignatureDetails> {
  const { finding, envelope } = checkIntegrity(envelopeBytes);
  const isCose = envelopeBytes.mediaType === mediaTypes.cose;
  const diagnostic = isCose ? toCoseDiagnostic(envelopeBytes.bytes) : undefined;
  return {
    manifestDigest: manifest.descriptor.digest,
    manifest: Buffer.from(manifest.bytes).toString('utf8'),
    envelope: parsed.envelope,
    ...(parsed.subject && { subject: parsed.subject }),
    format: isCose ? 'cose' : 'jws',
    algorithm: '',
    protectedHeaders: [],
    unprotectedHeaders: [],
    signingScheme: '',
    hasTimestamp: false,
    userMetadata: {},
    chain: [],
    payloadText: '',
    payloadMatchesSubject: false,
    ...(envelope && ofEnvelope(envelope, parsed.subject)),
    integrity: toIntegrity(finding),
    ...(diagnostic !== undefined && { diagnostic }),
    raw: isCose ? toBase64(envelopeBytes.bytes) : Buffer.from(envelopeBytes.bytes).toString('utf8'),
    problems: envelope ? [] : [{ code: finding.reason.code, details: finding.reason.details }],
  };
}

/** The wire form of what an error says; anything that is no AppError is thrown on. */
export function toProblem(error: unknown): WireError {
  if (isAppError(error)) return toWireError(error);
  throw error;
}
