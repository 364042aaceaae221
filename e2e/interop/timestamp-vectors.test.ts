import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import { decodeEnvelope } from '../../electron/domain/envelope/decode-envelope.ts';
import { TimestampFault } from '../../electron/domain/timestamp/timestamp-fault.ts';
import { parseTimestampResponse } from '../../electron/domain/timestamp/timestamp-response.ts';
import { checkAbout, findTimestampingChain, readToken } from '../../electron/domain/timestamp/verify-token.ts';
import { readTrustStore, type TrustStoreReader } from '../../electron/domain/trust/trust-store.ts';
import { checkAuthenticTimestamp } from '../../electron/domain/verify/time-checks.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import { openDirectory } from '../../electron/infra/directory.ts';
import { folderOf } from './modules.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

const message = new TextEncoder().encode('notation');
const read = (...parts: string[]): Uint8Array => Uint8Array.from(readFileSync(path.join(...parts)));

interface TokenVerdict {
  readonly time: string | null;
  readonly error: Failure | null;
}

/** Tokens, answers and certificates of tspclient-go (Apache-2.0): each judged here and by the reference. */
describe.skipIf(!havePeers())('case T-08: the reference’s own tokens and answers', () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  const folder = havePeers() ? folderOf('github.com/notaryproject/tspclient-go') : '';
  const files = havePeers()
    ? ['testdata', 'internal/cms/testdata'].flatMap((part) =>
        readdirSync(path.join(folder, part)).map((name) => `${part}/${name}`),
      )
    : [];
  const [root] = havePeers() ? parseCertificates(read(folder, 'testdata', 'GlobalSignRootCA.crt')) : [];
  const isResponse = (file: string): boolean => /\.ts[qr]$/.test(file);

  function judge(file: string): { time: string | null; fault: string | null } {
    try {
      const bytes = read(folder, file);
      const answer = isResponse(file) ? parseTimestampResponse(bytes) : { token: bytes };
      if (answer.token === undefined) return { time: null, fault: answer.rejected ?? '' };
      const token = readToken(answer.token);
      checkAbout(token, message);
      findTimestampingChain(token, root ? [root] : [], token.info.genTimeNs);
      return { time: new Date(Number(token.info.genTimeNs / 1_000_000n)).toISOString(), fault: null };
    } catch (error) {
      if (error instanceof TimestampFault) return { time: null, fault: error.message };
      throw error;
    }
  }

  test('there are 44 of them', () => {
    expect(files).toHaveLength(44);
  });

  test.each(files)('%s', async (file) => {
    const ours = judge(file);
    const theirs = await oracle.ask<TokenVerdict>('judgeToken', {
      token: Buffer.from(read(folder, file)).toString('base64'),
      isResponse: isResponse(file),
      message: Buffer.from(message).toString('base64'),
      root: Buffer.from(root?.raw ?? new Uint8Array()).toString('base64'),
    });
    expect(ours.fault === null, `${ours.fault ?? ''} / ${theirs.error?.message ?? ''}`).toBe(theirs.error === null);
    if (theirs.time !== null) expect(Date.parse(ours.time ?? '')).toBe(Date.parse(theirs.time));
  });

  test('some are accepted: the comparison compares something', () => {
    const accepted = files.filter((file) => judge(file).fault === null);
    expect(accepted).toContain('testdata/TimeStampToken.p7s');
    expect(accepted.length).toBeLessThan(10);
  });
});

