import { mediaTypes } from '../../../shared/model/media-types.ts';
import { toBase64 } from '../codec/base64.ts';
import { CborFloat, CborMap, CborSimple, CborTag } from '../codec/cbor-value.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { JsonNumber } from '../codec/strict-json.ts';
import type { DecodedEnvelope, Header } from '../envelope/envelope.ts';
import { PluginAnswer } from './plugin-answer.ts';
import { contractVersion } from './plugin-metadata.ts';
import type { PluginProcess } from './plugin-process.ts';

/** What a verification plugin can judge. */
export type VerifierCapability = 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY' | 'SIGNATURE_VERIFIER.REVOCATION_CHECK';

/** What a plugin made of a signature. */
export interface PluginJudgement {
  /** Undefined for a capability that it was asked for and did not answer. */
  readonly results: Readonly<
    Partial<Record<VerifierCapability, { readonly success: boolean; readonly reason: string }>>
  >;
  readonly processedAttributes: readonly string[];
}

export interface PluginQuestion {
  readonly envelope: DecodedEnvelope;
  /** Attributes that the plugin has to process. */
  readonly attributes: readonly Header[];
  readonly trustedIdentities: readonly string[];
  readonly capabilities: readonly VerifierCapability[];
  readonly pluginConfig: Readonly<Record<string, string>>;
}

/** Go's zero time: what the reference sends for a signature without expiry. */
const noExpiry = '0001-01-01T00:00:00Z';
const maxReasonLength = 2000;

/** A value of an envelope in JSON, as the reference writes it: bytes in base64, tags with their number. */
function toJsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return toBase64(value);
  if (typeof value === 'bigint' || value instanceof JsonNumber)
    return Number(String(value instanceof JsonNumber ? value.text : value));
  if (value instanceof CborFloat) return value.value;
  if (value instanceof CborSimple) return value.code;
  if (value instanceof CborTag) return { Number: Number(value.tag), Content: toJsonValue(value.value) };
  if (value instanceof CborMap)
    return Object.fromEntries(value.entries.map(([key, member]) => [String(key), toJsonValue(member)]));
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJsonValue(member)]));
}

function toSignature({ envelope, attributes }: PluginQuestion): object {
  const { signingScheme, expiry, authenticSigningTime, chain } = envelope;
  const extendedAttributes = Object.fromEntries(attributes.map(({ name, value }) => [name, toJsonValue(value)]));
  return {
    criticalAttributes: {
      contentType: mediaTypes.notaryPayload,
      signingScheme,
      expiry: expiry ? toRfc3339(expiry) : noExpiry,
      ...(authenticSigningTime && { authenticSigningTime: toRfc3339(authenticSigningTime) }),
      ...(attributes.length > 0 && { extendedAttributes }),
    },
    unprocessedAttributes: attributes.length > 0 ? attributes.map(({ name }) => name) : null,
    certificateChain: chain.map((certificate) => toBase64(certificate.raw)),
  };
}

function readResult(
  answer: PluginAnswer,
  results: Readonly<Record<string, unknown>>,
  capability: VerifierCapability,
): PluginJudgement['results'] {
  const result = Object.hasOwn(results, capability) ? results[capability] : undefined;
  if (result === undefined || result === null) return {};
  if (typeof result !== 'object') throw answer.refuse(`the result of ${capability} is not an object`);
  const { success, reason } = result as { readonly success?: unknown; readonly reason?: unknown };
  if (success !== undefined && typeof success !== 'boolean')
    throw answer.refuse(`"success" of ${capability} is neither true nor false`);
  return {
    [capability]: {
      success: success === true,
      reason: typeof reason === 'string' ? reason.slice(0, maxReasonLength) : '',
    },
  };
}

/**
 * Asks a plugin to judge a signature whose integrity holds and whose chain a trust store anchors (plugin extensibility specification,
 * "verify-signature").
 *
 * @throws AppError `plugin.*`; the signal's reason when aborted
 */
export async function verifyWithPlugin(
  process: PluginProcess,
  question: PluginQuestion,
  signal: AbortSignal,
): Promise<PluginJudgement> {
  const { trustedIdentities, capabilities, pluginConfig } = question;
  const request = {
    contractVersion,
    signature: toSignature(question),
    trustPolicy: { trustedIdentities, signatureVerification: capabilities },
    ...(Object.keys(pluginConfig).length > 0 && { pluginConfig }),
  };
  const answer = await PluginAnswer.ask(process, 'verify-signature', request, signal);
  const results = answer.member('verificationResults') ?? {};
  if (typeof results !== 'object' || Array.isArray(results) || results instanceof JsonNumber)
    throw answer.refuse('"verificationResults" is not an object');
  const processed = answer.member('processedAttributes') ?? [];
  if (!Array.isArray(processed)) throw answer.refuse('"processedAttributes" is not a list');
  return {
    results: Object.assign(
      {},
      ...capabilities.map((each) => readResult(answer, { ...results }, each)),
    ) as PluginJudgement['results'],
    processedAttributes: processed.filter((name) => typeof name === 'string'),
  };
}
