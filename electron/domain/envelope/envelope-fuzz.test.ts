import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { forgeCose, coseHeaderFor, cosePayloadText, coseTime } from '../../testing/cose-forge.ts';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { forgeJws, headerFor, payloadText } from '../../testing/jws-forge.ts';
import { mutateBytes } from '../../testing/mutate-bytes.ts';
import { mutateCose } from '../../testing/mutate-cose.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateJws } from '../../testing/mutate-jws.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { CborMap, type CborValue } from '../codec/cbor-value.ts';
import { toCbor } from '../codec/cbor-writer.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { checkSignatureValue } from './check-signature-value.ts';
import { toCoseDiagnostic } from './cose-diagnostic.ts';
import { parseCoseProtectedHeader } from './cose-protected-header.ts';
import { decodeCose } from './decode-cose.ts';
import { decodeJws } from './decode-jws.ts';
import { parseProtectedHeader } from './jws-protected-header.ts';
import { parsePayload } from './payload.ts';

const isFault = (error: unknown): boolean =>
  isAppError(error) && (error.code.startsWith('envelope.') || error.code.startsWith('certificate.'));
const chain = createTestChain();
const other = createTestChain({ algorithm: 'EC-384', length: 3 });
const expiry = 'io.cncf.notary.expiry';

it('JWS: one whose value holds carries a payload that was signed', async () => {
  const seeds = [chain, other].map((signer) => ({ chain: signer, forgery: {} }));
  const result = await fuzzParser({
    seeds: seeds.map(({ chain: signer }) => toUtf8(JSON.stringify(forgeJws(signer)))),
    mutate: (random, bytes, another) =>
      random.chance(0.5)
        ? mutateJws(random, random.pick(seeds), random.pick(seeds))
        : mutateBytes(random, bytes, another),
    parse: decodeJws,
    isFault,
    check: (envelope, bytes) => {
      const { payload } = JSON.parse(Buffer.from(bytes).toString()) as { payload: string };
      expect(Buffer.from(envelope.payload).toString('base64url')).toBe(payload);
      expect(checkSignatureValue(envelope)).toBeDefined();
    },
  });
  assertSound(result);
});

it('COSE: what is taken is a part of what was given, and can be shown', async () => {
  const seeds = [chain, other].map((signer) => ({ chain: signer, forgery: {} }));
  const result = await fuzzParser({
    seeds: seeds.map(({ chain: signer }) => forgeCose(signer)),
    mutate: (random, bytes, another) =>
      random.chance(0.5)
        ? mutateCose(random, random.pick(seeds), random.pick(seeds))
        : mutateBytes(random, bytes, another),
    parse: decodeCose,
    isFault,
    check: (envelope, bytes) => {
      expect(Buffer.from(bytes).includes(Buffer.from(envelope.payload))).toBe(true);
      expect(toCoseDiagnostic(bytes)).toBeDefined();
      expect(checkSignatureValue(envelope)).toBeDefined();
    },
  });
  assertSound(result);
});

it('protected headers', async () => {
  const header = {
    ...headerFor('ES256'),
    crit: ['io.cncf.notary.signingScheme', expiry],
    [expiry]: '2099-01-01T00:00:00Z',
  };
  const texts = await fuzzParser({
    seeds: [JSON.stringify(header), JSON.stringify(headerFor('PS512'))],
    mutate: (random, text, another) =>
      random.chance(0.6) ? mutateJsonDeep(random, text) : mutateText(random, text, another),
    parse: (text) => parseProtectedHeader(Buffer.from(text).toString('base64url')),
    isFault,
  });
  assertSound(texts);
  const plain = coseHeaderFor(-7) as readonly (readonly [CborValue, CborValue])[];
  const expiring: readonly (readonly [CborValue, CborValue])[] = [
    ...plain.filter(([label]) => label !== 2),
    [2, ['io.cncf.notary.signingScheme', expiry]],
    [expiry, coseTime('2099-01-01T00:00:00Z')],
    [99, [1, null, new CborMap([['a', 1]])]],
  ];
  const maps = await fuzzParser({
    seeds: [new CborMap(plain), new CborMap(expiring)].map(toCbor),
    mutate: mutateBytes,
    parse: (bytes) => parseCoseProtectedHeader(bytes, 'ES256'),
    isFault,
  });
  assertSound(maps);
});

it('payloads: a target that is taken is whole', async () => {
  const result = await fuzzParser({
    seeds: [payloadText, cosePayloadText.replace('"digest"', '"annotations":{"a":"b"},"digest"')],
    mutate: (random, text, another) =>
      random.chance(0.7) ? mutateJsonDeep(random, text, ['5.0', '-1', '1e400']) : mutateText(random, text, another),
    parse: (text) => parsePayload(toUtf8(text)),
    isFault,
    check: ({ digest, size }, text) => {
      const { targetArtifact } = JSON.parse(text) as { targetArtifact: { digest: string; size: number } };
      expect([digest, size]).toEqual([targetArtifact.digest, targetArtifact.size]);
    },
  });
  assertSound(result);
});
