import { expect, it } from 'vitest';
import { SeededRandom, seedOfRun } from '../testing/seeded-random.ts';
import { maxManifestBytes, parseManifest } from './oci/manifest.ts';
import { isRepositoryName, isTag } from './oci/parse-reference.ts';
import { parseChallenges } from './registry/parse-challenge.ts';
import { readDistinguishedName } from './trust/distinguished-name.ts';
import { validatePolicy } from './trust/policy-document.ts';
import { readExtensions } from './revocation/extension-list.ts';
import { derOctetString, derOid, derSequence } from './x509/der-writer.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { parseStrictCbor } from './codec/strict-cbor.ts';
import { parseStrictJson } from './codec/strict-json.ts';

const runs = 1000;
const maxBytes = 1_000_000;
const extension = derSequence(derOid('1.2.3'), derOctetString(new Uint8Array()));
const challenges = (count: number): string => Array.from({ length: count }, () => 'Basic').join(', ');
const parameters = (count: number): string =>
  `Bearer ${Array.from({ length: count }, (_, at) => `p${at}=x`).join(',')}`;

/** What is limited: an input of a size, whether it is taken, and the limit; `undefined`: any may be asked for. */
const limits: readonly (readonly [
  name: string,
  limit: number | undefined,
  takes: (size: number, limit: number) => boolean,
])[] = [
  [
    'JSON bytes',
    undefined,
    (size, limit) => takes(() => parseStrictJson(`"${'x'.repeat(size)}"`, { maxBytes: limit + 2 })),
  ],
  [
    'JSON depth',
    undefined,
    (size, limit) => takes(() => parseStrictJson('['.repeat(size) + ']'.repeat(size), { maxBytes, maxDepth: limit })),
  ],
  ['CBOR bytes', undefined, (size, limit) => takes(() => parseStrictCbor(byteString(size), { maxBytes: limit + 3 }))],
  ['CBOR depth', undefined, (size, limit) => takes(() => parseStrictCbor(nested(size), { maxBytes, maxDepth: limit }))],
  [
    'CBOR values',
    undefined,
    (size, limit) => takes(() => parseStrictCbor(listOf(size - 1), { maxBytes, maxItems: limit })),
  ],
  [
    'policy depth',
    61,
    (size) =>
      validatePolicy(
        `{"version":"1.0","trustPolicies":[],"x":${'['.repeat(size + 2)}${']'.repeat(size + 2)}}`,
      ).problems.every(({ code }) => code !== 'policy.tooDeep'),
  ],
  ['tag characters', 128, (size) => isTag('x'.repeat(size))],
  ['characters of a repository', 4096, (size) => isRepositoryName('b'.repeat(size))],
  [
    'name characters',
    16_384,
    (size) => readDistinguishedName(`C=US,ST=WA,O=${'x'.repeat(size - 13)}`).fault === undefined,
  ],
  ['challenges', 16, (size) => takes(() => parseChallenges(challenges(size)))],
  ['challenge parameters', 32, (size) => takes(() => parseChallenges(parameters(size)))],
  ['challenge characters', 8192, (size) => takes(() => parseChallenges(`Basic a="${'x'.repeat(size - 10)}"`))],
  [
    'extensions',
    200,
    (size) => takes(() => readExtensions(Buffer.concat(Array.from({ length: size }, () => extension)))),
  ],
];

function takes(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    return false;
  }
}

function byteString(length: number): Uint8Array {
  return Buffer.concat([Buffer.of(0x59, length >> 8, length & 0xff), Buffer.alloc(length)]);
}

function nested(depth: number): Uint8Array {
  return Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.of(0)]);
}

function listOf(count: number): Uint8Array {
  return Buffer.concat([Buffer.of(0x99, count >> 8, count & 0xff), Buffer.alloc(count)]);
}

it.each(limits)('%s: what is at the limit is taken, and what is one above it never', (_, fixed, isTaken) => {
  const random = new SeededRandom(seedOfRun());
  for (let left = runs; left > 0; left -= 1) {
    const limit = fixed ?? 1 + random.below(500);
    expect(isTaken(limit, limit)).toBe(true);
    expect(isTaken(limit + 1, limit)).toBe(false);
  }
});

it('manifests of more than 4 MiB are not looked at', () => {
  expect(() => parseManifest(new Uint8Array(maxManifestBytes + 1), mediaTypes.ociManifest, 'it')).toThrow(
    'registry.tooLarge',
  );
});
