import { constants, sign } from 'node:crypto';
import { signatureAlgorithmOf } from '../domain/x509/key-algorithm.ts';
import type { TestChain } from './chain-factory.ts';

/** The members of a flattened JWS as they will be written. */
export interface JwsParts {
  readonly payload: string;
  readonly protected: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

/** What the forger may choose; the signature is made over whatever comes out, with the leaf's key. */
export interface JwsForgery {
  /** Members laid over the right protected header; undefined ones are left out. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Or the header's whole text. */
  readonly headerText?: string;
  readonly payloadText?: string | Uint8Array;
  /** Encodes payload and header; for what is not quite base64url. */
  readonly encode?: (bytes: Uint8Array) => string;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363' | 'der';
}

export const digestOfA = `sha256:${'a'.repeat(64)}`;
/** The payload that forgeries carry unless they bring their own. */
export const payloadText = `{"targetArtifact":{"digest":"${digestOfA}","mediaType":"application/vnd.oci.image.manifest.v1+json","size":528}}`;

/** The protected header that belongs to an algorithm, with a signing time in 2026. */
export function headerFor(algorithm: string): Record<string, unknown> {
  return {
    alg: algorithm,
    crit: ['io.cncf.notary.signingScheme'],
    cty: 'application/vnd.cncf.notary.payload.v1+json',
    'io.cncf.notary.signingScheme': 'notary.x509',
    'io.cncf.notary.signingTime': '2026-11-23T07:45:11Z',
  };
}

function signInput(chain: TestChain, input: string, forgery: JwsForgery): string {
  const { privateKey: key } = chain;
  const hash = `sha${(signatureAlgorithmOf(key) ?? 'ES256').slice(2)}`;
  const { saltLength = constants.RSA_PSS_SALTLEN_DIGEST, dsaEncoding = 'ieee-p1363' } = forgery;
  const options =
    key.asymmetricKeyType === 'rsa'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
      : { key, dsaEncoding };
  return sign(hash, Buffer.from(input), options).toString('base64url');
}

/** A JWS whose signature holds, with whatever is wrong about it. */
export function forgeJws(chain: TestChain, forgery: JwsForgery = {}): JwsParts {
  const encode = forgery.encode ?? ((bytes) => Buffer.from(bytes).toString('base64url'));
  const headerText =
    forgery.headerText ??
    JSON.stringify({ ...headerFor(signatureAlgorithmOf(chain.privateKey) ?? 'ES256'), ...forgery.header });
  const header = encode(Buffer.from(headerText));
  const payload = encode(Buffer.from(forgery.payloadText ?? payloadText));
  return {
    payload,
    protected: header,
    header: {
      x5c: chain.ders.map((der) => Buffer.from(der).toString('base64')),
      'io.cncf.notary.signingAgent': 'forge/1.0',
    },
    signature: signInput(chain, `${header}.${payload}`, forgery),
  };
}
