import { parseBase64, parseBase64Url } from '../codec/base64.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { toUtf8 } from '../codec/utf8.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import type { DecodedEnvelope, Header } from './envelope.ts';
import { decodeField, malformed, maxEnvelopeBytes, parseChain } from './envelope-rules.ts';
import { assertExactNames, jwsUnprotectedHeader, namesLike, textOf } from './jws-format.ts';
import { parseProtectedHeader } from './jws-protected-header.ts';
import { parsePayload } from './payload.ts';

/** A signing agent in other letters, as the reference's first releases wrote it, is only one more text that nobody signed. */
const exactUnprotectedNames = [jwsUnprotectedHeader.chain, jwsUnprotectedHeader.timestampToken];

interface JwsParts {
  readonly payload: string;
  readonly protected: string;
  readonly signature: string;
  readonly header: JsonObject;
}

/** A text of the unprotected header; the reference takes null for absent. */
function optionalText(header: JsonObject, name: string): string | undefined {
  const value = memberOf(header, name) ?? null;
  return value === null ? undefined : textOf(value, name);
}

/** The flattened JSON serialization (RFC 7515, section 7.2.2); unknown members are ignored. */
function parseParts(bytes: Uint8Array): JwsParts {
  const envelope = decodeField(
    'envelope',
    (fault) => fault,
    () => parseStrictJson(bytes, { maxBytes: maxEnvelopeBytes }),
  );
  if (!isJsonObject(envelope)) throw malformed('envelope is not a JSON object', 'envelope');
  assertExactNames(envelope, ['payload', 'protected', 'header', 'signature', 'signatures'], 'envelope');
  if (Object.hasOwn(envelope, 'signatures'))
    throw malformed('only the flattened JWS JSON serialization is supported', 'signatures');
  const header = memberOf(envelope, 'header') ?? null;
  if (header !== null && !isJsonObject(header)) throw malformed('"header" must be an object', 'header');
  if (header) assertExactNames(header, exactUnprotectedNames, 'header');
  for (const name of namesLike(header ?? {}, jwsUnprotectedHeader.signingAgent)) optionalText(header ?? {}, name);
  return {
    payload: textOf(memberOf(envelope, 'payload'), 'payload'),
    protected: textOf(memberOf(envelope, 'protected'), 'protected'),
    signature: textOf(memberOf(envelope, 'signature'), 'signature'),
    header: header ?? {},
  };
}

function parseX5c(header: JsonObject): readonly ParsedCertificate[] {
  const field = jwsUnprotectedHeader.chain;
  const value = memberOf(header, field) ?? [];
  if (!Array.isArray(value)) throw malformed('"x5c" must be an array', field);
  return parseChain(value as readonly JsonValue[], field, (encoded, where) => parseBase64(textOf(encoded, where)));
}

function parseSignature(encoded: string): Uint8Array {
  const signature = decodeField(
    'signature',
    (fault) => fault,
    () => parseBase64Url(encoded),
  );
  if (signature.length === 0) throw malformed('signature missing in jws-json envelope', 'signature');
  return signature;
}

/**
 * A JWS envelope, decoded strictly and judged by nobody: signature value, chain rules and trust are other questions. Stricter than
 * the reference where that is lenient (rule O-04): exact names, no member twice, canonical base64, no `b64`.
 * Signature specification, signature-envelope-jws.md.
 *
 * @throws AppError `envelope.malformed` with the reference's sentence where it has one
 */
export function decodeJws(bytes: Uint8Array): DecodedEnvelope {
  const parts = parseParts(bytes);
  const chain = parseX5c(parts.header);
  const payload = decodeField(
    'payload',
    (fault) => `payload error: ${fault}`,
    () => parseBase64Url(parts.payload),
  );
  const protectedHeader = parseProtectedHeader(parts.protected);
  const signature = parseSignature(parts.signature);
  const token = optionalText(parts.header, jwsUnprotectedHeader.timestampToken);
  const timestampToken = token
    ? decodeField(
        jwsUnprotectedHeader.timestampToken,
        (fault) => fault,
        () => parseBase64(token),
      )
    : undefined;
  const signingAgent = optionalText(parts.header, jwsUnprotectedHeader.signingAgent);
  return {
    format: 'jws',
    ...protectedHeader,
    unprotectedHeaders: Object.entries(parts.header).map(([name, value]): Header => ({ name, value, critical: false })),
    ...(signingAgent && { signingAgent }),
    ...(timestampToken && { timestampToken }),
    chain,
    payload,
    target: parsePayload(payload),
    signedBytes: toUtf8(`${parts.protected}.${parts.payload}`),
    signature,
  };
}
