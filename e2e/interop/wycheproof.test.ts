import { createPublicKey, constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifySignatureValue } from '../../electron/domain/envelope/check-signature-value.ts';
import { decodeJws } from '../../electron/domain/envelope/decode-jws.ts';
import type { SignatureAlgorithm } from '../../electron/domain/envelope/envelope.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { readOf } from './modules.ts';
import { havePeers } from './peers.ts';

interface Vectors {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKeyPem: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

/** The primitives that Notation signs with; RSA-3072 has a file for SHA-256 only. */
const files: readonly (readonly [file: string, algorithm: SignatureAlgorithm, cases: number])[] = [
  ['ecdsa_secp256r1_sha256_p1363_test', 'ES256', 262],
  ['ecdsa_secp384r1_sha384_p1363_test', 'ES384', 280],
  ['ecdsa_secp521r1_sha512_p1363_test', 'ES512', 318],
  ['rsa_pss_2048_sha256_mgf1_32_test', 'PS256', 108],
  ['rsa_pss_3072_sha256_mgf1_32_test', 'PS256', 108],
  ['rsa_pss_4096_sha384_mgf1_48_test', 'PS384', 141],
  ['rsa_pss_4096_sha512_mgf1_64_test', 'PS512', 179],
];

const read = <T>(file: string): T =>
  JSON.parse(readOf('github.com/c2sp/wycheproof', 'testvectors_v1', `${file}.json`).toString()) as T;

describe.skipIf(!havePeers())('Wycheproof', () => {
  test.each(files)('%s through the call that verifies envelopes', (file, algorithm, cases) => {
    const { testGroups } = read<Vectors>(file);
    const wrong: number[] = [];
    let looked = 0;
    for (const { publicKeyPem, tests } of testGroups) {
      const key = createPublicKey(publicKeyPem);
      for (const { tcId, msg, sig, result } of tests) {
        looked += 1;
        const isSigned = verifySignatureValue(algorithm, key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'));
        if (isSigned !== (result === 'valid')) wrong.push(tcId);
      }
    }
    expect([looked, wrong]).toEqual([cases, []]);
  });

  test('PS384 with RSA-3072, for which there is no file: 100 cases of our own', () => {
    const random = new SeededRandom(seedOfRun());
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const signWith = (saltLength: number, bytes: Uint8Array): Buffer =>
      sign('sha384', bytes, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
    for (let index = 0; index < 20; index += 1) {
      const bytes = random.bytes(random.below(300));
      const good = signWith(48, bytes);
      const judge = (signature: Uint8Array, signed = bytes): boolean =>
        verifySignatureValue('PS384', publicKey, signed, signature);
      expect(judge(good)).toBe(true);
      const flipped = Uint8Array.from(good);
      const at = random.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      expect(judge(flipped)).toBe(false);
      expect(judge(signWith(random.pick([0, 20, 32, 47, 49, 64]), bytes))).toBe(false);
      expect(judge(good, Buffer.concat([bytes, Buffer.of(0)]))).toBe(false);
      expect(judge(random.pick([good.subarray(1), Buffer.concat([Buffer.of(0), good]), good.subarray(0, -1)]))).toBe(
        false,
      );
    }
  });

  test('no JSON web signature is taken for an envelope, in either serialization', () => {
    const { testGroups } = read<{ testGroups: { tests: { jws: unknown }[] }[] }>('json_web_signature_test');
    const all = testGroups.flatMap(({ tests }) => tests.map(({ jws }) => jws));
    expect(all).toHaveLength(401);
    for (const jws of all) {
      const [header, payload, signature] = typeof jws === 'string' ? jws.split('.') : [];
      const flattened = JSON.stringify({ protected: header, payload, signature, header: { x5c: [] } });
      for (const text of [typeof jws === 'string' ? jws : JSON.stringify(jws), flattened]) {
        const decode = (): unknown => decodeJws(Buffer.from(text));
        expect(decode).toThrow(expect.objectContaining({ code: 'envelope.malformed' }) as Error);
      }
    }
  });
});
