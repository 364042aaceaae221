import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject } from '../codec/strict-json.ts';
import { decodeField, malformed } from './envelope-rules.ts';
import { assertExactNames, textOf } from './jws-format.ts';

const maxPayloadBytes = 4_194_304;

function parseAnnotations(target: JsonObject): Record<string, string> | undefined {
  const value = memberOf(target, 'annotations');
  if (value === undefined || value === null) return undefined;
  const isRecord = isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
  if (!isRecord) throw malformed('"annotations" must be an object of strings', 'targetArtifact.annotations');
  return value as Record<string, string>;
}

/**
 * The signed descriptor in a payload (signature specification, "Payload"): exactly one `targetArtifact`, its digest well formed, its
 * size a plain whole number. Other members are ignored, as the reference does.
 *
 * @throws AppError `envelope.malformed`
 */
export function parsePayload(payload: Uint8Array): Descriptor {
  const field = 'payload';
  const content = decodeField(
    field,
    (fault) => `signature is invalid. Error: ${fault}`,
    () => parseStrictJson(payload, { maxBytes: maxPayloadBytes }),
  );
  if (!isJsonObject(content)) throw malformed('signature is invalid. Error: payload is not a JSON object', field);
  assertExactNames(content, ['targetArtifact'], field);
  const target = memberOf(content, 'targetArtifact');
  if (!isJsonObject(target)) throw malformed('payload has no "targetArtifact" object', 'targetArtifact');
  assertExactNames(target, ['mediaType', 'digest', 'size', 'annotations'], 'targetArtifact');
  const mediaType = textOf(memberOf(target, 'mediaType'), 'targetArtifact.mediaType');
  const digest = memberOf(target, 'digest');
  if (!isDigest(digest)) throw malformed('"digest" is not a digest', 'targetArtifact.digest');
  const size = memberOf(target, 'size');
  if (typeof size !== 'number' || size < 0) throw malformed('"size" is not a whole number', 'targetArtifact.size');
  const annotations = parseAnnotations(target);
  return { mediaType, digest, size, ...(annotations && { annotations }) };
}