/** Envelopes and stores of notation-go (Apache-2.0), judged at a fixed moment. */
describe.skipIf(!havePeers())('cases T-02, T-03: the reference’s own envelopes with timestamps', () => {
  const folder = havePeers() ? path.join(folderOf('github.com/notaryproject/notation-go'), 'verifier', 'testdata') : '';
  const good = { checkChain: async () => ({ result: 'good' as const, certificates: [] }) };
  let trust: TrustStoreReader;
  beforeAll(async () => {
    const directory = await openDirectory(folder);
    trust = { read: (type, name) => readTrustStore(directory, type, name), list: () => Promise.resolve([]) };
  });

  function statement(store: string, verifyTimestamp: 'always' | 'afterCertExpiry'): TrustPolicyStatement {
    return {
      name: 'test-timestamp',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict', verifyTimestamp },
      trustStores: ['ca:valid-trust-store', ...(store === '' ? [] : [`tsa:${store}`])],
      trustedIdentities: ['*'],
    };
  }

  async function check(file: string, store: string, now: string, verifyTimestamp: 'always' | 'afterCertExpiry') {
    const bytes = read(folder, 'timestamp', 'sigEnv', file);
    const envelope = ['application/jose+json', 'application/cose'].flatMap((mediaType) => {
      try {
        return [decodeEnvelope(mediaType, bytes)];
      } catch (error) {
        if (isAppError(error)) return [];
        throw error;
      }
    })[0];
    if (envelope === undefined) throw new Error(`${file} is neither JWS nor COSE`);
    const context = { trust, revocation: good, now: new Date(now), isTrusted: true };
    const signal = new AbortController().signal;
    return (await checkAuthenticTimestamp(envelope, statement(store, verifyTimestamp), context, signal)).finding;
  }

  test.each([
    ['jwsWithTimestamp.sig', 'test-timestamp', 'timestamp.within', ''],
    ['coseWithTimestamp.sig', 'test-timestamp', 'timestamp.within', ''],
    ['jwsExpiredWithTimestamp.sig', 'test-timestamp', 'timestamp.within', ''],
    ['coseExpiredWithTimestamp.sig', 'test-timestamp', 'timestamp.within', ''],
    [
      'withoutTimestamp.sig',
      'test-timestamp',
      'timestamp.missing',
      'no timestamp countersignature was found in the signature envelope',
    ],
    [
      'timestampBeforeNotBefore.sig',
      'test-timestamp',
      'timestamp.beforeCertificate',
      'timestamp can be before certificate "CN=testTSA,O=Notary,L=Seattle,ST=WA,C=US" validity period, it will be valid from "',
    ],
    [
      'timestampAfterNotAfter.sig',
      'test-timestamp',
      'timestamp.afterCertificate',
      'timestamp can be after certificate "CN=testTSA,O=Notary,L=Seattle,ST=WA,C=US" validity period, it was expired at "',
    ],
    [
      'jwsWithTimestamp.sig',
      'test-mismatch',
      'timestamp.chainNotTrusted',
      'failed to verify the timestamp countersignature with error: failed to verify signed token: cms verification failure: x509: certificate signed by unknown authority',
    ],
    ['jwsWithTimestamp.sig', 'test-nonCA', 'authenticity.fileNotAnchor', 'failed to load tsa trust store with error: '],
    [
      'jwsWithTimestamp.sig',
      'test-nonSelfIssued',
      'authenticity.fileNotAnchor',
      'failed to load tsa trust store with error: ',
    ],
    ['jwsWithTimestamp.sig', 'none', 'authenticity.storeMissing', 'failed to load tsa trust store with error: '],
  ])('%s with tsa:%s', async (file, store, code, begins) => {
    const { reason } = await check(file, store, '2025-01-01T00:00:00Z', 'always');
    expect(reason.code, reason.message).toBe(code);
    expect((reason.message ?? '').startsWith(begins), reason.message).toBe(true);
  });

  test.each([
    ['before the certificate ended', '2024-06-15T12:00:00Z', 'notExpired'],
    ['after it ended', '2100-01-01T00:00:00Z', 'expired'],
  ])('afterCertExpiry, %s', async (_, now, because) => {
    const { reason, result } = await check('jwsWithTimestamp.sig', 'test-timestamp', now, 'afterCertExpiry');
    expect(result, JSON.stringify(reason)).toBe('passed');
    expect(reason.details).toMatchObject({ because });
  });

  test('there are seven envelopes', () => {
    expect(existsSync(folder) && readdirSync(path.join(folder, 'timestamp', 'sigEnv'))).toHaveLength(7);
  });
});
