import { caseChain, changed, forged, written, type JwsCase } from './jws-case.ts';
import { digestOfA, forgeJws, headerFor, payloadText } from './jws-forge.ts';

const scheme = 'io.cncf.notary.signingScheme';
const expiry = 'io.cncf.notary.expiry';
const time = 'io.cncf.notary.signingTime';
const authenticTime = 'io.cncf.notary.authenticSigningTime';
const later = '2027-01-01T00:00:00Z';
const undecodable = "jws envelope protected header can't be decoded:";

function notCritical(name: string): string {
  return `"${name}" header is marked critical but not present`;
}

const schemeCases: readonly JwsCase[] = [
  forged(
    'unknown scheme',
    { header: { [scheme]: 'notary.x509.other' } },
    'unsupported SigningScheme: `notary.x509.other`',
  ),
  forged('no scheme', { header: { [scheme]: undefined } }, 'unsupported SigningScheme: ``'),
  forged(
    'authentic signing time under notary.x509',
    { header: { [authenticTime]: later } },
    `"${authenticTime}" header must not be present for notary.x509 signing scheme`,
  ),
  forged('authority scheme', {
    header: {
      [scheme]: 'notary.x509.signingAuthority',
      [time]: undefined,
      [authenticTime]: later,
      crit: [scheme, authenticTime],
    },
  }),
  forged(
    'authority scheme with a signing time',
    { header: { [scheme]: 'notary.x509.signingAuthority', [authenticTime]: later } },
    `"${time}" header must not be present for notary.x509.signingAuthority signing scheme`,
  ),
  forged(
    'authority scheme without a time',
    { header: { [scheme]: 'notary.x509.signingAuthority', [time]: undefined } },
    `"${authenticTime}" header must be present for notary.x509 signing scheme`,
  ),
  forged(
    'authority scheme, time not critical',
    { header: { [scheme]: 'notary.x509.signingAuthority', [time]: undefined, [authenticTime]: later } },
    `these required headers are not marked as critical: [${authenticTime}]`,
  ),
];

const criticalCases: readonly JwsCase[] = [
  forged('no crit', { header: { crit: undefined } }, 'missing "crit" header'),
  forged('empty crit', { header: { crit: [] } }, 'missing "crit" header'),
  forged(
    'crit that is text',
    { header: { crit: scheme } },
    `${undecodable} "crit" must be an array of strings`,
    'differs',
  ),
  forged(
    'crit with a number',
    { header: { crit: [scheme, 1] } },
    `${undecodable} "crit" must be an array of strings`,
    'differs',
  ),
  forged(
    'crit without the scheme',
    { header: { crit: ['x'], x: 1 } },
    `these required headers are not marked as critical: [${scheme}]`,
  ),
  forged(
    'crit without the expiry',
    { header: { [expiry]: later } },
    `these required headers are not marked as critical: [${expiry}]`,
  ),
  forged('crit names an absent header', { header: { crit: [scheme, 'absent'] } }, notCritical('absent')),
  forged('crit names an absent expiry', { header: { crit: [scheme, expiry] } }, notCritical(expiry)),
  forged('crit names the scheme twice', { header: { crit: [scheme, scheme] } }, notCritical(scheme)),
  forged(
    'crit names an extended attribute twice',
    { header: { crit: [scheme, 'x', 'x'], x: 1 } },
    notCritical('x'),
    'differs',
  ),
  forged('crit names alg', { header: { crit: [scheme, 'alg'] } }, notCritical('alg')),
  forged('crit names the signing time', { header: { crit: [scheme, time] } }, notCritical(time)),
  forged('crit names an inherited name', { header: { crit: [scheme, 'constructor'] } }, notCritical('constructor')),
  forged('an unknown critical attribute', { header: { crit: [scheme, 'x'], x: 'y' } }),
  forged('an unknown attribute', { header: { x: { y: [1.5, null, true] } } }),
  forged('an attribute named __proto__', {
    headerText: JSON.stringify(headerFor('ES256')).replace('{', '{"__proto__":{"a":1},'),
  }),
];

