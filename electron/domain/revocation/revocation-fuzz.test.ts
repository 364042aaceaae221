import { expect, it } from 'vitest';
import { assertSound, fuzzParser, holds } from '../../testing/fuzz-parser.ts';
import { mutateDerOrBytes } from '../../testing/mutate-der.ts';
import { RevocationBench } from '../../testing/revocation-bench.ts';
import { writeCrl, writeOcspRefusal, writeOcspResponse } from '../../testing/revocation-writer.ts';
import { findEntries } from './crl-entries.ts';
import { assertValidBundle, judgeBundle } from './judge-crl.ts';
import { judgeOcspResponse } from './judge-ocsp.ts';
import { parseOcspResponse } from './ocsp-response.ts';
import { parseCrl } from './parse-crl.ts';
import { RevocationFault } from './revocation-fault.ts';

const never = new AbortController().signal;
const isFault = (error: unknown): boolean => error instanceof RevocationFault;
const { leaf, issuer, chain } = new RevocationBench();
const question = { certificate: leaf, issuer: issuer.certificate, now: new Date() };

const revoked = { serialNumber: leaf.serialNumber, reason: 1, invalidityDate: new Date(0) };
const crls = [
  writeCrl(issuer),
  writeCrl(issuer, { entries: [{ serialNumber: '01' }, revoked, { serialNumber: 'ff00' }], deltaUrls: ['http://a/'] }),
  writeCrl(issuer, { entries: [{ serialNumber: leaf.serialNumber, reason: 6 }], number: 9, deltaFrom: 2 }),
];
const answers = [
  writeOcspResponse(leaf, issuer),
  writeOcspResponse(leaf, issuer, { status: 'revoked', nextUpdate: null, hash: 'sha256' }),
  writeOcspResponse(leaf, issuer, { status: 'unknown', signer: { privateKey: chain.privateKey, der: leaf.raw } }),
];

it('lists: entries about a certificate are found or refused, in a list as given', async () => {
  const result = await fuzzParser({
    seeds: crls,
    mutate: mutateDerOrBytes,
    parse: async (bytes) => {
      const crl = parseCrl(bytes);
      return { crl, found: await findEntries(crl.entries, leaf.serialNumber, never) };
    },
    isFault,
    check: ({ crl }, bytes) => {
      expect(holds(bytes, crl.covered)).toBe(true);
      expect(holds(crl.covered, crl.entries)).toBe(true);
    },
  });
  assertSound(result);
});

it('lists: one whose signature holds says what its issuer said', async () => {
  const said = new Set(crls.map((bytes) => Buffer.from(parseCrl(bytes).covered).toString('hex')));
  const { findings, refused } = await fuzzParser({
    seeds: crls.slice(0, 2),
    mutate: mutateDerOrBytes,
    parse: async (bytes) => {
      const base = parseCrl(bytes);
      await assertValidBundle({ base }, question);
      return { base, answer: await judgeBundle({ base }, question, never) };
    },
    isFault,
    check: ({ base }) => expect(said).toContain(Buffer.from(base.covered).toString('hex')),
  });
  expect(findings).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});

it('OCSP answers are read or refused', async () => {
  const result = await fuzzParser({
    seeds: answers,
    mutate: mutateDerOrBytes,
    parse: parseOcspResponse,
    isFault,
    check: ({ covered }, bytes) => expect(holds(bytes, covered)).toBe(true),
  });
  assertSound(result);
});

it('OCSP answers: one whose signature holds says what its issuer said', async () => {
  const seeds = answers.slice(0, 1);
  const said = seeds.map((bytes) => Buffer.from(parseOcspResponse(bytes).covered).toString('hex'));
  const { findings, refused } = await fuzzParser({
    seeds,
    mutate: (random, bytes, other) =>
      random.chance(0.05) ? writeOcspRefusal(random.below(9)) : mutateDerOrBytes(random, bytes, other),
    parse: async (bytes) => {
      await judgeOcspResponse(bytes, question);
      return bytes;
    },
    isFault,
    check: (bytes) => expect(said).toContain(Buffer.from(parseOcspResponse(bytes).covered).toString('hex')),
  });
  expect(findings).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});
