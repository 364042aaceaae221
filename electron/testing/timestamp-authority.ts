import { createHash, sign, type KeyObject } from 'node:crypto';
import { DerReader, derTag } from '../domain/x509/der-reader.ts';
import { der, derInteger, derNull, derOctetString, derOid, derSequence, derSetOf } from '../domain/x509/der-writer.ts';
import { parseCertificate } from '../domain/x509/parse-certificate.ts';
import { caShape, createTestChain, type CertificateShape, type TestChain } from './chain-factory.ts';

/** Everything that can be turned on a token. Absent: as it should be. */
export interface TokenShape {
  /** What the token is about, as DER of the message imprint. */
  readonly imprint?: Uint8Array;
  readonly version?: number;
  readonly policy?: string;
  /** GeneralizedTime as it is written. */
  readonly genTime?: string;
  /** The content of the accuracy. */
  readonly accuracy?: readonly Uint8Array[];
  /** Lower-case hex; null leaves it out. */
  readonly nonce?: string | null;
  readonly infoExtras?: readonly Uint8Array[];
  /** The bag of certificates. */
  readonly certificates?: readonly Uint8Array[];
  /** Whose certificate the attribute names, and whose key signs. */
  readonly signer?: { readonly der: Uint8Array; readonly privateKey: KeyObject };
  readonly certHash?: Uint8Array;
  /** Attributes beside or instead of the usual ones; undefined values leave one out. */
  readonly attributes?: Readonly<Record<string, Uint8Array | undefined>>;
  readonly signedDataVersion?: number;
  readonly signerVersion?: number;
  readonly contentType?: string;
  readonly signature?: Uint8Array;
  readonly signedDataExtras?: readonly Uint8Array[];
}

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  sha256WithRsa: '1.2.840.113549.1.1.11',
} as const;
const timestamping = '1.3.6.1.5.5.7.3.8';

/** A timestamping certificate as Notation wants it. */
export const authorityShape: CertificateShape = {
  subject: [
    ['C', 'JP'],
    ['O', 'Clock'],
    ['CN', 'tsa'],
  ],
  keyUsage: { usages: ['digitalSignature'] },
  extendedKeyUsage: { oids: [timestamping], critical: true },
};

/** A chain for a timestamp authority; its certificates have been valid for ten years and will be for ten more. */
export function createAuthorityChain(
  request: { leaf?: CertificateShape; intermediate?: CertificateShape; root?: CertificateShape } = {},
): TestChain {
  const tenYearsMs = 3650 * 86_400_000;
  const validity = { notBefore: new Date(Date.now() - tenYearsMs), notAfter: new Date(Date.now() + tenYearsMs) };
  return createTestChain({
    length: 3,
    leaf: { ...authorityShape, ...validity, ...request.leaf },
    intermediate: { ...caShape('tsa intermediate'), ...validity, ...request.intermediate },
    root: { ...caShape('tsa root'), ...validity, ...request.root },
  });
}

function integer(value: number): Uint8Array {
  return value === 0 ? der(0x02, Uint8Array.of(0)) : derInteger(Uint8Array.of(value >> 8, value & 0xff));
}

/** The message imprint of some bytes. */
export function imprintOf(message: Uint8Array, hash: 'sha256' | 'sha384' | 'sha512' = 'sha256'): Uint8Array {
  const digest = createHash(hash).update(message).digest();
  return derSequence(derSequence(derOid(oids[hash]), derNull()), derOctetString(digest));
}

/** GeneralizedTime in whole seconds. */
export function genTimeOf(moment: Date): string {
  return `${moment.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), der(0x31, value));
}

/** A timestamp authority whose answers are as right or wrong as a test wants them. */
export class TestAuthority {
  readonly chain: TestChain;

  constructor(chain: TestChain = createAuthorityChain()) {
    this.chain = chain;
  }

  get rootDer(): Uint8Array {
    return this.chain.ders.at(-1) ?? new Uint8Array();
  }

  /** A token over a message, with whatever is wrong about it. */
  createToken(message: Uint8Array, shape: TokenShape = {}): Uint8Array {
    const content = this.#toInfo(message, shape);
    const contentType = shape.contentType ?? oids.tstInfo;
    const signed = derSequence(
      integer(shape.signedDataVersion ?? 3),
      der(0x31, derSequence(derOid(oids.sha256), derNull())),
      derSequence(derOid(contentType), der(0xa0, derOctetString(content))),
      der(0xa0, ...(shape.certificates ?? this.chain.ders)),
      ...(shape.signedDataExtras ?? []),
      der(0x31, this.#toSigner(content, contentType, shape)),
    );
    return derSequence(derOid(oids.signedData), der(0xa0, signed));
  }

  /** The answer to a question, granted unless a status is given. */
  respond(question: Uint8Array, shape: TokenShape = {}, status = 0): Uint8Array {
    const reader = new DerReader(question).enter(derTag.sequence, 'question');
    reader.readAny();
    const imprint = reader.readAny().raw;
    const nonce = Buffer.from(reader.readContent(derTag.integer, 'nonce')).toString('hex');
    if (status > 1) return derSequence(derSequence(integer(status)));
    const token = this.createToken(new Uint8Array(), { imprint, nonce, ...shape });
    return derSequence(derSequence(integer(status)), token);
  }

  #toInfo(message: Uint8Array, shape: TokenShape): Uint8Array {
    const { nonce } = shape;
    return derSequence(
      integer(shape.version ?? 1),
      derOid(shape.policy ?? '1.2.3.4.1'),
      shape.imprint ?? imprintOf(message),
      integer(4711),
      der(derTag.generalizedTime, Buffer.from(shape.genTime ?? genTimeOf(new Date()))),
      ...(shape.accuracy ? [derSequence(...shape.accuracy)] : []),
      ...(nonce ? [derInteger(Buffer.from(nonce, 'hex'))] : []),
      ...(shape.infoExtras ?? []),
    );
  }

  #toSigner(content: Uint8Array, contentType: string, shape: TokenShape): Uint8Array {
    const { der: certificate, privateKey } = shape.signer ?? {
      der: this.chain.ders[0] ?? new Uint8Array(),
      privateKey: this.chain.privateKey,
    };
    const { rawIssuer, serialNumber } = parseCertificate(certificate);
    const serial = derInteger(Buffer.from(serialNumber, 'hex'));
    const certHash = shape.certHash ?? createHash('sha256').update(certificate).digest();
    const issuerSerial = derSequence(derSequence(der(0xa4, rawIssuer)), serial);
    const usual: Record<string, Uint8Array | undefined> = {
      [oids.contentType]: derOid(contentType),
      [oids.messageDigest]: derOctetString(createHash('sha256').update(content).digest()),
      [oids.signingCertificateV2]: derSequence(derSequence(derSequence(derOctetString(certHash), issuerSerial))),
      ...shape.attributes,
    };
    const attributes = Object.entries(usual).flatMap(([oid, value]) => (value ? [attribute(oid, value)] : []));
    const signedBytes = derSetOf(...attributes);
    const isRsa = privateKey.asymmetricKeyType === 'rsa';
    return derSequence(
      integer(shape.signerVersion ?? 1),
      derSequence(rawIssuer, serial),
      derSequence(derOid(oids.sha256), derNull()),
      ...(attributes.length > 0 ? [der(0xa0, new DerReader(signedBytes).readAny().content)] : []),
      derSequence(derOid(isRsa ? oids.sha256WithRsa : oids.ecdsaWithSha256)),
      derOctetString(shape.signature ?? sign('sha256', signedBytes, privateKey)),
    );
  }
}
