import { describe, expect, it } from 'vitest';
import { caShape, issueCertificate, testKey } from '../../testing/chain-factory.ts';
import {
  authorityShape,
  createAuthorityChain,
  genTimeOf,
  imprintOf,
  TestAuthority,
  type TokenShape,
} from '../../testing/timestamp-authority.ts';
import { der, derInteger, derNull, derOctetString, derOid, derSequence } from '../x509/der-writer.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import { TimestampFault } from './timestamp-fault.ts';
import { toTimestampModel } from './timestamp-model.ts';
import { checkAbout, checkTimeWithin, findTimestampingChain, readToken, type ReadToken } from './verify-token.ts';

const message = new TextEncoder().encode('a signature value');
const authority = new TestAuthority();
const roots = [parseCertificate(authority.rootDer)];

function faultOf(task: () => unknown): { code: string; message: string } | undefined {
  try {
    task();
    return undefined;
  } catch (error) {
    if (!(error instanceof TimestampFault)) throw error;
    return { code: error.code, message: error.message };
  }
}

function read(bytes: Uint8Array): ReadToken {
  const found = readToken(bytes);
  checkAbout(found, message);
  return found;
}

function judge(token: Uint8Array, by = roots): readonly string[] {
  const found = read(token);
  return findTimestampingChain(found, by, found.info.genTimeNs).map(({ subject }) => subject);
}

/** Name constraints (RFC 5280, section 4.2.1.10) that let one domain pass. */
const onlyExampleNames = derSequence(
  derOid('2.5.29.30'),
  derOctetString(derSequence(der(0xa0, derSequence(der(0x82, Buffer.from('example.com')))))),
);
const attributes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

describe('readToken', () => {
  it('reads what a token says, fractions and accuracy included', () => {
    const token = authority.createToken(message, {
      genTime: '20261123074511.5Z',
      accuracy: [derInteger(Uint8Array.of(1)), der(0x80, Uint8Array.of(5)), der(0x81, Uint8Array.of(7))],
      nonce: 'c0ffee',
    });
    const { info } = read(token);
    expect(toTimestampModel(info)).toEqual({
      time: '2026-11-23T07:45:11.5Z',
      earliest: '2026-11-23T07:45:10.494993Z',
      latest: '2026-11-23T07:45:12.505007Z',
      accuracyMs: 1005.007,
      policy: '1.2.3.4.1',
      serialNumber: '1267',
      nonce: 'c0ffee',
      hashAlgorithm: 'SHA-256',
    });
  });

  it('takes the baseline policy without accuracy as good to a second', () => {
    const { info } = read(authority.createToken(message, { policy: '0.4.0.2023.1.1' }));
    expect(toTimestampModel(info).accuracyMs).toBe(1000);
  });

  it.each<[string, string, string, TokenShape]>([
    ['another content type', 'tokenMalformed', 'unexpected content type: 1.2.3', { contentType: '1.2.3' }],
    ['version 1 of SignedData', 'tokenMalformed', 'unsupported signed data version: got 1', { signedDataVersion: 1 }],
    [
      'revocation lists',
      'tokenMalformed',
      'revocation lists in the token are not supported',
      { signedDataExtras: [der(0xa1, derSequence())] },
    ],
    [
      'a certificate that is none',
      'tokenMalformed',
      'failed to parse X.509 certificates',
      { certificates: [derSequence(derNull())] },
    ],
    ['no certificate', 'tokenInvalid', 'signing certificate not found in the timestamp token', { certificates: [] }],
    ['a foreign value', 'tokenInvalid', 'ECDSA verification failure', { signature: Uint8Array.of(0x30, 0) }],
    ['signer version 3', 'tokenInvalid', 'only version 1 is supported; got 3', { signerVersion: 3 }],
    [
      'another certificate hash',
      'tokenInvalid',
      'signing certificate hash does not match CertHash',
      { certHash: new Uint8Array(32) },
    ],
    [
      'no signing certificate attribute',
      'tokenInvalid',
      'failed to get SigningCertificateV2 from signed attributes: attribute not found',
      { attributes: { [attributes.signingCertificateV2]: undefined } },
    ],
    [
      'a signing certificate attribute without certificate',
      'tokenInvalid',
      'signingCertificateV2 does not contain any certificate',
      { attributes: { [attributes.signingCertificateV2]: derSequence(derSequence()) } },
    ],
    [
      'a certificate hash of another algorithm',
      'tokenInvalid',
      'unsupported certificate hash algorithm',
      {
        attributes: {
          [attributes.signingCertificateV2]: derSequence(
            derSequence(derSequence(derSequence(derOid('1.3.14.3.2.26')), derOctetString(new Uint8Array(20)))),
          ),
        },
      },
    ],
    [
      'no signed attributes (A-26)',
      'tokenInvalid',
      'attribute not found',
      {
        attributes: Object.fromEntries(Object.values(attributes).map((oid) => [oid, undefined])),
      },
    ],
    [
      'no content type attribute',
      'tokenInvalid',
      'invalid content type: attribute not found',
      { attributes: { [attributes.contentType]: undefined } },
    ],
    [
      'another content type attribute',
      'tokenInvalid',
      'mismatch content type',
      { attributes: { [attributes.contentType]: derOid('1.2.840.113549.1.7.1') } },
    ],
    [
      'no digest attribute',
      'tokenInvalid',
      'invalid message digest: attribute not found',
      { attributes: { [attributes.messageDigest]: undefined } },
    ],
    [
      'another digest',
      'tokenInvalid',
      'mismatch message digest',
      { attributes: { [attributes.messageDigest]: derOctetString(new Uint8Array(32)) } },
    ],
    [
      'a signing time that is none',
      'tokenInvalid',
      'invalid signing time',
      { attributes: { [attributes.signingTime]: derNull() } },
    ],
    ['version 2', 'otherSignature', 'timestamp token info version must be 1, but got 2', { version: 2 }],
    [
      'case S-01, another signature (V-32)',
      'otherSignature',
      'invalid TSTInfo: mismatched message',
      { imprint: imprintOf(new TextEncoder().encode('another one')) },
    ],
    [
      'a weak imprint',
      'otherSignature',
      'unrecognized hash algorithm: 1.3.14.3.2.26',
      { imprint: derSequence(derSequence(derOid('1.3.14.3.2.26'), derNull()), derOctetString(new Uint8Array(20))) },
    ],
    ['a local time', 'infoMalformed', 'malformed genTime', { genTime: '20261123074511+0900' }],
    ['a trailing zero', 'infoMalformed', 'malformed genTime', { genTime: '20261123074511.50Z' }],
    ['a day that is none', 'infoMalformed', 'malformed genTime', { genTime: '20260230000000Z' }],
    [
      'an accuracy of 1000 ms',
      'infoMalformed',
      'malformed accuracy',
      { accuracy: [der(0x80, Uint8Array.of(3, 0xe8))] },
    ],
    ['a negative accuracy', 'infoMalformed', 'negative accuracy', { accuracy: [der(0x02, Uint8Array.of(0xff))] }],
    ['more than there is', 'infoMalformed', 'trailing data after TSTInfo', { infoExtras: [derNull()] }],
  ])('refuses %s', (_, code, text, shape) => {
    const fault = faultOf(() => read(authority.createToken(message, shape)));
    expect(fault?.code).toBe(code);
    expect(fault?.message).toContain(text);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['an empty sequence', derSequence()],
    ['other content', derSequence(derOid('1.2.840.113549.1.7.1'), der(0xa0, derNull()))],
    ['what is too large', new Uint8Array(1_048_577)],
    ['a token with more behind it', Buffer.concat([authority.createToken(message), Uint8Array.of(0)])],
  ])('refuses %s', (_, bytes) => {
    expect(faultOf(() => read(bytes))?.code).toBe('tokenMalformed');
  });

  it('refuses every token that is cut, and every changed byte of what is signed', () => {
    const token = authority.createToken(message);
    for (let length = 0; length < token.length; length += 1)
      expect(faultOf(() => read(token.subarray(0, length)))).toBeDefined();
    const start = Buffer.from(token).indexOf(Buffer.from(imprintOf(message)));
    for (let at = start; at < start + 51; at += 1) {
      const changed = Uint8Array.from(token);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(faultOf(() => read(changed))).toBeDefined();
    }
  });
});

