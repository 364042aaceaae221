import { constants, sign } from 'node:crypto';
import { CborMap, CborTag, type CborValue } from '../domain/codec/cbor-value.ts';
import { toCbor } from '../domain/codec/cbor-writer.ts';
import { coseAlgorithms, toSignedBytes } from '../domain/envelope/cose-format.ts';
import { signatureAlgorithmOf } from '../domain/x509/key-algorithm.ts';
import type { TestChain } from './chain-factory.ts';
import { digestOfA } from './jws-forge.ts';

export type Entries = readonly (readonly [key: CborValue, value: CborValue | undefined])[];
/** The four members of COSE_Sign1. */
export type CoseParts = readonly [CborValue, CborValue, CborValue, CborValue];

/** What the forger may choose; the signature is made over whatever comes out, with the leaf's key. */
export interface CoseForgery {
  /** Laid over the right protected header; undefined values are left out. */
  readonly header?: Entries;
  /** Or the header's bytes. */
  readonly headerBytes?: Uint8Array;
  /** Laid over the right unprotected header. */
  readonly unprotected?: Entries;
  readonly payload?: string | Uint8Array;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363' | 'der';
  /** Changes the members once they are signed. */
  readonly change?: (parts: CoseParts) => readonly CborValue[];
}

export const cosePayloadText = `{"targetArtifact":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"${digestOfA}","size":528}}`;

/** A moment as a COSE envelope holds it. */
export function coseTime(text: string): CborTag {
  return new CborTag(1, new Date(text).getTime() / 1000);
}

/** The protected header that belongs to an algorithm, with a signing time in 2026. */
export function coseHeaderFor(algorithm: number): Entries {
  return [
    [1, algorithm],
    [2, ['io.cncf.notary.signingScheme']],
    [3, 'application/vnd.cncf.notary.payload.v1+json'],
    ['io.cncf.notary.signingScheme', 'notary.x509'],
    ['io.cncf.notary.signingTime', coseTime('2026-11-23T07:45:11Z')],
  ];
}

function layOver(right: Entries, changes: Entries = []): CborMap {
  const kept = right.filter(([key]) => !changes.some(([changed]) => changed === key));
  return new CborMap([...kept, ...changes].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function signBytes(chain: TestChain, bytes: Uint8Array, forgery: CoseForgery): Uint8Array {
  const { privateKey: key } = chain;
  const { saltLength = constants.RSA_PSS_SALTLEN_DIGEST, dsaEncoding = 'ieee-p1363' } = forgery;
  const options =
    key.asymmetricKeyType === 'rsa'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
      : { key, dsaEncoding };
  return sign(`sha${(signatureAlgorithmOf(key) ?? 'ES256').slice(2)}`, bytes, options);
}

/** The members of a COSE envelope whose signature holds, with whatever is wrong about it. */
export function forgeCoseParts(chain: TestChain, forgery: CoseForgery = {}): CoseParts {
  const algorithm = coseAlgorithms[signatureAlgorithmOf(chain.privateKey) ?? 'ES256'];
  const protectedBytes = forgery.headerBytes ?? toCbor(layOver(coseHeaderFor(algorithm), forgery.header));
  const payload = Buffer.from(forgery.payload ?? cosePayloadText);
  const unprotected = layOver(
    [
      [33, chain.ders.map((der) => new Uint8Array(der))],
      ['io.cncf.notary.signingAgent', 'forge/1.0'],
    ],
    forgery.unprotected,
  );
  return [protectedBytes, unprotected, payload, signBytes(chain, toSignedBytes(protectedBytes, payload), forgery)];
}

/** The same, encoded. */
export function forgeCose(chain: TestChain, forgery: CoseForgery = {}): Uint8Array {
  const parts = forgeCoseParts(chain, forgery);
  return toCbor(new CborTag(18, forgery.change?.(parts) ?? parts));
}