const timeCases: readonly JwsCase[] = [
  forged('no signing time', { header: { [time]: undefined } }, 'signing-time not present'),
  forged('signing time in year 1', { header: { [time]: '0001-01-01T00:00:00Z' } }, 'signing-time not present'),
  forged('expiry after signing', { header: { [expiry]: later, crit: [scheme, expiry] } }),
  forged(
    'expiry equal to signing',
    { header: { [expiry]: '2026-11-23T07:45:11Z', crit: [scheme, expiry] } },
    'expiry cannot be equal or before the signing time',
  ),
  forged(
    'expiry before signing',
    { header: { [expiry]: '2026-11-23T07:45:10Z', crit: [scheme, expiry] } },
    'expiry cannot be equal or before the signing time',
  ),
  forged(
    'expiry in year 1',
    { header: { [expiry]: '0001-01-01T00:00:00Z' } },
    `these required headers are not marked as critical: [${expiry}]`,
    'differs',
  ),
  forged('expiry null', { header: { [expiry]: null } }, `${undecodable} "${expiry}" is not a time`, 'differs'),
  forged('fractional seconds and an offset', { header: { [time]: '2026-11-23T15:45:11.25+08:00' } }),
  forged(
    'a time that is not RFC 3339',
    { header: { [time]: '1 Jan 2026' } },
    `${undecodable} not an RFC 3339 time: "1 Jan 2026"`,
    'differs',
  ),
  forged(
    'a day that is not in the calendar',
    { header: { [time]: '2026-02-30T00:00:00Z' } },
    `${undecodable} not an RFC 3339 time: "2026-02-30T00:00:00Z"`,
    'differs',
  ),
  forged(
    'a time as a number',
    { header: { [time]: 1_700_000_000 } },
    `${undecodable} "${time}" is not a time`,
    'differs',
  ),
];

const algorithmCases: readonly JwsCase[] = [
  ...['none', 'HS256', 'RS256', 'EdDSA'].map((alg) =>
    forged(
      `alg ${alg}`,
      { header: { alg } },
      `signature is invalid. Error: signing method ${alg} is invalid`,
      'differs',
    ),
  ),
  forged(
    'alg unknown',
    { header: { alg: 'XX256' } },
    'signature is invalid. Error: signing method (alg) is unavailable.',
    'differs',
  ),
  forged(
    'alg in lower case',
    { header: { alg: 'es256' } },
    'signature is invalid. Error: signing method (alg) is unavailable.',
    'differs',
  ),
  forged(
    'no alg',
    { header: { alg: undefined } },
    'signature is invalid. Error: signing method (alg) is unspecified.',
    'differs',
  ),
  forged('wrong cty', { header: { cty: 'text/plain' } }, 'payload content type "text/plain" not supported'),
  forged('no cty', { header: { cty: undefined } }, 'payload content type "" not supported'),
  forged('b64 false', { header: { b64: false } }, '"b64" header is not supported', 'differs'),
  forged(
    'b64 false and critical',
    { header: { b64: false, crit: [scheme, 'b64'] } },
    '"b64" header is not supported',
    'differs',
  ),
  forged(
    'duplicate alg',
    { headerText: JSON.stringify(headerFor('ES256')).replace('{', '{"alg":"ES256",') },
    `${undecodable} duplicate member "alg"`,
    'differs',
  ),
  forged(
    'duplicate scheme',
    { headerText: JSON.stringify(headerFor('ES256')).replace('{', `{"${scheme}":"notary.x509.signingAuthority",`) },
    `${undecodable} duplicate member "${scheme}"`,
    'differs',
  ),
  forged('Alg beside alg', { header: { Alg: 'ES256' } }, 'member "Alg" must be written "alg"', 'differs'),
  written(
    'a number beyond all numbers in the header',
    () =>
      JSON.stringify(
        forgeJws(caseChain(), { headerText: JSON.stringify(headerFor('ES256')).replace('{', '{"x":1e400,') }),
      ),
    `${undecodable} number out of range`,
    'differs',
  ),
  forged('a header that is not JSON', { headerText: 'x' }, `${undecodable} JSON value expected`, 'differs'),
  forged('a header that is a list', { headerText: '[]' }, `${undecodable} not a JSON object`, 'differs'),
  forged(
    'a header with text after it',
    { headerText: `${JSON.stringify(headerFor('ES256'))}x` },
    `${undecodable} text after the JSON value`,
    'differs',
  ),
];

