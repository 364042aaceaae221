import type { TestChain } from './chain-factory.ts';
import { forgeJws, headerFor, payloadText, type JwsForgery, type JwsParts } from './jws-forge.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import type { SeededRandom } from './seeded-random.ts';
import { signatureAlgorithmOf } from '../domain/x509/key-algorithm.ts';

/** An envelope to start from, and the chain that signs what is signed anew. */
export interface JwsSeed {
  readonly chain: TestChain;
  readonly forgery: JwsForgery;
}

const scheme = 'io.cncf.notary.signingScheme';
const headerValues = [
  ...['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'HS256', 'RS256', 'none', 'EdDSA'],
  ...[
    'notary.x509',
    'notary.x509.signingAuthority',
    'notary.X509',
    'application/vnd.cncf.notary.payload.v1+json',
    'text/plain',
  ],
  ...[
    '2026-11-23T07:45:11Z',
    '2027-01-01T00:00:00+14:00',
    '2026-02-30T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-11-23t07:45:11z',
    '2026-11-23T07:45:11.123456789Z',
    '2026-11-23T24:00:00Z',
    '1 Jan 2026',
    '9999-12-31T23:59:59Z',
    '2001-01-01T00:00:00Z',
  ],
]
  .map((text) => JSON.stringify(text))
  .concat(
    [
      [scheme],
      [scheme, scheme],
      [scheme, 'io.cncf.notary.expiry'],
      ['io.cncf.notary.expiry'],
      [scheme, 'alg'],
      [scheme, 'x'],
      [],
      [scheme, 'io.cncf.notary.signingTime'],
      [scheme, 1],
    ].map((list) => JSON.stringify(list)),
  );
const targetValues = [
  `sha256:${'b'.repeat(64)}`,
  `sha256:${'A'.repeat(64)}`,
  `sha384:${'a'.repeat(96)}`,
  `sha1:${'a'.repeat(40)}`,
  'sha256:../../x',
  'application/vnd.oci.image.index.v1+json',
]
  .map((text) => JSON.stringify(text))
  .concat('528', '529', '528.0', '5.28e2', '-0', '{"a":"b"}', '{"a":1}', '{"constructor":"c"}', '["u"]');
const own = new TextEncoder();

const toBase64Url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');

/** What looks like the same base64url and is not, or is another value. */
function mutateBase64(random: SeededRandom, text: string): string {
  const at = random.below(text.length);
  return random.pick([
    `${text}=`,
    `${text}==`,
    ` ${text}`,
    `${text}\n`,
    `${text.slice(0, at)}\n${text.slice(at)}`,
    `${text.slice(0, at)}\r\n${text.slice(at)}`,
    text.replaceAll('-', '+').replaceAll('_', '/'),
    text.slice(0, -1),
    `${text}A`,
    text.slice(0, -1) + String.fromCharCode((text.charCodeAt(text.length - 1) || 64) + 1),
    text.slice(0, at) + random.pick(['A', '_', '-', '.', '*', 'é']) + text.slice(at + 1),
    '',
    toBase64Url(mutateBytes(random, Buffer.from(text, 'base64url'), Buffer.from(text))),
  ]);
}

function changeHeader(random: SeededRandom, forgery: JwsForgery, algorithm: string): JwsForgery {
  const text = forgery.headerText ?? JSON.stringify({ ...headerFor(algorithm), ...forgery.header });
  return { ...forgery, headerText: mutateJson(random, text, headerValues) };
}

function changePayload(random: SeededRandom, forgery: JwsForgery): JwsForgery {
  const text = new TextDecoder().decode(own.encode(String(forgery.payloadText ?? payloadText)));
  if (random.chance(0.3)) return { ...forgery, payloadText: mutateJson(random, text, ['{"digest":"x"}']) };
  const { targetArtifact } = JSON.parse(text) as { targetArtifact: unknown };
  return {
    ...forgery,
    payloadText: `{"targetArtifact":${mutateJson(random, JSON.stringify(targetArtifact), targetValues)}}`,
  };
}

/** Header, payload or encoding changed, and signed anew: what a signer who means ill, or errs, could make. */
function resigned(random: SeededRandom, { chain, forgery }: JwsSeed): JwsParts {
  const algorithm = signatureAlgorithmOf(chain.privateKey) ?? 'ES256';
  const change = random.below(8);
  if (change < 4) return forgeJws(chain, changeHeader(random, forgery, algorithm));
  if (change < 7) return forgeJws(chain, changePayload(random, forgery));
  const oddities: readonly JwsForgery[] = [
    { saltLength: random.pick([0, 20, 31, 33, 64, 222]) },
    { dsaEncoding: 'der' },
    { encode: (bytes) => mutateBase64(random, toBase64Url(bytes)) },
  ];
  return forgeJws(chain, { ...forgery, ...random.pick(oddities) });
}

function mutateChain(random: SeededRandom, list: readonly string[], other: readonly string[]): unknown {
  const at = random.below(list.length);
  const der = Buffer.from(list[at] ?? '', 'base64');
  const replace = (put: unknown): unknown[] => list.map((certificate, index) => (index === at ? put : certificate));
  return random.pick<unknown>([
    [...list].reverse(),
    list.slice(1),
    list.slice(0, -1),
    [...list, ...list.slice(-1)],
    [...list, ...other],
    [...other.slice(0, 1), ...list],
    [...other.slice(0, 1), ...list.slice(1)],
    replace(other[0]),
    replace(Buffer.from(mutateBytes(random, der, Buffer.from(other[0] ?? '', 'base64'))).toString('base64')),
    replace(Buffer.concat([der, Buffer.of(0)]).toString('base64')),
    replace(`-----BEGIN CERTIFICATE-----\n${list[at] ?? ''}\n-----END CERTIFICATE-----\n`),
    replace(der.toString('base64url')),
    replace(mutateBase64(random, list[at] ?? '')),
    replace(null),
    list[0],
    {},
  ]);
}

/** Members of the envelope changed, its signature left as it is. */
function rearranged(random: SeededRandom, { chain, forgery }: JwsSeed, other: JwsSeed): string {
  const parts = forgeJws(chain, forgery);
  const text = JSON.stringify(parts);
  switch (random.below(6)) {
    case 0:
      return mutateJson(random, text, [
        '{}',
        JSON.stringify(parts.payload),
        JSON.stringify(forgeJws(other.chain, other.forgery).signature),
      ]);
    case 1: {
      const header = mutateJson(random, JSON.stringify(parts.header), ['"AAAA"', '["AAAA"]']);
      return text.replace(JSON.stringify(parts.header), () => header);
    }
    case 2: {
      const x5c = mutateChain(
        random,
        parts.header['x5c'] as string[],
        other.chain.ders.map((der) => Buffer.from(der).toString('base64')),
      );
      return JSON.stringify({ ...parts, header: { ...parts.header, x5c } });
    }
    case 3: {
      const field = random.pick(['payload', 'protected', 'signature'] as const);
      return JSON.stringify({ ...parts, [field]: mutateBase64(random, parts[field]) });
    }
    case 4: {
      const { payload, protected: header } = random.chance(0.5)
        ? resigned(random, { chain, forgery })
        : forgeJws(other.chain, other.forgery);
      return JSON.stringify({
        ...parts,
        ...random.pick([{ payload }, { protected: header }, { payload, protected: header }]),
      });
    }
    default: {
      const token = random.pick(['', 'AAAA', 'AAA', '!', Buffer.from(random.bytes(40)).toString('base64')]);
      return JSON.stringify({ ...parts, header: { ...parts.header, 'io.cncf.notary.timestampSignature': token } });
    }
  }
}

/** An envelope changed by one who knows how envelopes are made. */
export function mutateJws(random: SeededRandom, seed: JwsSeed, other: JwsSeed): Uint8Array {
  if (random.chance(0.5)) return own.encode(JSON.stringify(resigned(random, seed)));
  return own.encode(rearranged(random, seed, other));
}
