import { CborFloat, CborMap, CborTag, type CborValue } from '../domain/codec/cbor-value.ts';
import { toCbor } from '../domain/codec/cbor-writer.ts';
import { caseChain } from './jws-case.ts';
import { coseHeaderFor, coseTime, forgeCose, type CoseForgery, type Entries } from './cose-forge.ts';
import { coseEncodingCases } from './cose-encoding-cases.ts';
import { forgedCose, type CoseCase } from './cose-case.ts';

const scheme = 'io.cncf.notary.signingScheme';
const expiry = 'io.cncf.notary.expiry';
const time = 'io.cncf.notary.signingTime';
const authenticTime = 'io.cncf.notary.authenticSigningTime';
const later = coseTime('2027-01-01T00:00:00Z');
const authority: Entries = [
  [scheme, 'notary.x509.signingAuthority'],
  [time, undefined],
  [authenticTime, later],
  [2, [scheme, authenticTime]],
];
const inProtected = 'cbor: invalid protected header: protected header: header parameter:';
const inUnprotected = 'cbor: invalid unprotected header: unprotected header: header parameter:';

function header(
  name: string,
  entries: Entries,
  fault?: string,
  reference?: CoseCase['reference'],
  rest: CoseForgery = {},
): CoseCase {
  return forgedCose(name, { ...rest, header: entries }, fault, reference);
}

function over(base: Entries, entries: Entries): Entries {
  return [...base.filter(([key]) => !entries.some(([changed]) => changed === key)), ...entries];
}

const schemeCases: readonly CoseCase[] = [
  header('unknown scheme', [[scheme, 'notary.x509.other']], 'unsupported signingScheme: notary.x509.other'),
  header('scheme that is a number', [[scheme, 1]], 'invalid signingScheme'),
  header('no scheme', [[scheme, undefined]], `${inProtected} crit: missing critical header: ${scheme}`),
  header('authority scheme', authority),
  header(
    'authority scheme without a time',
    over(authority, [
      [authenticTime, undefined],
      [2, [scheme]],
    ]),
    `these required headers are not marked as critical: [${authenticTime}]`,
  ),
  header(
    'authority scheme, time not critical',
    over(authority, [[2, [scheme]]]),
    `these required headers are not marked as critical: [${authenticTime}]`,
  ),
  header('authority scheme with a signing time', over(authority, [[time, later]])),
  header('authentic signing time under notary.x509', [[authenticTime, later]]),
];

const criticalCases: readonly CoseCase[] = [
  header('no crit', [[2, undefined]], `these required headers are not marked as critical: [${scheme}]`),
  header('empty crit', [[2, []]], `${inProtected} crit: empty crit header`),
  header('crit that is text', [[2, scheme]], `${inProtected} crit: invalid crit header`),
  header(
    'crit with a null',
    [[2, [scheme, null]]],
    `${inProtected} crit: require int / tstr type`,
    'refuses otherwise',
  ),
  header(
    'crit without the scheme',
    [
      [2, ['x']],
      ['x', 1],
    ],
    `these required headers are not marked as critical: [${scheme}]`,
  ),
  header(
    'crit without the expiry',
    [[expiry, later]],
    `these required headers are not marked as critical: [${expiry}]`,
  ),
  header(
    'crit names an absent header',
    [[2, [scheme, 'absent']]],
    `${inProtected} crit: missing critical header: absent`,
  ),
  header('crit names an absent number', [[2, [scheme, 99]]], `${inProtected} crit: missing critical header: 99`),
  header('crit names the scheme twice', [[2, [scheme, scheme]]]),
  header('crit names the algorithm', [[2, [scheme, 1]]]),
  header('crit names the signing time', [[2, [scheme, time]]]),
  header('a critical attribute that nobody knows', [
    [2, [scheme, 'x']],
    ['x', 'y'],
  ]),
  header('a critical number that nobody knows', [
    [2, [scheme, 99]],
    [99, 'y'],
  ]),
  header('more attributes, not critical', [
    ['x', 'y'],
    [99, [1, null, true]],
    ['__proto__', 1],
  ]),
];

