import { mediaTypes } from '../../../shared/model/media-types.ts';
import { CborMap, CborTag, type CborValue } from '../codec/cbor-value.ts';
import { toCbor } from '../codec/cbor-writer.ts';
import { toGoJson, toSortedMap, type GoJsonValue } from '../codec/go-text.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { coseAlgorithms, coseLabel, coseSign1, epochTimeTag, toSignedBytes } from './cose-format.ts';
import type { EnvelopeContent, SignatureAlgorithm, Signer } from './envelope.ts';
import { attributeNames } from './envelope-rules.ts';

/** Members in the order of the reference's own structure, which is not that of its JWS payload. Plugins are given this one for either format. */
export function toPayload({ target }: Pick<EnvelopeContent, 'target'>): Uint8Array {
  const annotations = toSortedMap(target.annotations ?? {});
  const members: (readonly [string, GoJsonValue])[] = [
    ['mediaType', target.mediaType],
    ['digest', target.digest],
    ['size', target.size],
  ];
  if (annotations.size > 0) members.push(['annotations', annotations]);
  return toUtf8(toGoJson(new Map([['targetArtifact', new Map(members)]])));
}

function toTime(moment: Date): CborTag {
  return new CborTag(epochTimeTag, Math.floor(moment.getTime() / 1000));
}

function toProtectedHeader(content: EnvelopeContent, algorithm: SignatureAlgorithm): Uint8Array {
  const { expiry, signingTime, extendedAttributes = [] } = content;
  const critical = [
    attributeNames.signingScheme,
    ...(expiry ? [attributeNames.expiry] : []),
    ...extendedAttributes.filter((attribute) => attribute.critical).map(({ name }) => name),
  ];
  const header: [CborValue, CborValue][] = [
    [coseLabel.algorithm, coseAlgorithms[algorithm]],
    [coseLabel.critical, critical],
    [coseLabel.contentType, mediaTypes.notaryPayload],
    [attributeNames.signingScheme, 'notary.x509'],
    [attributeNames.signingTime, toTime(signingTime)],
    ...extendedAttributes.map(({ name, value }): [CborValue, CborValue] => [name, value]),
  ];
  if (expiry) header.push([attributeNames.expiry, toTime(expiry)]);
  return toCbor(new CborMap(header));
}

/**
 * A COSE envelope of scheme `notary.x509`: COSE_Sign1 with its tag and in deterministic encoding, byte for byte in the form the
 * reference produces. Signature specification, signature-envelope-cose.md.
 */
export async function encodeCose(content: EnvelopeContent, signer: Signer, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const payload = toPayload(content);
  const protectedBytes = toProtectedHeader(content, signer.algorithm);
  const signature = await signer.sign(toSignedBytes(protectedBytes, payload), signal);
  signal.throwIfAborted();
  const token = await content.timestamp?.(signature, signal);
  signal.throwIfAborted();
  const unprotected = new CborMap([
    [coseLabel.chain, content.chain.map((certificate) => certificate.raw)],
    [attributeNames.signingAgent, content.signingAgent],
    ...(token ? [[attributeNames.timestampToken, token] as const] : []),
  ]);
  return toCbor(new CborTag(coseSign1.tag, [protectedBytes, unprotected, payload, signature]));
}
