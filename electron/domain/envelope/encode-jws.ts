import { FlattenedSign } from 'jose';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { parseBase64Url, toBase64, toBase64Url } from '../codec/base64.ts';
import { toGoJson, toSortedMap, type GoJsonValue } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { toUtf8 } from '../codec/utf8.ts';
import type { EnvelopeContent, Signer } from './envelope.ts';
import { jwsHeader, jwsUnprotectedHeader } from './jws-format.ts';

/** Members in alphabetical order, as the reference's round trip through a generic map leaves them. */
function toPayload({ target }: EnvelopeContent): string {
  const annotations = toSortedMap(target.annotations ?? {});
  const members: (readonly [string, GoJsonValue])[] = [
    ['digest', target.digest],
    ['mediaType', target.mediaType],
    ['size', target.size],
  ];
  if (annotations.size > 0) members.unshift(['annotations', annotations]);
  return toGoJson(new Map([['targetArtifact', new Map(members)]]));
}

/** Alphabetical too. None of the specification's own values holds a character that Go would escape, so jose's JSON is the reference's JSON. */
function toProtectedHeader(content: EnvelopeContent, algorithm: string): Record<string, string | string[]> {
  const { expiry, signingTime, extendedAttributes = [] } = content;
  const header: [string, string | string[]][] = [
    [jwsHeader.algorithm, algorithm],
    [jwsHeader.critical, toCritical(content)],
    [jwsHeader.contentType, mediaTypes.notaryPayload],
    [jwsHeader.signingScheme, 'notary.x509'],
    [jwsHeader.signingTime, toRfc3339(signingTime)],
    ...extendedAttributes.map(({ name, value }): [string, string] => [name, value]),
  ];
  if (expiry) header.push([jwsHeader.expiry, toRfc3339(expiry)]);
  return Object.fromEntries(header.sort(([left], [right]) => Buffer.compare(toUtf8(left), toUtf8(right))));
}

function toCritical({ expiry, extendedAttributes = [] }: EnvelopeContent): string[] {
  const extended = extendedAttributes.filter(({ critical }) => critical).map(({ name }) => name);
  return [jwsHeader.signingScheme, ...extended, ...(expiry ? [jwsHeader.expiry] : [])];
}

/** jose where the key is at hand; where it is not (jose wants the key itself), the signing input of RFC 7515, section 5.1, goes to the signer. */
async function signParts(
  header: Record<string, string | string[]>,
  payload: Uint8Array,
  signer: Signer,
  signal: AbortSignal,
): Promise<{ encodedHeader: string; signature: string }> {
  if (signer.privateKey) {
    const critical = header[jwsHeader.critical] as string[];
    const jws = await new FlattenedSign(payload)
      .setProtectedHeader(header)
      .sign(signer.privateKey, { crit: Object.fromEntries(critical.map((name) => [name, true])) });
    return { encodedHeader: jws.protected ?? '', signature: jws.signature };
  }
  const encodedHeader = toBase64Url(toUtf8(JSON.stringify(header)));
  const signature = await signer.sign(toUtf8(`${encodedHeader}.${toBase64Url(payload)}`), signal);
  return { encodedHeader, signature: toBase64Url(signature) };
}

/**
 * A JWS envelope of scheme `notary.x509`, byte for byte in the form the reference produces, with times in UTC.
 * Signature specification, signature-envelope-jws.md.
 */
export async function encodeJws(content: EnvelopeContent, signer: Signer, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const payload = toUtf8(toPayload(content));
  const { encodedHeader, signature } = await signParts(
    toProtectedHeader(content, signer.algorithm),
    payload,
    signer,
    signal,
  );
  signal.throwIfAborted();
  const token = await content.timestamp?.(parseBase64Url(signature), signal);
  signal.throwIfAborted();
  const unprotected = new Map<string, GoJsonValue>([
    ...(token ? [[jwsUnprotectedHeader.timestampToken, toBase64(token)] as const] : []),
    [jwsUnprotectedHeader.chain, content.chain.map((certificate) => toBase64(certificate.raw))],
    [jwsUnprotectedHeader.signingAgent, content.signingAgent],
  ]);
  const envelope = new Map<string, GoJsonValue>([
    ['payload', toBase64Url(payload)],
    ['protected', encodedHeader],
    ['header', unprotected],
    ['signature', signature],
  ]);
  return toUtf8(toGoJson(envelope));
}