const timeCases: readonly CoseCase[] = [
  header('no signing time', [[time, undefined]], `invalid signingTime: protected header "${time}" is missing`),
  header('time without a tag', [[time, 1_795_419_911]], 'invalid signingTime: invalid timeValue type'),
  header('time as text', [[time, '2026-11-23T07:45:11Z']], 'invalid signingTime: invalid timeValue type'),
  header(
    'time with tag 0',
    [[time, new CborTag(0, '2026-11-23T07:45:11Z')]],
    'invalid signingTime: only Tag `1` Datetime CBOR object is supported',
  ),
  header('time with tag 2', [[time, new CborTag(2, Buffer.of(1))]], 'invalid signingTime: invalid timeValue type'),
  header(
    'tag 0 with a number',
    [[time, new CborTag(0, 1)]],
    'cbor: invalid protected header: tag 0 holds something else',
    'refuses otherwise',
  ),
  header(
    'tag 1 with text',
    [['x', new CborTag(1, '1')]],
    'cbor: invalid protected header: tag 1 holds something else',
    'refuses otherwise',
  ),
  header('time as a whole float', [[time, new CborTag(1, new CborFloat(1_795_419_911))]]),
  header('time before 1970', [[time, new CborTag(1, -1)]]),
  header(
    'time with a fraction',
    [[time, new CborTag(1, new CborFloat(1_795_419_911.5))]],
    'invalid signingTime: not a whole number of seconds',
    'accepts',
  ),
  header(
    'time that is no number',
    [[time, new CborTag(1, new CborFloat(NaN))]],
    'invalid signingTime: not a whole number of seconds',
    'refuses otherwise',
  ),
  header(
    'time after the year 9999',
    [[time, new CborTag(1, 253_402_300_800)]],
    'invalid signingTime: not in the years 1 to 9999',
    'refuses otherwise',
  ),
  header('time in the year 1', [[time, new CborTag(1, -62_135_596_800)]], 'signing-time not present'),
  header('expiry', [
    [expiry, later],
    [2, [scheme, expiry]],
  ]),
  header(
    'expiry at the signing time',
    [
      [expiry, coseTime('2026-11-23T07:45:11Z')],
      [2, [scheme, expiry]],
    ],
    'expiry cannot be equal or before the signing time',
  ),
  header(
    'expiry in the year 1',
    [
      [expiry, new CborTag(1, -62_135_596_800)],
      [2, [scheme, expiry]],
    ],
    'expiry cannot be equal or before the signing time',
    'accepts',
  ),
  header(
    'expiry without a tag',
    [
      [expiry, 1_900_000_000],
      [2, [scheme, expiry]],
    ],
    'invalid expiry: invalid timeValue type',
  ),
];

const parameterCases: readonly CoseCase[] = [
  header('no algorithm', [[1, undefined]], 'signature is invalid. Error: algorithm not found'),
  header('algorithm in words', [[1, 'ES256']], 'signature is invalid. Error: Algorithm("ES256")'),
  header('algorithm that is bytes', [[1, Buffer.of(1)]], `${inProtected} alg: require int / tstr type`),
  header('algorithm that is a float', [[1, new CborFloat(-7)]], `${inProtected} alg: require int / tstr type`),
  header(
    'unknown algorithm',
    [[1, -99]],
    'signature is invalid. Error: algorithm mismatch: verifier ES256: header Algorithm(-99)',
  ),
  header('RS256', [[1, -257]], 'signature is invalid. Error: algorithm mismatch: verifier ES256: header RS256'),
  header('no content type', [[3, undefined]], 'missing content type'),
  header('content type that is a number', [[3, 1]], "content type should be of 'tstr' type"),
  header('content type that is bytes', [[3, Buffer.of(1)]], `${inProtected} content type: require tstr / uint type`),
  header('another content type', [[3, 'text/plain']], 'payload content type "text/plain" not supported'),
  header(
    'content type without a slash',
    [[3, 'text']],
    `${inProtected} content type: require text of form type/subtype`,
  ),
  header('kid that is text', [[4, 'x']], `${inProtected} kid: require bstr type`),
  header(
    'both IVs',
    [
      [5, Buffer.of(1)],
      [6, Buffer.of(1)],
    ],
    `${inProtected} IV: IV and PartialIV must not both be present`,
    'refuses otherwise',
  ),
  header('a countersignature', [[9, Buffer.of(1)]], `${inProtected} countersignature0: not allowed`),
  header(
    'a label that is bytes',
    [[Buffer.of(1), 1]],
    'cbor: invalid protected header: cbor: header label: require int / tstr type',
  ),
  header(
    'a label that is true',
    [[true, 1]],
    'cbor: invalid protected header: cbor: header label: require int / tstr type',
  ),
  header(
    'a label far away',
    [[-(2n ** 64n), 1]],
    'cbor: invalid protected header: cbor: header label: require int / tstr type',
    'refuses otherwise',
  ),
];

