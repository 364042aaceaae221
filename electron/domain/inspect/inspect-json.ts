import { toGoJsonIndented, toSortedMap, type GoJsonValue } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import type { InspectedSignature, InspectedTimestamp } from './inspected-signature.ts';

type Members = readonly (readonly [name: string, value: GoJsonValue])[];

/** In the order of the bytes of their names, as Go writes a map. */
function toMap(members: Members): ReadonlyMap<string, GoJsonValue> {
  return new Map(members.toSorted(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
}

function toCertificates(chain: readonly ParsedCertificate[]): GoJsonValue {
  return chain.map(
    ({ sha256, subject, issuer, notAfter }) =>
      new Map([
        ['SHA256Fingerprint', sha256],
        ['issuedTo', subject],
        ['issuedBy', issuer],
        ['expiry', toRfc3339(notAfter)],
      ]),
  );
}

function toTimestamp(timestamp: InspectedTimestamp): GoJsonValue {
  if ('error' in timestamp) return new Map([['error', timestamp.error]]);
  const [earliest, latest] = timestamp.range;
  const members: Members = [
    ['timestamp', `[${earliest.rfc3339}, ${latest.rfc3339}]`],
    ...(timestamp.certificates.length > 0 ? [['certificates', toCertificates(timestamp.certificates)] as const] : []),
  ];
  return new Map(members);
}

function toMembers(signature: InspectedSignature): Members {
  const { expiry, signingAgent, timestamp, userMetadata, target } = signature;
  const signed: Members = [
    ['contentType', signature.contentType],
    ['signingScheme', signature.signingScheme],
    ['signingTime', signature.signingTime.rfc3339],
    ...(expiry ? [['expiry', expiry.rfc3339] as const] : []),
    ...signature.extendedAttributes,
  ];
  const unsigned: Members = [
    ...(signingAgent === undefined ? [] : [['signingAgent', signingAgent] as const]),
    ...(timestamp ? [['timestampSignature', toTimestamp(timestamp)] as const] : []),
  ];
  return [
    ['signatureAlgorithm', signature.algorithm],
    ['signatureEnvelopeType', signature.envelopeType],
    ['signedAttributes', toMap(signed)],
    ['userDefinedAttributes', userMetadata ? toSortedMap(userMetadata) : null],
    ['unsignedAttributes', toMap(unsigned)],
    ['certificates', toCertificates(signature.certificates)],
    [
      'signedArtifact',
      new Map<string, GoJsonValue>([
        ['mediaType', target.mediaType],
        ['digest', target.digest],
        ['size', target.size],
      ]),
    ],
  ];
}

/** What `notation inspect -o json` prints, byte for byte. @param mediaType of the artifact */
export function toInspectJson(mediaType: string, signatures: readonly InspectedSignature[]): string {
  const report = new Map<string, GoJsonValue>([
    ['mediaType', mediaType],
    ['signatures', signatures.map((signature) => new Map([['digest', signature.digest], ...toMembers(signature)]))],
  ]);
  return `${toGoJsonIndented(report)}\n`;
}

/** What `notation blob inspect -o json` prints of a signature file, byte for byte. */
export function toInspectFileJson(signature: InspectedSignature): string {
  return `${toGoJsonIndented(new Map(toMembers(signature)))}\n`;
}
