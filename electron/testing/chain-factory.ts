import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { KeyAlgorithm } from '../../shared/model/signing-key.ts';
import { parseCertificate } from '../domain/x509/parse-certificate.ts';
import type { KeyUsageName, ParsedCertificate } from '../domain/x509/parsed-certificate.ts';
import { toPem } from '../domain/x509/pem.ts';
import {
  der,
  derBitString,
  derBoolean,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derTime,
} from '../domain/x509/der-writer.ts';

/** Keys that Notation signs with, and some that it must refuse. */
export type TestKeyKind = KeyAlgorithm | 'RSA-1024' | 'RSA-2047' | 'EC-224' | 'Ed25519';
export type TestHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
/** Attribute types by short name or OID; a value as text becomes a PrintableString or UTF8String, as DER it is taken as it is. */
export type TestName = readonly (readonly [type: string, value: string | Uint8Array])[];

/** Everything that can be turned on a certificate. Absent: as it should be. Null: left out. */
export interface CertificateShape {
  readonly subject?: TestName;
  /** Absent: the subject of whoever issues it. */
  readonly issuer?: TestName;
  readonly key?: TestKeyKind;
  /** DER of another public key than the one of `key`. */
  readonly publicKey?: Uint8Array;
  readonly version?: 1 | 2 | 3;
  readonly serialNumber?: Uint8Array;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly basicConstraints?: {
    readonly ca: boolean;
    readonly pathLength?: number;
    readonly critical?: boolean;
  } | null;
  readonly keyUsage?: { readonly usages: readonly KeyUsageName[]; readonly critical?: boolean } | null;
  readonly extendedKeyUsage?: { readonly oids: readonly string[]; readonly critical?: boolean } | null;
  readonly ocspUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  /** Whole extensions beside the others. */
  readonly extraExtensions?: readonly Uint8Array[];
  readonly hash?: TestHash;
  /** Who makes the signature value: the issuer, the certificate's own key, or a key that is nobody's. */
  readonly signedBy?: 'issuer' | 'self' | 'stranger';
}

/** A certificate and the key in it, able to issue others. */
export interface IssuedCertificate {
  readonly der: Uint8Array;
  readonly name: TestName;
  readonly privateKey: KeyObject;
}

export interface TestChainRequest {
  /** Of the leaf. Default EC-256. */
  readonly algorithm?: TestKeyKind;
  /** Certificates in the chain; 1 is a self-signed leaf. Default 2. */
  readonly length?: 1 | 2 | 3;
  readonly leaf?: CertificateShape;
  readonly intermediate?: CertificateShape;
  readonly root?: CertificateShape;
}

/** A chain, leaf first, and the leaf's key. */
export interface TestChain {
  readonly certificates: readonly ParsedCertificate[];
  readonly ders: readonly Uint8Array[];
  readonly privateKey: KeyObject;
  readonly keyPem: string;
  readonly chainPem: string;
}

const attributeOids: Readonly<Record<string, string>> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
};
const usageBits: readonly KeyUsageName[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];
const curves: Readonly<Record<string, string>> = {
  'EC-224': 'secp224r1',
  'EC-256': 'prime256v1',
  'EC-384': 'secp384r1',
  'EC-521': 'secp521r1',
};
const signatureOids: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rsa: {
    md5: '1.2.840.113549.1.1.4',
    sha1: '1.2.840.113549.1.1.5',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ec: {
    sha1: '1.2.840.10045.4.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
};
const aYearMs = 365 * 86_400_000;
const codeSigning = '1.3.6.1.5.5.7.3.3';
const keys = new Map<string, KeyObject>();
let serial = 0;

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** From its primes: BoringSSL makes keys of whole multiples of 128 bits only. */
function createOddRsaKey(bits: number): KeyObject {
  const prime = (size: number): bigint => generatePrimeSync(size, { bigint: true });
  const e = 65_537n;
  let [p, q] = [prime((bits + 1) >> 1), prime(bits >> 1)];
  while (p % e === 1n || q % e === 1n) [p, q] = [prime((bits + 1) >> 1), prime(bits >> 1)];
  const phi = (p - 1n) * (q - 1n);
  // e is a prime, so its inverse follows from Fermat's theorem: d = (1 + phi * k) / e, with k = -1 / phi modulo e.
  const k = e - modularPower(phi, e - 2n, e);
  const d = (1n + phi * k) / e;
  const toText = (value: bigint): string => {
    const hex = value.toString(16);
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
  };
  const key = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: modularPower(q, p - 2n, p) };
  const numbers = Object.fromEntries(Object.entries(key).map(([name, value]) => [name, toText(value)]));
  return createPrivateKey({ key: { kty: 'RSA', ...numbers }, format: 'jwk' });
}

