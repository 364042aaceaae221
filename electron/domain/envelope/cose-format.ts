import { toCbor } from '../codec/cbor-writer.ts';
import type { SignatureAlgorithm } from './envelope.ts';

/** COSE_Sign1, tagged, as a list of four: all that the specification allows to stand first (signature-envelope-cose.md). */
export const coseSign1 = { tag: 18, prefix: [0xd2, 0x84] } as const;

/** Integer labels of header parameters (RFC 9052, section 3.1; RFC 9360, section 2). */
export const coseLabel = {
  algorithm: 1,
  critical: 2,
  contentType: 3,
  keyId: 4,
  iv: 5,
  partialIv: 6,
  counterSignature: 7,
  counterSignature0: 9,
  counterSignatureV2: 11,
  counterSignature0V2: 12,
  type: 16,
  chain: 33,
} as const;

/** Names of those that an envelope of ours has, as the registry of COSE gives them. */
export const coseLabelNames: ReadonlyMap<number, string> = new Map([
  [coseLabel.algorithm, 'alg'],
  [coseLabel.critical, 'crit'],
  [coseLabel.contentType, 'content type'],
  [coseLabel.keyId, 'kid'],
  [coseLabel.type, 'typ'],
  [coseLabel.chain, 'x5chain'],
]);

/** Numbers of the algorithms (RFC 9053, section 2.1; RFC 8230, section 2). */
export const coseAlgorithms: Readonly<Record<SignatureAlgorithm, number>> = {
  PS256: -37,
  PS384: -38,
  PS512: -39,
  ES256: -7,
  ES384: -35,
  ES512: -36,
};

/** The tag of a time in seconds since 1970 (RFC 8949, section 3.4.2). */
export const epochTimeTag = 1;

/** The bytes that are signed: the Sig_structure of RFC 9052, section 4.4, without external data. */
export function toSignedBytes(protectedBytes: Uint8Array, payload: Uint8Array): Uint8Array {
  return toCbor(['Signature1', protectedBytes, new Uint8Array(), payload]);
}
