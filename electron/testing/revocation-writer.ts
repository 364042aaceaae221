import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { ParsedCertificate } from '../domain/x509/parsed-certificate.ts';
import { der, derBitString, derInteger, derNull, derOid, derSequence, derTime } from '../domain/x509/der-writer.ts';
import { derExtension } from './chain-factory.ts';

const hourMs = 3_600_000;
const ecdsaWithSha256 = derSequence(derOid('1.2.840.10045.4.3.2'));
const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  md5: '1.2.840.113549.2.5',
} as const;

/** GeneralizedTime, whatever the year. */
export function derGeneralized(moment: Date): Uint8Array {
  return der(0x18, Buffer.from(`${moment.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));
}

/** Everything that can be turned on an OCSP response. */
export interface OcspShape {
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: Date;
  readonly serialNumber?: string;
  /** Whom the response says the issuer is. */
  readonly about?: ParsedCertificate;
  readonly hash?: keyof typeof hashOids;
  readonly thisUpdate?: Date;
  /** Null: left out. */
  readonly nextUpdate?: Date | null;
  readonly extensions?: readonly Uint8Array[];
  /** Whose key signs it; its certificate comes along where one is given. */
  readonly signer?: { readonly privateKey: KeyObject; readonly der?: Uint8Array };
}

/** The response of an issuer to a question about a certificate. Only EC keys sign. */
export function writeOcspResponse(
  certificate: ParsedCertificate,
  issuer: { readonly certificate: ParsedCertificate; readonly privateKey: KeyObject },
  shape: OcspShape = {},
): Uint8Array {
  const { status = 'good', hash = 'sha1', signer = { privateKey: issuer.privateKey }, extensions = [] } = shape;
  const about = shape.about ?? issuer.certificate;
  const spki = createPublicKey(about.publicKey.export({ type: 'spki', format: 'pem' })).export({
    type: 'spki',
    format: 'der',
  });
  const digest = (content: Uint8Array): Uint8Array => der(0x04, createHash(hash).update(content).digest());
  // An EC key of the P-256 curve is a point of 65 bytes at the end.
  const id = derSequence(
    derSequence(derOid(hashOids[hash]), derNull()),
    digest(about.rawSubject),
    digest(spki.subarray(-65)),
    derInteger(Buffer.from(shape.serialNumber ?? certificate.serialNumber, 'hex')),
  );
  const states = {
    good: der(0x80),
    revoked: der(0xa1, derGeneralized(shape.revokedAt ?? new Date(Date.now() - hourMs))),
    unknown: der(0x82),
  };
  const nextUpdate = shape.nextUpdate === undefined ? new Date(Date.now() + hourMs) : shape.nextUpdate;
  const data = derSequence(
    der(0xa1, about.rawSubject),
    derGeneralized(new Date()),
    derSequence(
      derSequence(
        id,
        states[status],
        derGeneralized(shape.thisUpdate ?? new Date(Date.now() - hourMs)),
        ...(nextUpdate ? [der(0xa0, derGeneralized(nextUpdate))] : []),
        ...(extensions.length > 0 ? [der(0xa1, derSequence(...extensions))] : []),
      ),
    ),
  );
  const basic = derSequence(
    data,
    ecdsaWithSha256,
    derBitString(sign('sha256', data, signer.privateKey)),
    ...(signer.der ? [der(0xa0, derSequence(signer.der))] : []),
  );
  const bytes = derSequence(derOid('1.3.6.1.5.5.7.48.1.1'), der(0x04, basic));
  return derSequence(der(0x0a, Uint8Array.of(0)), der(0xa0, bytes));
}

/** A refusal of an OCSP server: 1 malformed, 2 internal, 3 try later, 5 signature required, 6 unauthorized. */
export function writeOcspRefusal(status: number): Uint8Array {
  return derSequence(der(0x0a, Uint8Array.of(status)));
}

/** An entry of a list. */
export interface CrlEntryShape {
  readonly serialNumber: string;
  readonly revokedAt?: Date;
  readonly reason?: number;
  readonly invalidityDate?: Date;
  readonly extensions?: readonly Uint8Array[];
}

/** Everything that can be turned on a list. */
export interface CrlShape {
  readonly entries?: readonly CrlEntryShape[];
  /** Null: left out. */
  readonly number?: number | null;
  /** Makes it a delta to this base or a later one. */
  readonly deltaFrom?: number;
  readonly thisUpdate?: Date;
  /** Null: left out. */
  readonly nextUpdate?: Date | null;
  readonly deltaUrls?: readonly string[];
  readonly extensions?: readonly Uint8Array[];
  /** DER of the entries instead of `entries`. */
  readonly rawEntries?: Uint8Array;
  readonly version?: number;
}

function writeEntry({ serialNumber, revokedAt, reason, invalidityDate, extensions = [] }: CrlEntryShape): Uint8Array {
  const all = [
    ...(reason === undefined ? [] : [derExtension('2.5.29.21', false, der(0x0a, Uint8Array.of(reason)))]),
    ...(invalidityDate ? [derExtension('2.5.29.24', false, derGeneralized(invalidityDate))] : []),
    ...extensions,
  ];
  return derSequence(
    derInteger(Buffer.from(serialNumber, 'hex')),
    derTime(revokedAt ?? new Date(Date.now() - hourMs)),
    ...(all.length > 0 ? [derSequence(...all)] : []),
  );
}

/** A list signed by an issuer with an EC key. */
export function writeCrl(
  issuer: { readonly certificate: ParsedCertificate; readonly privateKey: KeyObject },
  shape: CrlShape = {},
): Uint8Array {
  const { entries = [], number = 1, deltaFrom, deltaUrls = [], extensions = [], version = 1 } = shape;
  const nextUpdate = shape.nextUpdate === undefined ? new Date(Date.now() + hourMs) : shape.nextUpdate;
  const list = shape.rawEntries ? der(0x30, shape.rawEntries) : derSequence(...entries.map(writeEntry));
  const points = deltaUrls.map((url) => derSequence(der(0xa0, der(0xa0, der(0x86, Buffer.from(url))))));
  const all = [
    ...(number === null ? [] : [derExtension('2.5.29.20', false, derInteger(Uint8Array.of(number)))]),
    ...(deltaFrom === undefined ? [] : [derExtension('2.5.29.27', true, derInteger(Uint8Array.of(deltaFrom)))]),
    ...(points.length > 0 ? [derExtension('2.5.29.46', false, derSequence(...points))] : []),
    ...extensions,
  ];
  const covered = derSequence(
    derInteger(Uint8Array.of(version)),
    ecdsaWithSha256,
    issuer.certificate.rawSubject,
    derTime(shape.thisUpdate ?? new Date(Date.now() - hourMs)),
    ...(nextUpdate ? [derTime(nextUpdate)] : []),
    ...(entries.length > 0 || shape.rawEntries ? [list] : []),
    der(0xa0, derSequence(...all)),
  );
  return derSequence(covered, ecdsaWithSha256, derBitString(sign('sha256', covered, issuer.privateKey)));
}
