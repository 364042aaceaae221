import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import {
  caShape,
  createTestChain,
  derExtension,
  issueCertificate,
  leafShape,
  type CertificateShape,
} from '../../testing/chain-factory.ts';
import { der, derBitString, derBoolean, derNull, derOid, derSequence } from './der-writer.ts';
import { parseCertificate } from './parse-certificate.ts';
import { toPem } from './pem.ts';

function faultOf(bytes: Uint8Array): string | undefined {
  try {
    parseCertificate(bytes);
    return undefined;
  } catch (error) {
    if (isAppError(error, 'certificate.malformed')) return error.details.fault;
    throw error;
  }
}

const good = issueCertificate(leafShape).der;

describe('parseCertificate', () => {
  it('reads what a certificate says', () => {
    const shape: CertificateShape = {
      ...caShape('ca'),
      basicConstraints: { ca: true, pathLength: 3, critical: true },
      keyUsage: { usages: ['keyCertSign', 'decipherOnly'], critical: false },
      extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.3', '1.2.3.4'], critical: true },
      ocspUrls: ['http://ocsp.example/'],
      crlUrls: ['http://crl.example/a', 'http://crl.example/b'],
      serialNumber: Uint8Array.of(0xff, 0x01),
      notBefore: new Date('1951-01-01T00:00:00Z'),
      notAfter: new Date('2051-12-31T23:59:59Z'),
    };
    const issued = issueCertificate(shape);
    expect(parseCertificate(issued.der)).toMatchObject({
      version: 3,
      serialNumber: 'ff01',
      subject: 'CN=ca,O=Notary,ST=WA,C=US',
      issuer: 'CN=ca,O=Notary,ST=WA,C=US',
      notBefore: shape.notBefore,
      notAfter: shape.notAfter,
      basicConstraints: { ca: true, pathLength: 3, critical: true },
      keyUsage: { critical: false, usages: new Set(['keyCertSign', 'decipherOnly']) },
      extendedKeyUsage: shape.extendedKeyUsage,
      ocspUrls: shape.ocspUrls,
      crlUrls: shape.crlUrls,
      signatureAlgorithmOid: '1.2.840.10045.4.3.2',
      signatureAlgorithm: { name: 'ECDSA-SHA256', keyType: 'ec', hash: 'sha256' },
    });
  });

  it('gives the same object for the same bytes, and keeps none of the caller’s memory', () => {
    const bytes = Uint8Array.from(good);
    const parsed = parseCertificate(bytes);
    bytes.fill(0);
    expect(parsed.raw).toEqual(good);
    expect(parseCertificate(good)).toBe(parsed);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a byte after it', Uint8Array.of(...good, 0)],
    ['a byte before it', Uint8Array.of(0, ...good)],
    ['two certificates', Uint8Array.of(...good, ...good)],
    ['PEM', Buffer.from(toPem('CERTIFICATE', good))],
    ['half of it', good.subarray(0, good.length / 2)],
    ['an indefinite length', Uint8Array.of(0x30, 0x80, ...good.subarray(4), 0, 0)],
    ['a length that is not the shortest', Uint8Array.of(0x30, 0x83, 0, ...good.subarray(2))],
    ['a length of 4 GiB', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ['more than 1 MiB', new Uint8Array(1_048_577)],
  ])('refuses %s', (_name, bytes) => {
    expect(faultOf(bytes)).toMatch(/^x509: /);
  });

  const value = derSequence(derBoolean(true));
  it.each<[string, CertificateShape, string]>([
    [
      'an extension twice',
      { extraExtensions: [derExtension('2.5.29.19', true, value), derExtension('2.5.29.19', true, value)] },
      'certificate contains duplicate extension with OID "2.5.29.19"',
    ],
    [
      'a boolean that is neither',
      { extraExtensions: [derExtension('2.5.29.19', true, derSequence(der(0x01, Uint8Array.of(1))))] },
      'malformed boolean',
    ],
    [
      'data after basic constraints',
      { extraExtensions: [derExtension('2.5.29.19', true, Uint8Array.of(...value, 0))] },
      'trailing data after basic constraints',
    ],
    [
      'a negative path length',
      {
        extraExtensions: [
          derExtension('2.5.29.19', true, derSequence(derBoolean(true), der(0x02, Uint8Array.of(0xff)))),
        ],
      },
      'negative path length',
    ],
    [
      'a path length beyond 2^53',
      {
        extraExtensions: [
          derExtension(
            '2.5.29.19',
            true,
            derSequence(
              derBoolean(true),
              der(
                0x02,
                Uint8Array.from({ length: 9 }, () => 1),
              ),
            ),
          ),
        ],
      },
      'malformed basic constraints',
    ],
    [
      'a key usage that is no bit string',
      { extraExtensions: [derExtension('2.5.29.15', true, value)] },
      'malformed key usage',
    ],
    [
      'unused bits that are set',
      { extraExtensions: [derExtension('2.5.29.15', true, der(0x03, Uint8Array.of(7, 0xff)))] },
      'malformed bit string',
    ],
    [
      'an OID with a leading zero',
      { extraExtensions: [derExtension('2.5.29.37', false, derSequence(der(0x06, Uint8Array.of(0x2a, 0x80, 1))))] },
      'malformed OID',
    ],
    [
      'an endless OID',
      { extraExtensions: [derExtension('2.5.29.37', false, derSequence(der(0x06, new Uint8Array(40).fill(0xff))))] },
      'malformed OID',
    ],
    [
      'critical authority info access',
      { extraExtensions: [derExtension('1.3.6.1.5.5.7.1.1', true, derSequence())] },
      'authority info access incorrectly marked critical',
    ],
    [
      'a critical subject key identifier',
      { extraExtensions: [derExtension('2.5.29.14', true, der(0x04))] },
      'subject key identifier incorrectly marked critical',
    ],
    ['a URL that is not ASCII', { crlUrls: ['http://é'] }, 'malformed URI'],
    [
      'a name with a broken PrintableString',
      { subject: [['CN', der(0x13, Buffer.from('a@b'))]] },
      'invalid PrintableString',
    ],
    ['a name with broken UTF-8', { subject: [['CN', der(0x0c, Uint8Array.of(0xff))]] }, 'invalid UTF-8 string'],
    [
      'a name with a value that is no text',
      { subject: [['CN', derOid('1.2.3')]] },
      'invalid RDNSequence: unsupported string type: 6',
    ],
  ])('refuses %s', (_name, shape, fault) => {
    expect(faultOf(issueCertificate(shape).der)).toBe(`x509: ${fault}`);
  });

  it.each([
    ['the point at infinity, at which Node itself aborts', [0x00]],
    ['a compressed point', [0x02, ...new Array<number>(32).fill(1)]],
    ['a hybrid point', [0x06, ...new Array<number>(64).fill(1)]],
    ['half a point', [0x04, ...new Array<number>(32).fill(1)]],
    ['no point', []],
  ])('refuses a key that is %s', (_, point) => {
    const algorithm = derSequence(derOid('1.2.840.10045.2.1'), derOid('1.2.840.10045.3.1.7'));
    const publicKey = derSequence(algorithm, derBitString(Uint8Array.from(point)));
    expect(faultOf(issueCertificate({ ...leafShape, publicKey }).der)).toBe('x509: invalid ECDSA public key');
  });

  it('refuses a key on a curve that the reference does not know', () => {
    // secp256k1, its base point; OpenSSL knows the curve and BoringSSL does not.
    const point =
      '0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8';
    const publicKey = derSequence(
      derSequence(derOid('1.2.840.10045.2.1'), derOid('1.3.132.0.10')),
      derBitString(Buffer.from(point, 'hex')),
    );
    expect(faultOf(issueCertificate({ publicKey }).der)).toMatch(
      /^x509: unsupported (elliptic curve|certificate or public key)$/,
    );
  });

  const rsaKey = (parameters: Uint8Array, ...integers: Uint8Array[]): Uint8Array =>
    derSequence(derSequence(derOid('1.2.840.113549.1.1.1'), parameters), derBitString(derSequence(...integers)));
  const modulus = der(0x02, Uint8Array.of(0, ...new Uint8Array(256).fill(0xff)));
  const exponent = der(0x02, Uint8Array.of(1, 0, 1));
  it.each([
    ['without parameters', rsaKey(new Uint8Array(), modulus, exponent), 'RSA key missing NULL parameters'],
    [
      'with a negative modulus',
      rsaKey(derNull(), der(0x02, new Uint8Array(256).fill(0xff)), exponent),
      'negative RSA modulus',
    ],
    [
      'with an even modulus',
      rsaKey(derNull(), der(0x02, Uint8Array.of(1, ...new Uint8Array(255))), exponent),
      'invalid RSA modulus',
    ],
    ['with an even exponent', rsaKey(derNull(), modulus, der(0x02, Uint8Array.of(4))), 'invalid RSA public exponent'],
    [
      'with a huge exponent',
      rsaKey(derNull(), modulus, der(0x02, new Uint8Array(9).fill(1))),
      'invalid RSA public exponent',
    ],
    ['with more integers', rsaKey(derNull(), modulus, exponent, exponent), 'trailing data after the RSA public key'],
  ])('refuses an RSA key %s', (_name, publicKey, fault) => {
    expect(faultOf(issueCertificate({ publicKey }).der)).toBe(`x509: ${fault}`);
  });

  it('never crashes on a certificate with bytes changed', () => {
    const chain = createTestChain({
      length: 1,
      leaf: { ...caShape('x'), ocspUrls: ['http://a/'], crlUrls: ['http://b/'] },
    });
    const bytes = chain.ders[0] ?? new Uint8Array();
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, value] of list) changed[at] = value;
        const fault = faultOf(changed);
        if (fault === undefined) expect(parseCertificate(changed).raw).toEqual(changed);
        else expect(fault).toMatch(/^x509: /);
      }),
      { numRuns: 500 },
    );
  });
});
