import { CborMap, type CborValue } from '../codec/cbor-value.ts';
import { parseStrictCbor } from '../codec/strict-cbor.ts';
import { signatureAlgorithmOf } from '../x509/key-algorithm.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { coseLabel, coseSign1, toSignedBytes } from './cose-format.ts';
import { checkHeaderMap, toHeader } from './cose-header-map.ts';
import { parseCoseProtectedHeader } from './cose-protected-header.ts';
import type { DecodedEnvelope } from './envelope.ts';
import { attributeNames, decodeField, malformed, maxEnvelopeBytes, parseChain } from './envelope-rules.ts';
import { parsePayload } from './payload.ts';

interface CoseParts {
  readonly protectedBytes: Uint8Array;
  readonly unprotected: CborMap;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** A byte string, or the absence that COSE writes as null. */
function toBytes(value: CborValue | undefined, field: string): Uint8Array | undefined {
  if (value === null) return undefined;
  if (value instanceof Uint8Array) return value;
  throw malformed('cbor: require bstr type', field);
}

/** COSE_Sign1 with its tag (RFC 9052, section 4.2). No tag stands in it but in the protected header, which is bytes here. */
function parseParts(bytes: Uint8Array): CoseParts {
  if (!coseSign1.prefix.every((byte, index) => bytes[index] === byte))
    throw malformed('cbor: invalid COSE_Sign1_Tagged object', 'envelope');
  const message = decodeField(
    'envelope',
    (fault) => `cbor: ${fault}`,
    () => parseStrictCbor(bytes.subarray(1), { maxBytes: maxEnvelopeBytes, tags: false }),
  ) as readonly CborValue[];
  const protectedBytes = toBytes(message[0], 'protected');
  const unprotected = message[1];
  const payload = toBytes(message[2], 'payload');
  const signature = toBytes(message[3], 'signature');
  if (signature === undefined || signature.length === 0) throw malformed('empty signature', 'signature');
  if (!protectedBytes) throw malformed('cbor: invalid protected header: cbor: nil protected header', 'protected');
  if (!(unprotected instanceof CborMap)) {
    throw malformed('cbor: invalid unprotected header: cbor: unprotected header: require map type', 'unprotected');
  }
  checkHeaderMap(unprotected, 'unprotected');
  if (!payload) throw malformed('signature is invalid. Error: missing payload', 'payload');
  return { protectedBytes, unprotected, payload, signature };
}

/** The chain is a list, even of one; a certificate that stands there alone is none for the reference. */
function parseX5chain(unprotected: CborMap): readonly ParsedCertificate[] {
  const field = 'x5chain';
  const value = unprotected.get(coseLabel.chain);
  const encoded = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  return parseChain(encoded, field, (certificate, where, position) => {
    if (certificate instanceof Uint8Array) return certificate;
    const isLeaf = position === 0;
    throw malformed(isLeaf ? 'COSE envelope malformed leaf certificate' : 'certificate chain is not present', where);
  });
}

/**
 * A COSE envelope, decoded strictly and judged by nobody: signature value, chain rules and trust are other questions. The bytes that
 * were signed are put together from the protected header and the payload as received, which are never written anew (rule V-38).
 * Signature specification, signature-envelope-cose.md.
 *
 * @throws AppError `envelope.malformed` with the reference's sentence where it has one
 */
export function decodeCose(bytes: Uint8Array): DecodedEnvelope {
  const { protectedBytes, unprotected, payload, signature } = parseParts(bytes);
  const chain = parseX5chain(unprotected);
  const ofKey = chain[0] && signatureAlgorithmOf(chain[0].publicKey);
  const protectedHeader = parseCoseProtectedHeader(protectedBytes, ofKey);
  const signingAgent = unprotected.get(attributeNames.signingAgent);
  const timestampToken = unprotected.get(attributeNames.timestampToken);
  return {
    format: 'cose',
    ...protectedHeader,
    unprotectedHeaders: unprotected.entries.map(([label, value]) => toHeader(label, value, false)),
    ...(typeof signingAgent === 'string' && signingAgent !== '' && { signingAgent }),
    ...(timestampToken instanceof Uint8Array && timestampToken.length > 0 && { timestampToken }),
    chain,
    payload,
    target: parsePayload(payload),
    signedBytes: toSignedBytes(protectedBytes, payload),
    signature,
  };
}
