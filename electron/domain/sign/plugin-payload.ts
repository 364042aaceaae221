import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isJsonObject, memberOf, parseStrictJson } from '../codec/strict-json.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';

/** Members that a descriptor may have (image specification, "Properties"). */
const knownMembers = ['mediaType', 'digest', 'size', 'urls', 'annotations', 'data', 'platform', 'artifactType'];
const maxPayloadBytes = 4_194_304;

function unknownMembers(payload: Uint8Array): readonly string[] {
  const content = parseStrictJson(payload, { maxBytes: maxPayloadBytes });
  if (!isJsonObject(content)) return [];
  const target = memberOf(content, 'targetArtifact');
  const ofTarget = isJsonObject(target) ? Object.keys(target).filter((name) => !knownMembers.includes(name)) : [];
  return [...ofTarget, ...Object.keys(content).filter((name) => name !== 'targetArtifact')];
}

/**
 * Why a signed payload is not the one that was to be signed: another artifact, an annotation less or changed, or members that no
 * descriptor has. More annotations are a plugin's right (plugin extensibility specification, "generate-envelope").
 */
export function payloadFault({ target: signed, payload }: DecodedEnvelope, wanted: Descriptor): string | undefined {
  const isSame =
    signed.mediaType === wanted.mediaType && signed.digest === wanted.digest && signed.size === wanted.size;
  if (!isSame) return 'the signed descriptor is not the one that was to be signed';
  const kept = signed.annotations ?? {};
  const lost = Object.entries(wanted.annotations ?? {}).find(
    ([key, value]) => !Object.hasOwn(kept, key) || kept[key] !== value,
  );
  if (lost !== undefined) return `the signed descriptor lacks the annotation ${JSON.stringify(lost[0].slice(0, 200))}`;
  const unknown = unknownMembers(payload);
  if (unknown.length === 0) return undefined;
  return `unknown attributes were added to the signed descriptor: ${JSON.stringify(unknown.slice(0, 10)).slice(0, 500)}`;
}
