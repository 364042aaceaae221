import { beforeEach, describe, expect, it } from 'vitest';
import { isAppError, type AppError } from '../../../shared/errors/app-error.ts';
import { AuthorityHttp, type AuthorityAnswer } from '../../testing/authority-http.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { InstantClock } from '../../testing/instant-clock.ts';
import { createAuthorityChain, genTimeOf, imprintOf, TestAuthority } from '../../testing/timestamp-authority.ts';
import { HttpFailure, type Random } from '../ports.ts';
import type { ChainRevocation } from '../revocation/revocation-checker.ts';
import { derOctetString, derOid, derSequence } from '../x509/der-writer.ts';
import { toPem } from '../x509/pem.ts';
import { obtainTimestamp } from './obtain-timestamp.ts';
import { parseAuthorityRoot, parseAuthorityUrl } from './timestamp-authority.ts';
import { createTimestampRequest } from './timestamp-request.ts';
import { readToken } from './verify-token.ts';

const signingChain = createTestChain({ length: 2 }).certificates;
const authority = new TestAuthority();
const value = new TextEncoder().encode('a signature value');
const now = new Date();
const random: Random = { bytes: (length) => new Uint8Array(length).fill(0xff), uuid: () => '' };
let http: AuthorityHttp;
let result: ChainRevocation['result'];
let rootDer: Uint8Array;
let at: string;

beforeEach(() => {
  http = new AuthorityHttp(authority);
  result = 'good';
  rootDer = authority.rootDer;
  at = now.toISOString();
});

function obtain(answer: AuthorityAnswer = {}): Promise<Uint8Array> {
  http.answer = answer;
  const revocation = { checkChain: async () => ({ result, subject: 'CN=tsa,O=Clock,C=JP', certificates: [] }) };
  return obtainTimestamp(
    { url: new URL('http://tsa.example/stamp'), root: parseAuthorityRoot(rootDer, 'root.crt', now) },
    { value, hash: 'sha256', chain: signingChain },
    { http, clock: new InstantClock(at), random, revocation },
    new AbortController().signal,
  );
}

async function errorOf(action: Promise<unknown>): Promise<AppError> {
  const error: unknown = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isAppError(error)) return error;
  throw new Error('no AppError');
}

describe('obtainTimestamp', () => {
  it('asks as RFC 3161 has it, and gives a token that is about the signature', async () => {
    const token = await obtain();
    expect(readToken(token).info.nonce).toBe('7f' + 'ff'.repeat(19));
    const [request] = http.requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://tsa.example/stamp',
      headers: { 'content-type': 'application/timestamp-query' },
      deadlineMs: 15_000,
    });
    expect(request?.body).toEqual(createTimestampRequest(value, 'sha256', random).bytes);
  });

  it('takes what was granted with modifications', async () => {
    await expect(obtain({ granted: 1 })).resolves.toBeDefined();
  });

  const other = imprintOf(new TextEncoder().encode('another one'));
  const withoutParameters = derSequence(
    derSequence(derOid('2.16.840.1.101.3.4.2.1')),
    derOctetString(imprintOf(value).subarray(-32)),
  );
  it.each<[string, string, string, AuthorityAnswer]>([
    ['201', 'timestamp.badStatus', 'https response bad status: 201', { status: 201 }],
    ['a redirect', 'timestamp.badStatus', 'https response bad status: 307', { status: 307 }],
    ['503', 'timestamp.badStatus', 'https response bad status: 503', { status: 503 }],
    [
      'a charset',
      'timestamp.badContentType',
      'unexpected response content type: application/timestamp-reply; charset=utf-8',
      { contentType: 'application/timestamp-reply; charset=utf-8' },
    ],
    ['a page', 'timestamp.badContentType', 'unexpected response content type: text/html', { contentType: 'text/html' }],
    ['1 MiB', 'timestamp.tooLarge', 'max response body size allowed is 1 MiB', { body: new Uint8Array(1_048_576) }],
    ['nothing', 'timestamp.badAnswer', 'invalid timestamping response', { body: new Uint8Array() }],
    ['bytes that are no answer', 'timestamp.badAnswer', 'invalid timestamping response', { body: new Uint8Array(9) }],
    ['a rejection', 'timestamp.rejected', 'invalid response with status code 2: rejected', { granted: 2 }],
    ['waiting', 'timestamp.rejected', 'invalid response with status code 3', { granted: 3 }],
    ['another nonce', 'timestamp.badAnswer', 'nonce in response c0ffee', { shape: { nonce: 'c0ffee' } }],
    ['no nonce', 'timestamp.badAnswer', 'nonce in response <nil>', { shape: { nonce: null } }],
    ['another imprint', 'timestamp.badAnswer', 'mismatched message', { shape: { imprint: other } }],
    ['an imprint without NULL', 'timestamp.badAnswer', 'message imprint', { shape: { imprint: withoutParameters } }],
    [
      'a broken token',
      'timestamp.badAnswer',
      'mismatch message digest',
      { shape: { attributes: { '1.2.840.113549.1.9.4': derOctetString(new Uint8Array(32)) } } },
    ],
    ['no certificate', 'timestamp.badAnswer', 'signing certificate not found', { shape: { certificates: [] } }],
    [
      'case S-03',
      'timestamp.outsideCertificate',
      'timestamp can be before certificate',
      { shape: { genTime: genTimeOf(new Date(now.getTime() - 400 * 86_400_000)) } },
    ],
  ])('case S-05: %s is refused', async (_, code, message, answer) => {
    const error = await errorOf(obtain(answer));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ message: expect.stringMatching(/^timestamp: /) as string });
    expect(JSON.stringify(error.details)).toContain(message);
  });

  it.each([
    ['timeout', 'timestamp.timeout'],
    ['refused', 'timestamp.unreachable'],
    ['dns', 'timestamp.unreachable'],
    ['tls', 'timestamp.unreachable'],
    ['reset', 'timestamp.unreachable'],
  ] as const)('case S-05: %s', async (kind, code) => {
    const error = await errorOf(obtain({ failure: new HttpFailure(kind, 'no answer') }));
    expect(error.code).toBe(code);
    expect(error.retryable).toBe(true);
  });

  it('case S-05: an authority of another root', async () => {
    rootDer = createAuthorityChain({ root: { key: 'EC-384' } }).ders[2] ?? rootDer;
    const error = await errorOf(obtain());
    expect(error).toMatchObject({ code: 'timestamp.notTrusted', details: { subject: 'CN=tsa,O=Clock,C=JP' } });
  });

  it.each([
    ['revoked', 'timestamp.revoked', 'is revoked'],
    ['unknown', 'timestamp.revocationUnknown', 'revocation status is unknown'],
  ] as const)('case S-06 (V-06): %s', async (outcome, code, ending) => {
    result = outcome;
    const error = await errorOf(obtain());
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({
      message: `timestamp: timestamping certificate with subject "CN=tsa,O=Clock,C=JP" ${ending}`,
    });
  });

  it.each(['2001-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])('case S-12: the clock says %s', async (time) => {
    at = time;
    const error = await errorOf(obtain());
    expect(error.code).toBe('timestamp.notTrusted');
    expect(JSON.stringify(error.details)).toContain(`current time ${time}`);
  });
});