const unprotectedCases: readonly CoseCase[] = [
  forgedCose('no chain', { unprotected: [[33, undefined]] }, 'certificate chain is not present'),
  forgedCose('an empty chain', { unprotected: [[33, []]] }, 'certificate chain is not present'),
  forgedCose(
    'one certificate alone, not in a list',
    { unprotected: [[33, Buffer.from(caseChain().ders[0] ?? [])]] },
    'certificate chain is not present',
  ),
  forgedCose(
    'a chain in the protected header',
    { unprotected: [[33, undefined]], header: [[33, [Buffer.of(1)]]] },
    'certificate chain is not present',
  ),
  forgedCose('a leaf that is text', { unprotected: [[33, ['x']]] }, 'COSE envelope malformed leaf certificate'),
  forgedCose('a leaf that is no certificate', { unprotected: [[33, [Buffer.of(0x30)]]] }, 'malformed leaf certificate'),
  forgedCose(
    'a leaf in PEM',
    { unprotected: [[33, [Buffer.from('-----BEGIN CERTIFICATE-----')]]] },
    'malformed leaf certificate',
  ),
  forgedCose(
    'a root that is text',
    { unprotected: [[33, [Buffer.from(caseChain().ders[0] ?? []), 'x']]] },
    'certificate chain is not present',
  ),
  forgedCose(
    'a byte after the leaf',
    { unprotected: [[33, [Buffer.concat([caseChain().ders[0] ?? Buffer.of(), Buffer.of(0)])]]] },
    'malformed leaf certificate',
  ),
  forgedCose('crit', { unprotected: [[2, [scheme]]] }, `${inUnprotected} crit: not allowed`),
  forgedCose('the algorithm once more', { unprotected: [[1, -7]] }),
  forgedCose(
    'an algorithm that is null',
    { unprotected: [[1, null]] },
    `${inUnprotected} alg: require int / tstr type`,
  ),
  forgedCose(
    'a countersignature that is text',
    { unprotected: [[7, 'x']] },
    `${inUnprotected} counter signature: is not a Countersignature or a list`,
    'refuses otherwise',
  ),
  forgedCose('a tag', { unprotected: [['x', new CborTag(1, 1)]] }, 'cbor: tag where none may be', 'refuses otherwise'),
  forgedCose('an agent that is a number', { unprotected: [['io.cncf.notary.signingAgent', 1]] }),
  forgedCose('a token that is text', { unprotected: [['io.cncf.notary.timestampSignature', 'x']] }),
  forgedCose(
    'a label that is null',
    { unprotected: [[null, 1]] },
    'cbor: invalid unprotected header: cbor: header label: require int / tstr type',
  ),
];