function createKey(kind: TestKeyKind): KeyObject {
  if (kind === 'RSA-2047') return createOddRsaKey(2047);
  if (kind === 'Ed25519') return generateKeyPairSync('ed25519').privateKey;
  const namedCurve = curves[kind];
  if (namedCurve !== undefined) return generateKeyPairSync('ec', { namedCurve }).privateKey;
  return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) }).privateKey;
}

/** One key per kind and purpose for the whole run: making RSA keys is slow. */
export function testKey(kind: TestKeyKind, purpose: string): KeyObject {
  const id = `${kind} ${purpose}`;
  const key = keys.get(id) ?? createKey(kind);
  keys.set(id, key);
  return key;
}

/** The DER of a name. */
export function encodeName(name: TestName): Uint8Array {
  const toValue = (value: string | Uint8Array): Uint8Array => {
    if (typeof value !== 'string') return value;
    return der(/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? 0x13 : 0x0c, Buffer.from(value));
  };
  return derSequence(
    ...name.map(([type, value]) => der(0x31, derSequence(derOid(attributeOids[type] ?? type), toValue(value)))),
  );
}

/** One extension. */
export function derExtension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), der(0x04, value));
}

function encodeKeyUsage(usages: readonly KeyUsageName[]): Uint8Array {
  const bits = usages.map((usage) => usageBits.indexOf(usage));
  const last = Math.max(-1, ...bits);
  const bytes = new Uint8Array(Math.ceil((last + 1) / 8));
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return derBitString(bytes, last < 0 ? 0 : 7 - (last & 7));
}

function encodeExtensions(shape: CertificateShape): readonly Uint8Array[] {
  const { basicConstraints: basic, keyUsage: usage, extendedKeyUsage: extended, ocspUrls = [], crlUrls = [] } = shape;
  const toUri = (url: string): Uint8Array => der(0x86, Buffer.from(url));
  const extensions: Uint8Array[] = [];
  if (basic) {
    const length = basic.pathLength === undefined ? [] : [derInteger(Uint8Array.of(basic.pathLength))];
    extensions.push(
      derExtension(
        '2.5.29.19',
        basic.critical ?? true,
        derSequence(...(basic.ca ? [derBoolean(true)] : []), ...length),
      ),
    );
  }
  if (usage) extensions.push(derExtension('2.5.29.15', usage.critical ?? true, encodeKeyUsage(usage.usages)));
  if (extended)
    extensions.push(derExtension('2.5.29.37', extended.critical ?? false, derSequence(...extended.oids.map(derOid))));
  if (ocspUrls.length > 0)
    extensions.push(
      derExtension(
        '1.3.6.1.5.5.7.1.1',
        false,
        derSequence(...ocspUrls.map((url) => derSequence(derOid('1.3.6.1.5.5.7.48.1'), toUri(url)))),
      ),
    );
  if (crlUrls.length > 0)
    extensions.push(
      derExtension(
        '2.5.29.31',
        false,
        derSequence(...crlUrls.map((url) => derSequence(der(0xa0, der(0xa0, toUri(url)))))),
      ),
    );
  return [...extensions, ...(shape.extraExtensions ?? [])];
}

