import { expect, it } from 'vitest';
import { assertSound, fuzzParser, holds } from '../../testing/fuzz-parser.ts';
import { mutateDerOrBytes } from '../../testing/mutate-der.ts';
import { TestAuthority } from '../../testing/timestamp-authority.ts';
import { der, derInteger } from '../x509/der-writer.ts';
import { parseTimestampToken } from './signed-data.ts';
import { decodeTimestamp } from './timestamp-details.ts';
import { TimestampFault } from './timestamp-fault.ts';
import { createTimestampRequest } from './timestamp-request.ts';
import { parseTimestampResponse } from './timestamp-response.ts';
import { parseTstInfo } from './tst-info.ts';
import { readToken } from './verify-token.ts';

const isFault = (error: unknown): boolean => error instanceof TimestampFault;
const signature = new TextEncoder().encode('a signature');
const authority = new TestAuthority();
const accuracy = [derInteger(Uint8Array.of(1)), der(0x80, Uint8Array.of(1, 0xf4))];
const tokens = [
  authority.createToken(signature),
  authority.createToken(signature, { accuracy, nonce: '7fedcba987654321', policy: '0.4.0.2023.1.1' }),
  authority.createToken(signature, { genTime: '20260102030405.000001Z' }),
];
const infos = tokens.map((token) => parseTimestampToken(token).content);

it('tokens: what is taken apart is shown or refused', async () => {
  const result = await fuzzParser({
    seeds: tokens,
    mutate: mutateDerOrBytes,
    parse: parseTimestampToken,
    isFault,
    check: ({ raw, signers }, bytes) => {
      expect(raw).toEqual(Uint8Array.from(bytes));
      expect(signers.length).toBeLessThanOrEqual(8);
      const { details, fault } = decodeTimestamp(raw, signature);
      expect(details ?? fault).toBeDefined();
    },
  });
  assertSound(result);
});

it('tokens: one whose signature holds says what the authority said', async () => {
  const said = new Set(infos.map((info) => Buffer.from(info).toString('hex')));
  const { findings, refused } = await fuzzParser({
    seeds: tokens,
    mutate: mutateDerOrBytes,
    parse: readToken,
    isFault,
    check: ({ token }) => expect(said).toContain(Buffer.from(token.content).toString('hex')),
  });
  expect(findings).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});

it('TSTInfo', async () => {
  const result = await fuzzParser({
    seeds: infos,
    mutate: mutateDerOrBytes,
    parse: parseTstInfo,
    isFault,
    check: ({ genTimeNs, accuracyNs }) => {
      expect(genTimeNs).toBeGreaterThan(-63_000_000_000_000_000_000n);
      expect(accuracyNs).toBeGreaterThanOrEqual(0n);
    },
  });
  assertSound(result);
});

it('answers of authorities: a token in them stands there byte for byte', async () => {
  const random = { bytes: (length: number) => new Uint8Array(length).fill(7), uuid: () => '' };
  const { bytes: question } = createTimestampRequest(signature, 'sha256', random);
  const result = await fuzzParser({
    seeds: [authority.respond(question), authority.respond(question, {}, 2), authority.respond(question, {}, 1)],
    mutate: mutateDerOrBytes,
    parse: parseTimestampResponse,
    isFault,
    check: ({ token, rejected }, bytes) => {
      if (token) expect(holds(bytes, token)).toBe(true);
      else expect(rejected).not.toBe('');
    },
  });
  assertSound(result);
});
