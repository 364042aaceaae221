import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from '../domain/codec/cbor-value.ts';
import type { TestChain } from './chain-factory.ts';
import { cosePayloadText, coseTime, forgeCose, type CoseForgery, type CoseParts } from './cose-forge.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import type { SeededRandom } from './seeded-random.ts';

/** An envelope to start from, and the chain that signs what is signed anew. */
export interface CoseSeed {
  readonly chain: TestChain;
  readonly forgery: CoseForgery;
}

const scheme = 'io.cncf.notary.signingScheme';
const expiry = 'io.cncf.notary.expiry';
const labels: readonly CborValue[] = [
  ...[1, 2, 3, 4, 33, -1, scheme, expiry, 'com.example.attribute', 'io.cncf.notary.signingTime'],
  ...['io.cncf.notary.authenticSigningTime', 'io.cncf.notary.verificationPlugin'],
];
const values: readonly (CborValue | undefined)[] = [
  ...[undefined, null, true, 0, -1, -7, -35, -36, -37, -38, -39, 2n ** 63n, '', 'x', 'notary.x509'],
  ...['notary.x509.signingAuthority', 'application/vnd.cncf.notary.payload.v1+json', 'text/plain'],
  ...[new Uint8Array(), Uint8Array.of(1, 2), new CborFloat(1.5), new CborFloat(2e9), new CborSimple(23), new CborMap()],
  ...[coseTime('2026-11-23T07:45:11Z'), coseTime('2099-01-01T00:00:00Z'), coseTime('2001-01-01T00:00:00Z')],
  ...[
    new CborTag(1, -1),
    new CborTag(1, new CborFloat(4e9)),
    new CborTag(0, '2099-01-01T00:00:00Z'),
    new CborTag(1, 'x'),
  ],
  ...[
    [],
    [scheme],
    [scheme, scheme],
    [scheme, expiry],
    [expiry],
    [scheme, 1],
    [scheme, 'x'],
    [scheme, 'com.example.attribute'],
  ],
];
const targets = ['528', '529', '528.0', '-0', '{"a":"b"}', '{"a":1}', '"sha256:../../x"', `"sha256:${'b'.repeat(64)}"`];

/** A value for a header; undefined leaves it out. */
function pickValue(random: SeededRandom): CborValue | undefined {
  return values[random.below(values.length)];
}

/** Header, payload or signature changed, and signed anew: what a signer who means ill, or errs, could make. */
function resigned(random: SeededRandom, { chain, forgery }: CoseSeed): Uint8Array {
  const pairs = (most: number) =>
    Array.from({ length: 1 + random.below(most) }, () => [random.pick(labels), pickValue(random)] as const);
  const once = (most: number) => [...new Map(pairs(most).map((pair) => [String(pair[0]), pair])).values()];
  const change = random.below(8);
  if (change < 4) return forgeCose(chain, { ...forgery, header: [...(forgery.header ?? []), ...once(2)].slice(-2) });
  if (change < 5) return forgeCose(chain, { ...forgery, unprotected: once(2) });
  if (change < 7) {
    const { targetArtifact } = JSON.parse(cosePayloadText) as { targetArtifact: unknown };
    const payload = `{"targetArtifact":${mutateJson(random, JSON.stringify(targetArtifact), targets)}}`;
    return forgeCose(chain, { ...forgery, payload });
  }
  return forgeCose(chain, {
    ...forgery,
    ...random.pick<CoseForgery>([{ saltLength: random.pick([0, 20, 31, 33, 64]) }, { dsaEncoding: 'der' }]),
  });
}

/** Members of the envelope changed, its signature left as it is. */
function rearranged(random: SeededRandom, { chain, forgery }: CoseSeed, other: CoseSeed): Uint8Array {
  const ders = (of: CoseSeed): Uint8Array[] => of.chain.ders.map((der) => new Uint8Array(der));
  const withChain = ([header, , payload, signature]: CoseParts, list: CborValue): CborValue[] => [
    header,
    new CborMap([[33, list]]),
    payload,
    signature,
  ];
  const [own, foreign] = [ders({ chain, forgery }), ders(other)];
  const at = random.below(own.length);
  const bent = own.map((der, index) => (index === at ? mutateBytes(random, Buffer.from(der), foreign[0] ?? der) : der));
  const lists: readonly CborValue[] = [
    ...[
      own.toReversed(),
      own.slice(1),
      own.slice(0, -1),
      [...own, ...foreign],
      [...foreign.slice(0, 1), ...own.slice(1)],
    ],
    ...[bent, own[0] ?? null, null, [], [null], new CborMap()],
  ];
  const changes: readonly ((parts: CoseParts) => readonly CborValue[])[] = [
    (parts) => withChain(parts, random.pick(lists)),
    (parts) => parts.map((part, index) => (index === random.below(4) ? (pickValue(random) ?? null) : part)),
    (parts) => parts.slice(0, 1 + random.below(4)),
    (parts) => [...parts, null],
    ([header, unprotected, payload, signature]) => [
      header,
      unprotected,
      payload,
      signature instanceof Uint8Array ? mutateBytes(random, Buffer.from(signature), signature) : signature,
    ],
  ];
  return forgeCose(chain, { ...forgery, change: random.pick(changes) });
}

/** A COSE envelope with one thing about it changed, by someone who knows what it is made of. */
export function mutateCose(random: SeededRandom, seed: CoseSeed, other: CoseSeed): Uint8Array {
  return random.chance(0.6) ? resigned(random, seed) : rearranged(random, seed, other);
}
