import type { KeyObject } from 'node:crypto';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';

export type SignatureAlgorithm = 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512';
export type SigningScheme = 'notary.x509' | 'notary.x509.signingAuthority';

/** A header as decoded; `value` is what the envelope holds, text or number or anything JSON or CBOR can say. */
export interface Header {
  readonly name: string;
  readonly value: unknown;
  readonly critical: boolean;
  /** Of a COSE header whose label is an integer; plugins are never told of those. */
  readonly integerLabel?: number;
}

/**
 * A signature envelope after strict decoding. Nothing in it is trusted until integrity has been checked.
 * Times keep their fraction to the millisecond; Inkan signs whole seconds.
 */
export interface DecodedEnvelope {
  readonly format: SignatureFormat;
  readonly algorithm: SignatureAlgorithm;
  readonly protectedHeaders: readonly Header[];
  readonly unprotectedHeaders: readonly Header[];
  readonly signingScheme: SigningScheme;
  readonly signingTime?: Date;
  readonly authenticSigningTime?: Date;
  readonly expiry?: Date;
  readonly signingAgent?: string;
  /** DER of the RFC 3161 token, undecoded. */
  readonly timestampToken?: Uint8Array;
  /** Protected attributes beyond the specification's own; critical ones must be known to someone (rule O-01). */
  readonly extendedAttributes: readonly Header[];
  /** Leaf first. */
  readonly chain: readonly ParsedCertificate[];
  readonly payload: Uint8Array;
  /** The payload's `targetArtifact`. */
  readonly target: Descriptor;
  /** The bytes that were signed, as received, and the signature over them. */
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a protected header says. */
export type ProtectedHeader = Pick<
  DecodedEnvelope,
  | 'algorithm'
  | 'protectedHeaders'
  | 'signingScheme'
  | 'signingTime'
  | 'authenticSigningTime'
  | 'expiry'
  | 'extendedAttributes'
>;

/** What a signer puts into an envelope. */
export interface EnvelopeContent {
  readonly target: Descriptor;
  readonly signingTime: Date;
  readonly expiry?: Date;
  readonly signingAgent: string;
  readonly chain: readonly ParsedCertificate[];
  /** Obtains the DER of an RFC 3161 token over the signature value, once that is made; absent: no timestamp. */
  readonly timestamp?: (signature: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;
  /** More that is signed along with the target; names beyond the specification's own. */
  readonly extendedAttributes?: readonly {
    readonly name: string;
    readonly value: string;
    readonly critical: boolean;
  }[];
}

/** Signs bytes with a key that stays where it is: in a file, or behind a plugin. Gives raw `r‖s` for ECDSA, PSS with salt = digest length for RSA. */
export interface Signer {
  readonly algorithm: SignatureAlgorithm;
  /** Leaf first. Behind a plugin it comes with each signature: empty before the first, so read it after signing. */
  readonly chain: readonly ParsedCertificate[];
  /** `<name>/<version>` of the plugin that signs, for the signing agent. */
  readonly agent?: string;
  /** The key itself, when it is in this process: lets jose sign a JWS. It never leaves the domain. */
  readonly privateKey?: KeyObject;
  sign(bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
}

/** Gets whole envelopes from a plugin, which decides about everything in them but the payload. */
export interface EnvelopeSigner {
  /** @param expirySeconds - 0: the signature never expires */
  generateEnvelope(
    format: SignatureFormat,
    payload: Uint8Array,
    expirySeconds: number,
    signal: AbortSignal,
  ): Promise<{ readonly envelope: Uint8Array; readonly annotations: Readonly<Record<string, string>> }>;
}