const refused: CoseCase['reference'] = 'refuses otherwise';
/** The reference's inspection does not look into the payload, so its verdict on these comes later. */
const payloadCases: readonly CoseCase[] = [
  forgedCose(
    'payload that is not JSON',
    { payload: 'hello' },
    'signature is invalid. Error: JSON value expected',
    'accepts',
  ),
  forgedCose(
    'payload with bytes that are no text',
    { payload: Buffer.of(0x7b, 0xff, 0x7d) },
    'signature is invalid. Error: not valid UTF-8',
    'accepts',
  ),
  forgedCose('payload without a target', { payload: '{}' }, 'payload has no "targetArtifact" object', 'accepts'),
  forgedCose('an empty payload', { payload: '' }, 'signature is invalid. Error: JSON value expected', refused),
  forgedCose(
    'payload null',
    { change: ([a, b, , d]) => [a, b, null, d] },
    'signature is invalid. Error: missing payload',
  ),
  forgedCose('payload text', { change: ([a, b, , d]) => [a, b, 'x', d] }, 'cbor: require bstr type'),
  forgedCose('signature null', { change: ([a, b, c]) => [a, b, c, null] }, 'empty signature'),
  forgedCose('signature empty', { change: ([a, b, c]) => [a, b, c, Buffer.of()] }, 'empty signature'),
  forgedCose('signature text', { change: ([a, b, c]) => [a, b, c, 'x'] }, 'cbor: require bstr type'),
  forgedCose(
    'protected null',
    { change: ([, b, c, d]) => [null, b, c, d] },
    'cbor: invalid protected header: cbor: nil protected header',
    refused,
  ),
  forgedCose(
    'protected a map',
    { change: ([, b, c, d]) => [new CborMap(), b, c, d] },
    'cbor: require bstr type',
    refused,
  ),
  forgedCose(
    'protected a list in bytes',
    { headerBytes: toCbor([]) },
    'cbor: invalid protected header: cbor: protected header: require map type',
  ),
  forgedCose('protected empty', { headerBytes: new Uint8Array() }, 'signature is invalid. Error: algorithm not found'),
  forgedCose(
    'unprotected null',
    { change: ([a, , c, d]) => [a, null, c, d] },
    'cbor: invalid unprotected header: cbor: unprotected header: require map type',
    refused,
  ),
];

const labelTwice = Buffer.concat([Buffer.of(0xa2), toCbor('x'), toCbor(1), toCbor('x'), toCbor(2)]);

/** Header bytes with the right entries and one more that is written by hand. */
function headerWith(entry: Uint8Array): Uint8Array {
  const right = toCbor(new CborMap(coseHeaderFor(-7) as readonly (readonly [CborValue, CborValue])[]));
  return Buffer.concat([Buffer.of(0xa6), right.subarray(1), entry]);
}

const mapCases: readonly CoseCase[] = [
  forgedCose(
    'a label twice',
    { headerBytes: headerWith(Buffer.concat([toCbor(1), toCbor(-7)])) },
    'cbor: invalid protected header: duplicate map key',
    refused,
  ),
  forgedCose(
    'a label twice, once written longer',
    { headerBytes: headerWith(Buffer.of(0x18, 0x01, 0x26)) },
    'cbor: invalid protected header: duplicate map key',
    refused,
  ),
  forgedCose(
    'a label twice in a map below',
    { headerBytes: headerWith(Buffer.concat([toCbor('m'), labelTwice])) },
    'cbor: invalid protected header: duplicate map key',
    refused,
  ),
  forgedCose('labels in another order', { headerBytes: headerWith(Buffer.of(0x04, 0x40)) }),
  forgedCose('a number written longer', { headerBytes: headerWith(Buffer.of(0x18, 0x04, 0x40)) }),
  forgedCose(
    'a list as a key',
    { headerBytes: headerWith(Buffer.concat([toCbor('m'), Buffer.of(0xa1, 0x80, 0x01)])) },
    'cbor: invalid protected header: map key of this kind',
    refused,
  ),
];

/** What a COSE envelope may and may not be; the sentences are the reference's unless a case says otherwise. */
export const coseCases: readonly CoseCase[] = [
  { name: 'a good one', bytes: () => forgeCose(caseChain()) },
  ...schemeCases,
  ...criticalCases,
  ...timeCases,
  ...parameterCases,
  ...unprotectedCases,
  ...payloadCases,
  ...mapCases,
  ...coseEncodingCases,
];