const envelopeCases: readonly JwsCase[] = [
  written('as it should be', (text) => text),
  written('with white space', (text) => ` ${text.replaceAll(',', ' ,\n')} `),
  changed('with unknown members', (parts) => ({ x: 1, ...parts, header: { ...parts.header, y: 2 } })),
  changed('null for what may be absent', (parts) => ({
    ...parts,
    header: { ...parts.header, 'io.cncf.notary.signingAgent': null, 'io.cncf.notary.timestampSignature': null },
  })),
  changed('the signing agent as the first releases wrote it', (parts) => ({
    ...parts,
    header: { x5c: parts.header['x5c'], 'io.cncf.notary.SigningAgent': 'old' },
  })),
  changed(
    'a signing agent in other letters that is no text',
    (parts) => ({ ...parts, header: { ...parts.header, 'io.cncf.notary.SigningAgent': 5 } }),
    '"io.cncf.notary.SigningAgent" must be a string',
    'differs',
  ),
  changed('no x5c', (parts) => ({ ...parts, header: {} }), 'certificate chain is not present', 'differs'),
  changed('empty x5c', (parts) => ({ ...parts, header: { x5c: [] } }), 'certificate chain is not present', 'differs'),
  changed('no header', ({ header: _, ...parts }) => parts, 'certificate chain is not present', 'differs'),
  changed(
    'a leaf that is not DER',
    (parts) => ({ ...parts, header: { x5c: ['AAAA'] } }),
    'malformed leaf certificate',
    'differs',
  ),
  changed(
    'a leaf in PEM',
    (parts) => ({ ...parts, header: { x5c: [Buffer.from(caseChain().chainPem).toString('base64')] } }),
    'malformed leaf certificate',
    'differs',
  ),
  changed(
    'a leaf with a byte after it',
    (parts) => ({
      ...parts,
      header: { x5c: [Buffer.concat([caseChain().ders[0] ?? Buffer.alloc(0), Buffer.of(0)]).toString('base64')] },
    }),
    'malformed leaf certificate',
    'differs',
  ),
  changed(
    'x5c in base64url',
    (parts) => ({ ...parts, header: { x5c: caseChain().ders.map((der) => Buffer.from(der).toString('base64url')) } }),
    'malformed leaf certificate',
    'differs',
  ),
  changed(
    'an empty signature',
    (parts) => ({ ...parts, signature: '' }),
    'signature missing in jws-json envelope',
    'differs',
  ),
  changed(
    'a padded signature',
    (parts) => ({ ...parts, signature: `${parts.signature}==` }),
    'illegal base64url data',
    'differs',
  ),
  changed(
    'a newline in the signature',
    (parts) => ({ ...parts, signature: `${parts.signature.slice(0, 9)}\n${parts.signature.slice(9)}` }),
    'illegal base64url data',
    'differs',
  ),
  changed(
    'compact form',
    (parts) => `${parts.protected}.${parts.payload}.${parts.signature}`,
    'envelope is not a JSON object',
    'differs',
  ),
  changed(
    'general form',
    (parts) => ({
      payload: parts.payload,
      signatures: [{ protected: parts.protected, header: parts.header, signature: parts.signature }],
    }),
    'only the flattened JWS JSON serialization is supported',
    'differs',
  ),
  changed(
    'both forms',
    (parts) => ({ ...parts, signatures: [] }),
    'only the flattened JWS JSON serialization is supported',
    'differs',
  ),
  changed(
    'members in capitals',
    ({ payload, ...parts }) => ({ PAYLOAD: payload, ...parts }),
    'member "PAYLOAD" must be written "payload"',
    'differs',
  ),
  changed(
    'X5C',
    ({ header, ...parts }) => ({ ...parts, header: { X5C: header['x5c'] } }),
    'member "X5C" must be written "x5c"',
    'differs',
  ),
  written(
    'duplicate payload',
    (text) => text.replace('{', '{"payload":"e30",'),
    'duplicate member "payload"',
    'differs',
  ),
  written('bytes after it', (text) => `${text}x`, 'text after the JSON value', 'differs'),
  written(
    'not UTF-8',
    (text) => Buffer.from(text.replace('forge/1.0', '\xff'), 'latin1'),
    'not valid UTF-8',
    'differs',
  ),
  written('a byte order mark', (text) => `\ufeff${text}`, 'starts with a byte order mark', 'differs'),
  written('empty', () => '', 'JSON value expected', 'differs'),
  written('deep', () => '['.repeat(5000), 'nested deeper than 32', 'differs'),
];