function encodeSignatureAlgorithm(key: KeyObject, hash: TestHash): Uint8Array {
  const type = key.asymmetricKeyType ?? '';
  if (type === 'ed25519') return derSequence(derOid('1.3.101.112'));
  const oid = signatureOids[type]?.[hash];
  if (oid === undefined) throw new Error(`no certificate is signed with ${type} and ${hash}`);
  return derSequence(derOid(oid), ...(type === 'rsa' ? [derNull()] : []));
}

function issuerOf(
  shape: CertificateShape,
  own: IssuedCertificate,
  issuer: IssuedCertificate | undefined,
): IssuedCertificate {
  if (shape.signedBy === 'stranger') return { ...(issuer ?? own), privateKey: testKey('EC-256', 'stranger') };
  return shape.signedBy === 'self' ? { ...(issuer ?? own), privateKey: own.privateKey } : (issuer ?? own);
}

/** A certificate of exactly this shape, signed by its issuer or, without one, by itself. */
export function issueCertificate(
  shape: CertificateShape,
  issuer?: IssuedCertificate,
  purpose = 'leaf',
): IssuedCertificate {
  const name = shape.subject ?? [['CN', purpose]];
  const privateKey = testKey(shape.key ?? 'EC-256', purpose);
  const from = issuerOf(shape, { der: new Uint8Array(), name, privateKey }, issuer);
  const hash = shape.hash ?? 'sha256';
  const algorithm = encodeSignatureAlgorithm(from.privateKey, hash);
  const extensions = encodeExtensions(shape);
  const version = shape.version ?? 3;
  serial += 1;
  const tbs = derSequence(
    ...(version === 1 ? [] : [der(0xa0, derInteger(Uint8Array.of(version - 1)))]),
    derInteger(shape.serialNumber ?? Uint8Array.of(0x10, serial >> 8, serial & 0xff)),
    algorithm,
    encodeName(shape.issuer ?? from.name),
    derSequence(
      derTime(shape.notBefore ?? new Date(Date.now() - aYearMs)),
      derTime(shape.notAfter ?? new Date(Date.now() + aYearMs)),
    ),
    encodeName(name),
    shape.publicKey ?? new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })),
    ...(extensions.length > 0 ? [der(0xa3, derSequence(...extensions))] : []),
  );
  const value = sign(from.privateKey.asymmetricKeyType === 'ed25519' ? null : hash, tbs, from.privateKey);
  return { der: derSequence(tbs, algorithm, derBitString(value)), name, privateKey };
}

const organization: TestName = [
  ['C', 'US'],
  ['ST', 'WA'],
  ['O', 'Notary'],
];

/** A leaf as Notation wants it. */
export const leafShape: CertificateShape = {
  subject: [...organization, ['CN', 'leaf']],
  keyUsage: { usages: ['digitalSignature'] },
  extendedKeyUsage: { oids: [codeSigning] },
};

/** A CA certificate as Notation wants it. */
export function caShape(commonName: string): CertificateShape {
  return {
    subject: [...organization, ['CN', commonName]],
    basicConstraints: { ca: true },
    keyUsage: { usages: ['keyCertSign', 'cRLSign'] },
  };
}

/** A chain of 1 to 3 certificates, each as it should be except where its shape says otherwise. */
export function createTestChain(request: TestChainRequest = {}): TestChain {
  const { algorithm = 'EC-256', length = 2 } = request;
  const root = length > 1 ? issueCertificate({ ...caShape('root'), ...request.root }, undefined, 'root') : undefined;
  const intermediate =
    length > 2
      ? issueCertificate({ ...caShape('intermediate'), ...request.intermediate }, root, 'intermediate')
      : undefined;
  const leaf = issueCertificate({ ...leafShape, key: algorithm, ...request.leaf }, intermediate ?? root, 'leaf');
  const ders = [leaf, intermediate, root].flatMap((issued) => (issued ? [issued.der] : []));
  return {
    certificates: ders.map(parseCertificate),
    ders,
    privateKey: leaf.privateKey,
    keyPem: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chainPem: ders.map((bytes) => toPem('CERTIFICATE', bytes)).join(''),
  };
}
