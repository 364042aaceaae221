import type { ContentDocument } from '../../../shared/model/content.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { parseBase64 } from '../codec/base64.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { parseUtf8 } from '../codec/utf8.ts';
import { predicateOf, readStatement } from './attestation.ts';
import { objectOf, toDocument } from './document.ts';
import { readCycloneDx, readSpdx, readSpdx3, readSpdxTagValue } from './sbom.ts';
import { readBundle, readEnvelope, readSimpleSigning } from './sigstore.ts';

/** Largest piece of content that is decoded, in bytes. */
export const maxContentBytes = 8 * 1024 * 1024;

/** SBOMs nest licenses, evidence and dependencies. */
const maxDepth = 64;
/** An envelope, a statement and a predicate; a bundle around them. */
const maxNested = 4;
const shownBytes = 512;

/** What is known of a piece of content beside its bytes. */
export interface ContentSetting {
  /** Digest of what it is attached to. */
  readonly subject?: Digest | undefined;
  /** Annotations of its descriptor. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/**
 * Decodes content that somebody attached to an artifact, by its shape and not by what its media type claims: documents from the outer
 * one to the inner ones. Nothing is verified. Bytes that are no text come as the hex of their beginning.
 * @param bytes - at most {@link maxContentBytes}
 */
export function decodeContent(bytes: Uint8Array, setting: ContentSetting): ContentDocument[] {
  let text: string;
  try {
    text = parseUtf8(bytes);
  } catch (error) {
    if (error instanceof CodecError) return [toBinary(bytes)];
    throw error;
  }
  return decodeText(text, setting, 0);
}

function toBinary(bytes: Uint8Array): ContentDocument {
  const hex = Buffer.from(bytes.subarray(0, shownBytes)).toString('hex');
  const lines = hex.match(/.{1,32}/g) ?? [];
  return { ...toDocument('binary', { text: lines.join('\n') }), isTextCut: bytes.length > shownBytes };
}

function decodeText(text: string, setting: ContentSetting, depth: number): ContentDocument[] {
  let value: JsonValue;
  try {
    value = parseStrictJson(text, { maxBytes: maxContentBytes, maxDepth });
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return [readSpdxTagValue(text) ?? toDocument('text', { text })];
  }
  const documents = isJsonObject(value) ? decodeObject(value, setting, depth, text) : [];
  return documents.length > 0 ? documents : [toDocument('json', { text })];
}

function decodeObject(object: JsonObject, setting: ContentSetting, depth: number, text?: string): ContentDocument[] {
  if (depth >= maxNested) return [];
  const { subject, annotations = {} } = setting;
  const statement = readStatement(object, subject, text);
  if (statement) return [statement, ...decodeInner(predicateOf(object), setting, depth)];
  const envelope = readEnvelope(object, text);
  if (envelope) return [envelope, ...decodePayload(memberOf(object, 'payload'), setting, depth)];
  const bundle = readBundle(object, text);
  if (bundle) return [bundle, ...decodeObject(objectOf(object, 'dsseEnvelope'), setting, depth + 1)];
  const whole =
    readSpdx(object, text) ??
    readSpdx3(object, text) ??
    readCycloneDx(object, text) ??
    readSimpleSigning(object, annotations, subject, text);
  return whole ? [whole] : [];
}

/** A predicate is shown with its statement; only what is a document of its own is told apart. */
function decodeInner(predicate: JsonValue | undefined, setting: ContentSetting, depth: number): ContentDocument[] {
  if (isJsonObject(predicate)) return decodeObject(predicate, setting, depth + 1);
  if (typeof predicate !== 'string' || depth + 1 >= maxNested) return [];
  return decodeText(predicate, setting, depth + 1).filter(({ form }) => form !== 'text');
}

function decodePayload(payload: JsonValue | undefined, setting: ContentSetting, depth: number): ContentDocument[] {
  if (typeof payload !== 'string' || depth + 1 >= maxNested) return [];
  try {
    return decodeText(parseUtf8(parseBase64(payload)), setting, depth + 1);
  } catch (error) {
    if (error instanceof CodecError) return [];
    throw error;
  }
}
