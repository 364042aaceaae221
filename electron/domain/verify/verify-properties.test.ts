import { describe, expect, it } from 'vitest';
import type { CheckName, TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { createTestChain, type TestChain } from '../../testing/chain-factory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { SeededRandom, seedOfRun } from '../../testing/seeded-random.ts';
import { tellRevocation, type ToldRevocation } from '../../testing/told-revocation.ts';
import { statementFor, VerificationBench } from '../../testing/verification-bench.ts';
import { computeDigest } from '../oci/compute-digest.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { signTarget } from '../sign/sign-target.ts';
import { createTrustStoreReader, trustStoreRoot } from '../trust/trust-store.ts';
import { CborTag, CborMap, type CborValue } from '../codec/cbor-value.ts';
import { toCbor } from '../codec/cbor-writer.ts';
import { parseStrictCbor } from '../codec/strict-cbor.ts';
import { verifySignature } from './verify-signature.ts';

const runs = 1000;
const never = new AbortController().signal;
const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * dayMs);
const chains = [
  createTestChain({ length: 1 }),
  createTestChain({ length: 2 }),
  createTestChain({ length: 3 }),
  createTestChain({ leaf: { notBefore: ago(300), notAfter: ago(10) } }),
  createTestChain({ root: { notBefore: ago(300), notAfter: ago(10) } }),
];
const artifact = { mediaType: mediaTypes.ociManifest, digest: computeDigest(Buffer.from('x')), size: 1 };
const manifestDigest = computeDigest(Buffer.from('manifest'));

/** A signature, and everything that it is judged by. */
interface Scene {
  readonly chain: TestChain;
  readonly envelope: { readonly mediaType: string; readonly bytes: Uint8Array };
  /** Indexes of chains whose roots stand in the store, in this order. */
  readonly roots: readonly number[];
  readonly statement: TrustPolicyStatement;
  readonly revocation: ToldRevocation;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly copies: number;
}

function generateOverride(random: SeededRandom): TrustPolicyStatement['signatureVerification']['override'] {
  if (random.chance(0.5)) return undefined;
  const checks = random.several<CheckName>(['authenticity', 'authenticTimestamp', 'expiry', 'revocation'], 2);
  return Object.fromEntries(checks.map((check) => [check, random.pick(['enforce', 'log'] as const)]));
}

async function generateScene(random: SeededRandom): Promise<Scene> {
  const chain = random.pick(chains);
  const signedAt = ago(chains.indexOf(chain) > 2 ? 20 : random.pick([1, 20]));
  const { envelope: bytes, mediaType } = await signTarget({
    target: artifact,
    signer: createLocalSigner(chain.keyPem, chain.certificates),
    format: random.pick(['jws', 'cose']),
    clock: { now: () => signedAt, monotonicMs: () => 0, sleep: () => Promise.resolve() },
    version: '1',
    expirySeconds: random.pick([0, 0, 60, 86_400 * 365]),
    userMetadata: random.pick<Record<string, string>>([{}, { a: '1', b: '2' }]),
    signal: never,
  });
  const override = generateOverride(random);
  const identities = ['x509.subject: C=US, ST=WA, O=Notary', 'x509.subject: C=JP, ST=Tokyo, O=Other', 'arn:x'];
  return {
    chain,
    envelope: { mediaType, bytes },
    roots: chains.map((_, index) => index).filter(() => random.chance(0.6)),
    statement: statementFor('*', {
      level: random.pick(['strict', 'permissive', 'audit']),
      ...(override && { override }),
      trustedIdentities: random.chance(0.5) ? ['*'] : random.several(identities, 2),
    }),
    revocation: { codeSigning: random.several(['good', 'good', 'revoked', 'unknown'] as const, 3) },
    userMetadata: random.pick<Record<string, string>>([{}, {}, { a: '1' }, { b: '2', a: '1' }, { a: '2' }]),
    copies: 1,
  };
}

async function judge({
  envelope,
  roots,
  statement,
  revocation,
  userMetadata,
  copies,
}: Scene): Promise<SignatureOutcome> {
  const directory = new MemoryDirectory('/config');
  roots.forEach((index, position) => {
    const root = chains[index]?.ders.at(-1) ?? new Uint8Array();
    for (let copy = 0; copy < copies; copy += 1)
      directory.put(
        `${trustStoreRoot}/ca/acme/${position}-${copy}.crt`,
        copy % 2 === 0 ? root : Buffer.concat([root, root]),
      );
  });
  const trust = createTrustStoreReader(directory);
  const context = { artifact, statement, trust, revocation: tellRevocation(revocation), userMetadata, now: new Date() };
  return (await verifySignature(manifestDigest, envelope, context, never)).outcome;
}

const passes = ({ verdict }: SignatureOutcome): boolean => verdict === 'verified' || verdict === 'verifiedWithWarnings';
const tell = ({ verdict, checks, fatal }: SignatureOutcome): unknown => [
  verdict,
  fatal.map(({ code }) => code),
  checks.map(({ check, action, result, reason }) => [check, action, result, reason.code]),
];

