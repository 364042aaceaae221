import { expect, it } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { SeededRandom, seedOfRun } from '../../testing/seeded-random.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { signTarget, type SignRequest } from '../sign/sign-target.ts';
import { CborMap, CborTag } from '../codec/cbor-value.ts';
import { toCbor } from '../codec/cbor-writer.ts';
import { parseStrictCbor } from '../codec/strict-cbor.ts';
import { checkSignatureValue } from './check-signature-value.ts';
import { decodeEnvelope } from './decode-envelope.ts';

const runs = 1000;
const { signal } = new AbortController();
const chains = [
  createTestChain({ length: 1 }),
  createTestChain({ length: 3 }),
  createTestChain({ algorithm: 'EC-384' }),
  createTestChain({ algorithm: 'EC-521' }),
  createTestChain({ algorithm: 'RSA-2048' }),
];
const words = [
  'a',
  'Acme, Inc.',
  '印鑑',
  '\u0000',
  '"',
  '\\',
  '<&>',
  '\u2028',
  '🙂',
  '__proto__',
  'constructor',
  ' ',
  'é',
];

/** What anybody may ask to be signed. */
function generateRequest(random: SeededRandom): SignRequest {
  const chain = random.chance(0.95) ? random.pick(chains.slice(0, 4)) : random.pick(chains);
  const signedMs = chain.certificates[0]?.notBefore.getTime() ?? 0;
  const now = new Date(signedMs + 1000 * (1 + random.below(86_400 * 360)));
  const metadata = Array.from({ length: random.below(4) }, () => [
    random.text(words, 1 + random.below(3)),
    random.pick(words),
  ]);
  return {
    target: {
      mediaType: random.pick([mediaTypes.ociManifest, mediaTypes.ociIndex, 'text/plain; charset="x"']),
      digest: `sha256:${Buffer.from(random.bytes(32)).toString('hex')}` as Digest,
      size: Math.floor(random.next() * Number.MAX_SAFE_INTEGER),
    },
    signer: createLocalSigner(chain.keyPem, chain.certificates),
    format: random.pick(['jws', 'cose']),
    clock: { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() },
    version: random.pick(['1.0.0', '0']),
    expirySeconds: random.chance(0.5) ? 0 : 1 + random.below(2 ** 31),
    userMetadata: Object.fromEntries(metadata) as Record<string, string>,
    signal,
  };
}

it('what was signed verifies, and says what was signed: headers come back as they were written', async () => {
  const random = new SeededRandom(seedOfRun());
  for (let left = runs; left > 0; left -= 1) {
    const request = generateRequest(random);
    const { target, clock, expirySeconds = 0, userMetadata = {} } = request;
    const { envelope, mediaType } = await signTarget(request);
    const decoded = decodeEnvelope(mediaType, envelope);
    const signingTime = new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
    expect(checkSignatureValue(decoded)).toEqual({ ok: true });
    expect(decoded).toMatchObject({
      signingScheme: 'notary.x509',
      signingTime,
      signingAgent: `inkan/${request.version}`,
      target: { mediaType: target.mediaType, digest: target.digest, size: target.size },
    });
    expect(decoded.expiry).toEqual(
      expirySeconds === 0 ? undefined : new Date(signingTime.getTime() + expirySeconds * 1000),
    );
    expect(Object.entries(decoded.target.annotations ?? {}).sort()).toEqual(Object.entries(userMetadata).sort());
  }
});

function flip(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const at = random.below(flipped.length);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
  return flipped;
}

/** One bit of the protected header, the payload or the signature value changed. */
function flipJws(random: SeededRandom, envelope: Uint8Array): Uint8Array {
  const parts = JSON.parse(Buffer.from(envelope).toString()) as Record<string, string>;
  const name = random.pick(['payload', 'protected', 'signature']);
  const changed = Buffer.from(flip(random, Buffer.from(parts[name] ?? '', 'base64url'))).toString('base64url');
  return Buffer.from(JSON.stringify({ ...parts, [name]: changed }));
}

function flipCose(random: SeededRandom, envelope: Uint8Array): Uint8Array {
  const tag = parseStrictCbor(envelope, { maxBytes: envelope.length });
  const parts = tag instanceof CborTag && Array.isArray(tag.value) ? [...(tag.value as Uint8Array[])] : [];
  const at = random.pick([0, 2, 3]);
  parts[at] = flip(random, parts[at] ?? Uint8Array.of());
  expect(parts[1]).toBeInstanceOf(CborMap);
  return toCbor(new CborTag(18, parts));
}

it('no bit of what is signed, and none of the signature, can change', async () => {
  const random = new SeededRandom(seedOfRun());
  const signed = await Promise.all(Array.from({ length: 40 }, () => signTarget(generateRequest(random))));
  let decodable = 0;
  for (let left = 2 * runs; left > 0; left -= 1) {
    const { envelope, mediaType } = random.pick(signed);
    const changed = mediaType === mediaTypes.jws ? flipJws(random, envelope) : flipCose(random, envelope);
    try {
      expect(checkSignatureValue(decodeEnvelope(mediaType, changed)).ok).toBe(false);
      decodable += 1;
    } catch (error) {
      if (!isAppError(error, 'envelope.malformed')) throw error;
    }
  }
  expect(decodable).toBeGreaterThan(runs / 2);
});