const invalid = 'signature is invalid. Error:';
function payloadCase(
  name: string,
  text: string | Uint8Array,
  fault?: string,
  reference?: JwsCase['reference'],
): JwsCase {
  return forged(name, { payloadText: text }, fault, reference);
}
const target = JSON.parse(payloadText) as { targetArtifact: Record<string, unknown> };
function targetCase(name: string, change: Record<string, unknown>, fault?: string): JwsCase {
  return payloadCase(
    name,
    JSON.stringify({ targetArtifact: { ...target.targetArtifact, ...change } }),
    fault,
    fault === undefined ? undefined : 'differs',
  );
}

/** The reference reads the descriptor only after integrity has passed, so at this point it accepts what it refuses later. */
const payloadCases: readonly JwsCase[] = [
  payloadCase('a payload that is not JSON', 'x', `${invalid} JSON value expected`, 'differs'),
  payloadCase('an empty payload', '', `${invalid} JSON value expected`, 'differs'),
  payloadCase('a payload that is a list', '[]', `${invalid} payload is not a JSON object`, 'differs'),
  payloadCase('a payload with text after it', `${payloadText}x`, `${invalid} text after the JSON value`, 'differs'),
  payloadCase(
    'a payload that is not UTF-8',
    Buffer.from(payloadText.replace('manifest', '\xff'), 'latin1'),
    `${invalid} not valid UTF-8`,
    'differs',
  ),
  payloadCase('a null target', '{"targetArtifact":null}', 'payload has no "targetArtifact" object', 'differs'),
  payloadCase('no target', '{}', 'payload has no "targetArtifact" object', 'differs'),
  payloadCase(
    'two targets',
    payloadText.replace('{', '{"targetArtifact":{},'),
    `${invalid} duplicate member "targetArtifact"`,
    'differs',
  ),
  payloadCase(
    'extra members',
    payloadText.replace('{', '{"x":{},').replace('"size"', '"artifactType":"a","urls":["u"],"size"'),
  ),
  targetCase('annotations', { annotations: { constructor: 'a', 'io.cncf.notary.x': 'b' } }),
  targetCase('null annotations', { annotations: null }),
  targetCase('annotations that are not text', { annotations: { a: 1 } }, '"annotations" must be an object of strings'),
  targetCase('an upper-case digest', { digest: digestOfA.toUpperCase() }, '"digest" is not a digest'),
  targetCase('a size that is text', { size: '528' }, '"size" is not a whole number'),
  targetCase('a negative size', { size: -1 }, '"size" is not a whole number'),
  targetCase('no media type', { mediaType: undefined }, '"targetArtifact.mediaType" must be a string'),
  ...['5.0', '5e0', '1152921504606846976', '-0'].map((size) =>
    payloadCase(`size ${size}`, payloadText.replace('528', size), '"size" is not a whole number', 'differs'),
  ),
  payloadCase(
    'Size beside size',
    payloadText.replace('"size"', '"Size":1,"size"'),
    'member "Size" must be written "size"',
    'differs',
  ),
];

/** Every row of the acceptance rules for JWS envelopes, and what is stricter here. */
export const jwsCases: readonly JwsCase[] = [
  ...schemeCases,
  ...criticalCases,
  ...timeCases,
  ...algorithmCases,
  ...envelopeCases,
  ...payloadCases,
];