/** Runs a property over scenes and counts how many of them pass, so that a property about passing is about something. */
async function overScenes(property: (scene: Scene, random: SeededRandom) => Promise<boolean>): Promise<void> {
  const random = new SeededRandom(seedOfRun());
  let passing = 0;
  for (let left = runs; left > 0; left -= 1) if (await property(await generateScene(random), random)) passing += 1;
  expect(passing).toBeGreaterThan(runs / 20);
  expect(passing).toBeLessThan(runs - runs / 20);
}

function shuffle<T>(random: SeededRandom, list: readonly T[]): T[] {
  return list
    .map((item) => [random.next(), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

function reorder(random: SeededRandom, { mediaType, bytes }: Scene['envelope']): Scene['envelope'] {
  if (mediaType === mediaTypes.jws) {
    const parts = JSON.parse(Buffer.from(bytes).toString()) as { header: object };
    const header = Object.fromEntries(shuffle(random, Object.entries(parts.header)));
    const text = JSON.stringify(Object.fromEntries(shuffle(random, Object.entries({ ...parts, header }))));
    return { mediaType, bytes: Buffer.from(text) };
  }
  const tag = parseStrictCbor(bytes, { maxBytes: bytes.length });
  const parts = tag instanceof CborTag ? (tag.value as readonly CborValue[]) : [];
  const [head, unprotected, payload, value] = parts.map(toCbor);
  const entries = shuffle(random, parts[1] instanceof CborMap ? parts[1].entries : []);
  const map = Buffer.concat([Buffer.of(0xa0 | entries.length), ...entries.flat().map(toCbor)]);
  expect(map.length).toBe(unprotected?.length);
  const all = [head, map, payload, value].map((part) => part ?? new Uint8Array());
  return { mediaType, bytes: Buffer.concat([Buffer.of(0xd2, 0x84), ...all]) };
}

describe('a verdict', () => {
  it('does not depend on the order of members, stores, identities and metadata, nor on copies of certificates', () =>
    overScenes(async (scene, random) => {
      const usual = await judge(scene);
      const { statement } = scene;
      const other = await judge({
        ...scene,
        envelope: reorder(random, scene.envelope),
        roots: shuffle(random, scene.roots),
        copies: 1 + random.below(3),
        userMetadata: Object.fromEntries(shuffle(random, Object.entries(scene.userMetadata))),
        statement: {
          ...statement,
          trustStores: [...statement.trustStores, ...statement.trustStores.slice(0, random.below(2))],
          trustedIdentities: shuffle(random, statement.trustedIdentities),
        },
      });
      expect(tell(other)).toEqual(tell(usual));
      return passes(usual);
    }));

  it('never turns from pass to fail with one more root, nor from fail to pass with one less', () =>
    overScenes(async (scene, random) => {
      const added = random.below(chains.length);
      const more = await judge({ ...scene, roots: [...new Set([...scene.roots, added])] });
      const less = await judge({ ...scene, roots: scene.roots.filter((index) => index !== added) });
      if (passes(less)) expect(passes(more)).toBe(true);
      return passes(more);
    }));

  it('never turns from fail to pass under a stricter level', () =>
    overScenes(async (scene) => {
      const levels = ['audit', 'permissive', 'strict'] as const;
      const { override } = scene.statement.signatureVerification;
      const verdicts = [];
      for (const level of levels) {
        const signatureVerification = { level, ...(override && { override }) };
        verdicts.push(passes(await judge({ ...scene, statement: { ...scene.statement, signatureVerification } })));
      }
      expect(verdicts).toEqual([...verdicts].sort((left, right) => Number(right) - Number(left)));
      return verdicts[1] ?? false;
    }));

  it('never turns from fail to pass when a check is enforced that was only logged', () =>
    overScenes(async (scene, random) => {
      const check = random.pick(['authenticity', 'authenticTimestamp', 'expiry', 'revocation'] as const);
      const under = (action: 'enforce' | 'log'): Promise<SignatureOutcome> => {
        const { level, override } = scene.statement.signatureVerification;
        const signatureVerification = { level, override: { ...override, [check]: action } };
        return judge({ ...scene, statement: { ...scene.statement, signatureVerification } });
      };
      const [logged, enforced] = [await under('log'), await under('enforce')];
      if (passes(enforced)) expect(passes(logged)).toBe(true);
      return passes(enforced);
    }));
});

describe('a limit on signatures', () => {
  it('lets the one at it pass and never the one after it', async () => {
    const random = new SeededRandom(seedOfRun());
    const [chain] = chains;
    if (!chain) throw new Error('no chain');
    const bench = new VerificationBench();
    bench.trust(chain);
    bench.saveStatement();
    const most = 12;
    for (let left = most; left > 0; left -= 1) await bench.attach(random.bytes(20), chain);
    await bench.sign(chain);
    const all = bench.repository.listed.get(bench.artifact.digest) ?? [];
    for (let left = runs; left > 0; left -= 1) {
      const before = random.below(most);
      bench.repository.listed.set(bench.artifact.digest, [
        ...shuffle(random, all.slice(0, -1)).slice(0, before),
        ...all.slice(-1),
      ]);
      const maxSignatures = 1 + random.below(most);
      const { verdict } = await bench.verify({ maxSignatures });
      expect(verdict === 'verified', `${before} before, ${maxSignatures} at most`).toBe(before < maxSignatures);
    }
  });
});
