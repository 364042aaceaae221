import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CborMap, CborValue } from '../../electron/domain/codec/cbor-value.ts';
import { toCbor } from '../../electron/domain/codec/cbor-writer.ts';
import { parseStrictCbor } from '../../electron/domain/codec/strict-cbor.ts';
import { encodeCose } from '../../electron/domain/envelope/encode-cose.ts';
import { encodeJws } from '../../electron/domain/envelope/encode-jws.ts';
import type { EnvelopeContent } from '../../electron/domain/envelope/envelope.ts';
import { createLocalSigner } from '../../electron/domain/sign/local-signer.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { digestOfA } from '../../electron/testing/jws-forge.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { havePeers } from './peers.ts';

/** Apache-2.0; its test data says what headers must look like. */
const reference = 'github.com/notaryproject/notation-core-go@v1.3.0';
const limits = { maxBytes: 65_536 };
const { signal } = new AbortController();

const common = {
  target: { mediaType: mediaTypes.ociManifest, digest: digestOfA as Digest, size: 1 },
  signingAgent: 'NotationConformanceTest/1.0.0',
} as const;
const extended = (name: string, value: string, critical: boolean) => ({ name, value, critical });

describe.skipIf(!havePeers())('headers as the reference’s conformance files have them, byte for byte', () => {
  let folder: string;
  beforeAll(() => {
    const told = execFileSync('go', ['mod', 'download', '-json', reference], { encoding: 'utf8' });
    folder = path.join((JSON.parse(told) as { Dir: string }).Dir, 'signature');
  });
  const readVector = async <T>(format: string): Promise<T> =>
    JSON.parse(await readFile(path.join(folder, format, 'testdata', 'conformance.json'), 'utf8')) as T;

  test('COSE', async () => {
    const vector = await readVector<{
      signingTime: number;
      expiry: number;
      protectedHeaders: { cborHex: string };
      unprotectedHeaders: { cborHex: string };
      expectedOutput: { cborHex: string };
    }>('cose');
    const chain = createTestChain({ algorithm: 'RSA-3072', length: 2 });
    const content: EnvelopeContent = {
      ...common,
      chain: chain.certificates,
      signingTime: new Date(vector.signingTime * 1000),
      expiry: new Date(vector.expiry * 1000),
      extendedAttributes: [
        extended('signedCritKey1', 'signedCritValue1', true),
        extended('signedKey1', 'signedValue1', false),
      ],
    };
    const bytes = await encodeCose(content, createLocalSigner(chain.keyPem, chain.certificates), signal);
    const [header, unprotected] = parseStrictCbor(bytes.subarray(1), limits) as readonly CborValue[];
    const hexOf = (value: Uint8Array): string => Buffer.from(value).toString('hex').toUpperCase();
    expect(hexOf(header as Uint8Array)).toBe(vector.protectedHeaders.cborHex);
    // The file’s unprotected header has no certificates in it.
    const agent = (unprotected as CborMap).get('io.cncf.notary.signingAgent') ?? '';
    const written = parseStrictCbor(Buffer.from(vector.unprotectedHeaders.cborHex, 'hex'), limits) as CborMap;
    expect(agent).toBe(written.get('io.cncf.notary.signingAgent'));
    expect(hexOf(toCbor(written))).toBe(vector.unprotectedHeaders.cborHex);
    // Nor has the file’s output; read and written again, it is the same.
    const output = vector.expectedOutput.cborHex;
    expect(hexOf(toCbor(parseStrictCbor(Buffer.from(output, 'hex'), limits)))).toBe(output);
  });

  test('JWS', async () => {
    const vector = await readVector<{ protected: string }>('jws');
    const wanted = JSON.parse(Buffer.from(vector.protected, 'base64url').toString()) as Record<string, string>;
    const chain = createTestChain({ algorithm: 'EC-256', length: 2 });
    const content: EnvelopeContent = {
      ...common,
      chain: chain.certificates,
      signingTime: new Date(wanted['io.cncf.notary.signingTime'] ?? ''),
      expiry: new Date(wanted['io.cncf.notary.expiry'] ?? ''),
      extendedAttributes: [
        extended('signedCritKey1', 'signedCritValue1', true),
        ...[1, 2, 3, 4].map((index) => extended(`signedKey${index}`, 'signedValue1', false)),
      ],
    };
    const bytes = await encodeJws(content, createLocalSigner(chain.keyPem, chain.certificates), signal);
    expect((JSON.parse(Buffer.from(bytes).toString()) as { protected: string }).protected).toBe(vector.protected);
  });
});
