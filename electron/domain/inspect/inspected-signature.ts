import type { Digest } from '../../../shared/model/digest.ts';
import { algorithmNames } from '../envelope/algorithm-names.ts';
import type { DecodedEnvelope, Header } from '../envelope/envelope.ts';
import { attributeNames } from '../envelope/envelope-rules.ts';
import { toFineTime } from '../timestamp/timestamp-model.ts';
import { TimestampFault } from '../timestamp/timestamp-fault.ts';
import { parseTimestampToken } from '../timestamp/signed-data.ts';
import { parseTstInfo } from '../timestamp/tst-info.ts';
import { accuracyOf, checkAbout } from '../timestamp/verify-token.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toGoSprint } from './go-sprint.ts';
import { toGoTime, toLocalGoTime, type GoTime } from './go-time.ts';

/** A time stamp as the reference shows it: its range and the token's certificates, or why it could not be read. */
export type InspectedTimestamp =
  | { readonly range: readonly [GoTime, GoTime]; readonly certificates: readonly ParsedCertificate[] }
  | { readonly error: string };

/** What `notation inspect` tells of one signature, before it is written in either form. */
export interface InspectedSignature {
  readonly digest: Digest;
  readonly envelopeType: string;
  readonly algorithm: string;
  readonly contentType: string;
  readonly signingScheme: string;
  readonly signingTime: GoTime;
  readonly expiry?: GoTime;
  /** Names and values as Go prints them. */
  readonly extendedAttributes: readonly (readonly [name: string, value: string])[];
  /** Undefined when the payload has none, which is not the same as an empty set. */
  readonly userMetadata?: Readonly<Record<string, string>>;
  readonly signingAgent?: string;
  readonly timestamp?: InspectedTimestamp;
  readonly certificates: readonly ParsedCertificate[];
  readonly target: DecodedEnvelope['target'];
}

/** A time as the envelope has it: in the zone that was signed for JWS, in this machine's for COSE, which stores none. */
function timeOf(headers: readonly Header[], name: string, moment: Date, format: DecodedEnvelope['format']): GoTime {
  const written = headers.find((header) => header.name === name)?.value;
  return format === 'jws' && typeof written === 'string' ? toGoTime(written) : toLocalGoTime(moment);
}

function inspectTimestamp(token: Uint8Array, signature: Uint8Array): InspectedTimestamp {
  try {
    const { content, certificates } = parseTimestampToken(token);
    const info = parseTstInfo(content);
    checkAbout({ info }, signature);
    const accuracy = accuracyOf(info);
    const range = [info.genTimeNs - accuracy, info.genTimeNs + accuracy].map((ns) => toGoTime(toFineTime(ns)));
    return { range: range as [GoTime, GoTime], certificates };
  } catch (error) {
    if (error instanceof TimestampFault)
      return { error: `failed to parse timestamp countersignature: ${error.message}` };
    throw error;
  }
}

/** What the reference's inspection tells of an envelope; whether its signature value is right is not asked. */
export function inspectSignature(digest: Digest, envelopeType: string, envelope: DecodedEnvelope): InspectedSignature {
  const { format, protectedHeaders, expiry, timestampToken, signingAgent, target } = envelope;
  const { signingTime, authenticSigningTime } = attributeNames;
  const isAuthority = envelope.signingScheme === 'notary.x509.signingAuthority';
  const signed = envelope.signingTime ?? envelope.authenticSigningTime ?? new Date(0);
  const timeName = isAuthority ? authenticSigningTime : signingTime;
  const timestamp = timestampToken && inspectTimestamp(timestampToken, envelope.signature);
  return {
    digest,
    envelopeType,
    algorithm: algorithmNames[envelope.algorithm],
    contentType: 'application/vnd.cncf.notary.payload.v1+json',
    signingScheme: envelope.signingScheme,
    signingTime: timeOf(protectedHeaders, timeName, signed, format),
    ...(expiry && { expiry: timeOf(protectedHeaders, attributeNames.expiry, expiry, format) }),
    extendedAttributes: envelope.extendedAttributes.map(({ name, value, integerLabel }) => [
      integerLabel === undefined ? name : String(integerLabel),
      toGoSprint(value),
    ]),
    ...(target.annotations && { userMetadata: target.annotations }),
    ...(signingAgent !== undefined && { signingAgent }),
    ...(timestamp && { timestamp }),
    certificates: envelope.chain,
    target,
  };
}