describe('findTimestampingChain', () => {
  it('leads from the signer to the root, whatever else is in the token', () => {
    const stranger = issueCertificate(authorityShape, undefined, 'stranger tsa').der;
    const certificates = [stranger, ...authority.chain.ders.toReversed()];
    expect(judge(authority.createToken(message, { certificates }))[0]).toBe('CN=tsa,O=Clock,C=JP');
  });

  it('needs no root in the token', () => {
    expect(judge(authority.createToken(message, { certificates: authority.chain.ders.slice(0, 2) }))).toHaveLength(3);
  });

  it('case S-02 (V-35): a certificate that only looks like the signer’s is refused', () => {
    const [leaf] = authority.chain.certificates;
    const forged = issueCertificate(
      {
        ...authorityShape,
        issuer: caShape('tsa intermediate').subject ?? [],
        serialNumber: Buffer.from(leaf?.serialNumber ?? '', 'hex'),
      },
      undefined,
      'forger',
    ).der;
    const token = authority.createToken(message, { certificates: [forged, ...authority.chain.ders] });
    expect(faultOf(() => judge(token))).toEqual({
      code: 'tokenInvalid',
      message: 'failed to verify signed token: signing certificate hash does not match CertHash in signed attribute',
    });
  });

  it('case S-02 (V-35): the usage of a forged certificate in the token does not help its real signer', () => {
    const chain = createAuthorityChain({ leaf: { extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.3'] } } });
    const forged = issueCertificate(authorityShape, undefined, 'forger').der;
    const token = new TestAuthority(chain).createToken(message, { certificates: [forged, ...chain.ders] });
    expect(faultOf(() => judge(token, chain.certificates.slice(2)))).toMatchObject({
      code: 'chainNotTrusted',
      message: expect.stringContaining('x509: certificate specifies an incompatible key usage') as string,
    });
  });

  it.each<[string, string, string, Parameters<typeof createAuthorityChain>[0]]>([
    [
      'a usage that is not critical',
      'chainInvalid',
      'must be set as critical',
      { leaf: { extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.8'] } } },
    ],
    [
      'a second usage',
      'chainInvalid',
      'must have and only have ExtKeyUsageTimeStamping',
      { leaf: { extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.3'], critical: true } } },
    ],
    ['no usage', 'chainInvalid', 'must have and only have', { leaf: { extendedKeyUsage: null } }],
    ['no key usage', 'chainInvalid', 'key usage extension must be present', { leaf: { keyUsage: null } }],
    [
      'an intermediate for something else',
      'chainNotTrusted',
      'incompatible key usage',
      { intermediate: { extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.1'] } } },
    ],
    [
      'an intermediate that is no CA',
      'chainNotTrusted',
      'unknown authority',
      { intermediate: { basicConstraints: null } },
    ],
    [
      'an expired intermediate',
      'chainNotTrusted',
      'expired or is not yet valid',
      { intermediate: { notAfter: new Date('2020-01-01T00:00:00Z') } },
    ],
    ['an expired signer', 'chainNotTrusted', 'is after 2020', { leaf: { notAfter: new Date('2020-01-01T00:00:00Z') } }],
    [
      'a critical extension that nobody knows',
      'chainNotTrusted',
      'unhandled critical extension',
      {
        leaf: { extraExtensions: [derSequence(derOid('1.2.3'), der(0x01, Uint8Array.of(0xff)), der(0x04, derNull()))] },
      },
    ],
    [
      'constraints on names',
      'chainNotTrusted',
      'unhandled critical extension',
      { intermediate: { extraExtensions: [onlyExampleNames] } },
    ],
    [
      'no room for an intermediate',
      'chainNotTrusted',
      'too many intermediates',
      { root: { basicConstraints: { ca: true, pathLength: 0 } } },
    ],
    ['a weak signature', 'chainNotTrusted', 'insecure algorithm', { leaf: { hash: 'sha1' } }],
  ])('refuses %s', (_, code, text, request) => {
    const chain = createAuthorityChain(request);
    const token = new TestAuthority(chain).createToken(message);
    const fault = faultOf(() => judge(token, chain.certificates.slice(2)));
    expect(fault?.code).toBe(code);
    expect(fault?.message).toContain(text);
  });

  it('takes a key usage that is not critical', () => {
    const chain = createAuthorityChain({ leaf: { keyUsage: { usages: ['digitalSignature'], critical: false } } });
    expect(judge(new TestAuthority(chain).createToken(message), chain.certificates.slice(2))).toHaveLength(3);
  });

  it('refuses a root that is not one of those given', () => {
    const other = createAuthorityChain({ root: { key: 'EC-384' } }).certificates.slice(2);
    expect(faultOf(() => judge(authority.createToken(message), other))?.code).toBe('chainNotTrusted');
  });

  it('does not get lost among certificates that issue each other', () => {
    const name = caShape('maze').subject ?? [];
    const key = testKey('EC-256', 'maze');
    const maze = { der: new Uint8Array(), name, privateKey: key };
    const many = Array.from({ length: 40 }, () => issueCertificate({ ...caShape('maze') }, maze, 'maze').der);
    const leaf = issueCertificate(authorityShape, maze, 'leaf');
    const token = authority.createToken(message, { certificates: [leaf.der, ...many], signer: leaf });
    const started = performance.now();
    expect(faultOf(() => judge(token))?.code).toBe('chainNotTrusted');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('checkTimeWithin: case S-03 (V-36)', () => {
  const signing = parseCertificate(
    issueCertificate({
      subject: [['CN', 'signer']],
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2026-12-31T00:00:00Z'),
    }).der,
  );
  it.each<[string, string, number, string | undefined]>([
    ['at the beginning', '2026-01-01T00:00:00Z', 0, undefined],
    ['at the end', '2026-12-31T00:00:00Z', 0, undefined],
    ['a second after the beginning, give or take one', '2026-01-01T00:00:01Z', 1, undefined],
    ['a second after the beginning, give or take two', '2026-01-01T00:00:01Z', 2, 'beforeCertificate'],
    ['a second before the end, give or take two', '2026-12-30T23:59:59Z', 2, 'afterCertificate'],
    ['before the beginning', '2025-12-31T23:59:59Z', 0, 'beforeCertificate'],
    ['after the end', '2026-12-31T00:00:01Z', 0, 'afterCertificate'],
  ])('%s', (_, time, seconds, code) => {
    const accuracy = seconds > 0 ? { accuracy: [derInteger(Uint8Array.of(seconds))] } : {};
    const { info } = read(authority.createToken(message, { genTime: genTimeOf(new Date(time)), ...accuracy }));
    expect(faultOf(() => checkTimeWithin(info, [signing]))?.code).toBe(code);
  });
});