describe('parseAuthorityUrl', () => {
  it.each(['http://tsa.example', 'https://tsa.example:8443/stamp?x=1', 'http://127.0.0.1:318'])('takes %s', (text) => {
    expect(parseAuthorityUrl(text).href).toBe(new URL(text).href);
  });

  it.each([
    ['', 'syntax'],
    ['tsa.example', 'syntax'],
    [`http://${'a'.repeat(2100)}`, 'syntax'],
    ['ftp://tsa.example', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['http:///stamp', 'host'],
    ['http://me:secret@tsa.example/', 'credentials'],
  ])('refuses %s', async (text, fault) => {
    const error = await errorOf(Promise.resolve().then(() => parseAuthorityUrl(text)));
    expect(error).toMatchObject({ code: 'timestamp.badUrl', details: { fault } });
    expect(JSON.stringify(error.details)).not.toContain('secret');
  });
});

describe('parseAuthorityRoot', () => {
  const [leaf, intermediate, root] = authority.chain.ders;
  const pem = (...ders: readonly (Uint8Array | undefined)[]): Uint8Array =>
    new TextEncoder().encode(ders.map((der) => toPem('CERTIFICATE', der ?? new Uint8Array())).join(''));
  const old = createAuthorityChain({ root: { notAfter: new Date('2020-01-01T00:00:00Z') } }).ders[2];

  it.each([
    ['DER', root],
    ['PEM', pem(root)],
  ])('takes one root as %s', (_, bytes) => {
    expect(parseAuthorityRoot(bytes ?? new Uint8Array(), 'root', now).subject).toContain('CN=tsa root');
  });

  it.each([
    ['nothing', new Uint8Array(), 'none'],
    ['two', pem(root, root), 'several'],
    ['an intermediate', intermediate, 'notRoot'],
    ['a leaf', leaf, 'notRoot'],
    ['no certificate', new Uint8Array(9), 'unreadable'],
    ['one that has ended', old, 'notValidNow'],
  ])('refuses %s', async (_, bytes, fault) => {
    const error = await errorOf(
      Promise.resolve().then(() => parseAuthorityRoot(bytes ?? new Uint8Array(), 'root', now)),
    );
    expect(error).toMatchObject({ code: 'timestamp.badRoot', details: { fault } });
  });
});
