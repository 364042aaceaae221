import type { SignatureOutcome } from '../../shared/model/verification.ts';

/** What the allowlist calls a difference, by a part of the sentence that Inkan refuses the envelope with. */
const kinds: readonly (readonly [part: string, id: string])[] = [
  ['duplicate member', 'member twice'],
  ['must be written', 'member in other letters'],
  ['half a surrogate pair', 'half a surrogate pair'],
  ['not valid UTF-8', 'not UTF-8'],
  ['illegal base64', 'loose base64'],
  ['"b64" header', 'b64'],
  ['is not a time', 'no real time'],
  ['expiry cannot be equal or before the signing time', 'no real time'],
  ['these required headers are not marked as critical: [io.cncf.notary.expiry]', 'no real time'],
  ['fatal.unknownCritical', 'unknown critical attribute'],
  ['only the flattened JWS', 'both serializations'],
  ['header is marked critical but not present', 'critical twice'],
  ['crypto/rsa: verification error', 'salt length'],
  ['not a whole number of seconds', 'no whole seconds'],
  ['not in the years 1 to 9999', 'time beyond the year 9999'],
  ['too many values', 'too many values'],
  ['starts with a byte order mark', 'byte order mark'],
];

/** The name of a difference for an envelope that Inkan refuses, with this sentence, and the reference takes. */
export function differenceOf(fault: string): string {
  const kind = kinds.find(([part]) => fault.includes(part))?.[1];
  return `envelope: ${kind ?? fault}`;
}

/** Why Inkan refuses: the first check that failed, or what is fatal at every level. */
export function faultOfOutcome(outcome: SignatureOutcome | undefined): string {
  const failed = outcome?.checks.find(({ result }) => result === 'failed' || result === 'inconclusive');
  const reason = failed?.reason ?? outcome?.fatal[0];
  return reason?.message ?? reason?.code ?? '';
}

/** Whether a leaf is refused for its base64 only: its fault does not tell. */
export function hasLooseLeaf(envelope: Uint8Array): boolean {
  const { header } = JSON.parse(new TextDecoder().decode(envelope)) as { header?: { x5c?: readonly unknown[] } };
  const leaf = header?.x5c?.[0];
  return typeof leaf === 'string' && Buffer.from(leaf, 'base64').toString('base64') !== leaf;
}
