import { beforeEach, describe, expect, it } from 'vitest';
import { caShape, createTestChain, derExtension, leafShape, testKey } from '../../testing/chain-factory.ts';
import { RevocationBench, urls, type Behaviour } from '../../testing/revocation-bench.ts';
import { writeCrl, type CrlShape } from '../../testing/revocation-writer.ts';
import { der, derInteger, derSequence } from '../x509/der-writer.ts';

const hourMs = 3_600_000;
const inHours = (hours: number): Date => new Date(Date.now() + hours * hourMs);
const retrieving = `failed to download CRL from ${urls.crl}: failed to retrieve CRL: `;
const validating = `failed to validate CRL from ${urls.crl}: `;
const anExtension = Uint8Array.of(5, 0);
let bench: RevocationBench;
beforeEach(() => {
  bench = new RevocationBench({ crlUrls: [urls.crl] });
});
const list = (shape?: CrlShape): Uint8Array => writeCrl(bench.issuer, shape);
const revoking = (more: object = {}): CrlShape => ({ entries: [{ serialNumber: bench.leaf.serialNumber, ...more }] });

describe('a list', () => {
  it('that does not name the certificate: good, with its times', async () => {
    bench.servers.set(urls.crl, list({ entries: [{ serialNumber: '99' }] }));
    const { result, questions } = await bench.ask();
    expect(result).toBe('good');
    expect(questions).toEqual([expect.objectContaining({ method: 'crl', url: urls.crl, outcome: 'good' })]);
    expect(Object.keys(questions[0] ?? {})).toEqual(expect.arrayContaining(['thisUpdate', 'nextUpdate', 'tookMs']));
    expect(bench.requests).toMatchObject([{ method: 'GET', url: urls.crl, addresses: 'public', deadlineMs: 5000 }]);
  });

  it('without any entry: good', async () => {
    bench.servers.set(urls.crl, list());
    expect((await bench.ask()).result).toBe('good');
  });

  it('that names it: revoked', async () => {
    const revokedAt = new Date(Math.floor(inHours(-5).getTime() / 1000) * 1000);
    bench.servers.set(urls.crl, list(revoking({ revokedAt })));
    const { result, questions } = await bench.ask();
    expect([result, questions[0]?.revokedAt]).toEqual(['revoked', `${revokedAt.toISOString().slice(0, 19)}Z`]);
  });

  it.each<[string, CrlShape, string, string]>([
    [
      'out of date',
      { nextUpdate: new Date('2026-01-02T03:04:05Z') },
      'expired',
      'failed to validate base CRL: expired CRL. Current time 2026-11-01 00:00:00 +0000 UTC is after CRL NextUpdate 2026-01-02 03:04:05 +0000 UTC',
    ],
    [
      'without nextUpdate',
      { nextUpdate: null },
      'noNextUpdate',
      'failed to validate base CRL: CRL NextUpdate is not set',
    ],
    [
      'with an unknown critical extension',
      { extensions: [derExtension('1.2.3', true, anExtension)] },
      'unsupported',
      'failed to validate base CRL: unsupported critical extension found in CRL: 1.2.3',
    ],
  ])('case S-07: %s', async (_, shape, outcome, fault) => {
    bench.now = new Date('2026-11-01T00:00:00Z');
    bench.servers.set(urls.crl, list({ thisUpdate: new Date('2026-01-01T00:00:00Z'), ...shape }));
    const { result, questions } = await bench.ask();
    expect(result).toBe('unknown');
    expect(questions[0]).toMatchObject({ outcome, fault: `${validating}${fault}` });
  });

  it.each([
    ['a critical issuing distribution point', derExtension('2.5.29.28', true, anExtension)],
    ['another extension', derExtension('1.2.3', false, anExtension)],
  ])('with %s is fine', async (_, extension) => {
    bench.servers.set(urls.crl, list({ extensions: [extension] }));
    expect((await bench.ask()).result).toBe('good');
  });

  it('case S-07: signed by a stranger', async () => {
    const { certificate } = bench.issuer;
    bench.servers.set(urls.crl, writeCrl({ certificate, privateKey: testKey('EC-256', 'stranger') }));
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'badSignature',
      fault: `${validating}failed to validate base CRL: CRL is not signed by CA ${certificate.subject}: x509: ECDSA verification failure,`,
    });
  });

  it('case S-07: of a CA that may not sign lists', async () => {
    const root = { ...caShape('root'), keyUsage: { usages: ['keyCertSign'] } } as const;
    const chain = createTestChain({ leaf: { ...leafShape, crlUrls: [urls.crl] }, root });
    bench.servers.set(
      urls.crl,
      writeCrl({ certificate: chain.certificates[1]!, privateKey: testKey('EC-256', 'root') }),
    );
    const signal = new AbortController().signal;
    const { certificates } = await bench.checker().checkChain(chain.certificates, { purpose: 'codeSigning' }, signal);
    expect(certificates[0]?.questions[0]).toMatchObject({
      outcome: 'badSignature',
      fault: expect.stringContaining('parent certificate cannot sign this kind of certificate') as string,
    });
  });

  it.each<[string, Behaviour, string, string]>([
    ['201', { status: 201 }, 'badStatus', 'failed to download with status code: 201'],
    ['204', { status: 204 }, 'badStatus', 'failed to download with status code: 204'],
    ['206', { status: 206 }, 'badStatus', 'failed to download with status code: 206'],
    ['404', { status: 404 }, 'badStatus', 'failed to download with status code: 404'],
    ['a redirect', { status: 301 }, 'redirected', 'failed to download with status code: 301'],
    ['32 MiB', new Uint8Array(33_554_432), 'tooLarge', 'CRL size exceeds the limit: 33554432'],
    ['no connection', 'refused', 'unreachable', 'request failed: refused'],
    ['silence', 'timeout', 'timeout', 'request failed: context deadline exceeded'],
    ['nonsense', Uint8Array.of(7), 'malformed', 'x509: malformed crl'],
  ])('case S-07: %s instead of one (rule A-28)', async (_, behaviour, outcome, fault) => {
    bench.servers.set(urls.crl, behaviour);
    const { result, questions } = await bench.ask();
    expect(result).toBe('unknown');
    expect(questions[0]).toMatchObject({ outcome, fault: `${retrieving}${fault}` });
  });

  it('case S-07: of version 1', async () => {
    bench.servers.set(urls.crl, list({ version: 0 }));
    expect((await bench.ask()).questions[0]?.fault).toBe(`${retrieving}x509: unsupported crl version: 00`);
  });

  it.each([
    ['https://crl.example/a.crl', 'https'],
    ['ldap://crl.example/a', 'ldap'],
    ['nonsense', ''],
  ])('case S-07: is not asked for at %s', async (url, scheme) => {
    bench = new RevocationBench({ crlUrls: [url] });
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'notHttp',
      fault: `failed to download CRL from ${url}: failed to retrieve CRL: unsupported scheme: ${scheme}. Only supports CRL URL in HTTP protocol`,
    });
    expect(bench.requests).toEqual([]);
  });

  it('no truncation or change gets through or breaks anything', async () => {
    const whole = list(revoking());
    for (let index = 0; index < whole.length; index += 1) {
      const changed = Uint8Array.from(whole);
      changed[index] = (changed[index] ?? 0) ^ 0xff;
      for (const bytes of [changed, whole.subarray(0, index)]) {
        bench.servers.set(urls.crl, bytes);
        expect((await bench.ask()).result).toBe('unknown');
      }
    }
    expect(bench.cache.files.size).toBe(0);
  });
});

describe('entries', () => {
  it.each<[string, readonly object[], string]>([
    ['a reason', [{ reason: 1 }], 'revoked'],
    ['a hold', [{ reason: 6 }], 'revoked'],
    [
      'a hold that was taken back',
      [
        { reason: 6, revokedAt: inHours(-9) },
        { reason: 8, revokedAt: inHours(-8) },
      ],
      'good',
    ],
    [
      'taken back, then held',
      [
        { reason: 8, revokedAt: inHours(-9) },
        { reason: 6, revokedAt: inHours(-8) },
      ],
      'revoked',
    ],
    [
      'taken back in an earlier entry',
      [
        { reason: 8, revokedAt: inHours(-8) },
        { reason: 6, revokedAt: inHours(-9) },
      ],
      'good',
    ],
    ['taken back and revoked', [{ reason: 8 }, { reason: 4 }], 'revoked'],
  ])('%s', async (_, entries, result) => {
    const { serialNumber } = bench.leaf;
    bench.servers.set(urls.crl, list({ entries: entries.map((entry) => ({ serialNumber, ...entry })) }));
    expect((await bench.ask()).result).toBe(result);
  });

  it.each([
    ['after the signing time of an authority', inHours(-2), inHours(-3), 'good'],
    ['before it', inHours(-4), inHours(-3), 'revoked'],
    ['and no such time', inHours(-2), undefined, 'revoked'],
  ])('case S-08: an invalidity date %s', async (_, invalidityDate, signedAt, result) => {
    bench.servers.set(urls.crl, list(revoking({ invalidityDate })));
    expect((await bench.ask(signedAt)).result).toBe(result);
  });

  it('case S-07: a critical extension in the entry makes it unknown; in another one it is of no account', async () => {
    const extensions = [derExtension('1.2.3', true, anExtension)];
    bench.servers.set(urls.crl, list(revoking({ extensions })));
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'unsupported',
      fault: `failed to check revocation status from ${urls.crl}: unsupported critical extension found in CRL: 1.2.3`,
    });
    bench.cache.files.clear();
    bench.servers.set(urls.crl, list({ entries: [{ serialNumber: '99', extensions }] }));
    expect((await bench.ask()).result).toBe('good');
  });

  it('of whatever number are found by their whole number', async () => {
    for (const serialNumber of [Uint8Array.of(0x80), Uint8Array.of(1), Buffer.alloc(20, 0xff)]) {
      bench = new RevocationBench({ crlUrls: [urls.crl], serialNumber });
      const others = ['8000', '0180', '7f', 'ffff'].map((number) => ({ serialNumber: number }));
      bench.servers.set(urls.crl, list({ entries: others }));
      expect((await bench.ask()).result).toBe('good');
      bench.cache.files.clear();
      bench.servers.set(urls.crl, list({ entries: [...others, ...(revoking().entries ?? [])] }));
      expect((await bench.ask()).result).toBe('revoked');
      bench.cache.files.clear();
    }
  });

  it('a broken one makes the list unusable', async () => {
    for (const rawEntries of [
      Uint8Array.of(0x30, 0x80),
      derSequence(derInteger(Uint8Array.of(9))),
      derSequence(derInteger(Uint8Array.of(9)), der(0x17, Buffer.from('2601020304Z'))),
      derSequence(der(0x02, Uint8Array.of(0, 9)), der(0x17, Buffer.from('260102030405Z'))),
      derSequence(derInteger(Uint8Array.of(9)), der(0x17, Buffer.from('260102030405Z')), derSequence(derSequence())),
    ]) {
      bench.cache.files.clear();
      bench.servers.set(urls.crl, list({ rawEntries }));
      expect((await bench.ask()).questions[0]?.outcome).toBe('malformed');
    }
  });
});

describe('a delta', () => {
  const serve = (base: CrlShape, delta: CrlShape): void => {
    bench.servers.set(urls.crl, list({ number: 5, deltaUrls: [urls.delta], ...base }));
    bench.servers.set(urls.delta, list({ number: 7, deltaFrom: 5, ...delta }));
  };

  it.each<[string, (serialNumber: string) => [CrlShape, CrlShape], string]>([
    ['adds', (serialNumber) => [{}, { entries: [{ serialNumber }] }], 'revoked'],
    [
      'takes back a hold',
      (serialNumber) => [
        { entries: [{ serialNumber, reason: 6, revokedAt: inHours(-9) }] },
        { entries: [{ serialNumber, reason: 8, revokedAt: inHours(-8) }] },
      ],
      'good',
    ],
    ['without entries', () => [{}, {}], 'good'],
  ])('%s', async (_, shapes, result) => {
    serve(...shapes(bench.leaf.serialNumber));
    expect((await bench.ask()).result).toBe(result);
    expect(bench.requests.map(({ url }) => url)).toEqual([urls.crl, urls.delta]);
  });

  it.each<[string, CrlShape, string, string]>([
    [
      'older than the base',
      { number: 4 },
      'deltaMismatch',
      'delta CRL number 4 is not greater than the base CRL number 5',
    ],
    [
      'as old as the base',
      { number: 5 },
      'deltaMismatch',
      'delta CRL number 5 is not greater than the base CRL number 5',
    ],
    [
      'made for a later base',
      { deltaFrom: 6 },
      'deltaMismatch',
      'delta CRL indicator 6 is not less than or equal to the base CRL number 5',
    ],
    [
      'without nextUpdate',
      { nextUpdate: null },
      'noNextUpdate',
      'failed to validate delta CRL: CRL NextUpdate is not set',
    ],
  ])('case S-07: %s', async (_, delta, outcome, fault) => {
    serve({}, delta);
    expect((await bench.ask()).questions[0]).toMatchObject({ outcome, fault: `${validating}${fault}` });
  });

  it('case S-07: that is none', async () => {
    serve({}, {});
    bench.servers.set(urls.delta, list({ number: 7 }));
    expect((await bench.ask()).questions[0]?.fault).toBe(`${validating}delta CRL indicator extension is not found`);
  });

  it('case S-07: that cannot be had', async () => {
    serve({}, {});
    bench.servers.set(urls.delta, { status: 404 });
    expect((await bench.ask()).questions[0]?.fault).toBe(`${retrieving}failed to download with status code: 404`);
  });

  it('is taken from a spare address', async () => {
    bench.servers.set(urls.crl, list({ number: 5, deltaUrls: ['http://crl.example/none', urls.delta] }));
    bench.servers.set(urls.delta, list({ number: 7, deltaFrom: 5, ...revoking() }));
    expect((await bench.ask()).result).toBe('revoked');
  });

  it('that only the certificate names is not supported', async () => {
    const extraExtensions = [derExtension('2.5.29.46', false, derSequence())];
    bench = new RevocationBench({ crlUrls: [urls.crl], extraExtensions });
    bench.servers.set(urls.crl, list());
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'unsupported',
      fault: 'freshest CRL from certificate extension is not supported',
    });
    serve({}, {});
    expect((await bench.ask()).result).toBe('good');
  });

  it('whose addresses cannot be read makes the base unusable', async () => {
    bench.servers.set(urls.crl, list({ extensions: [derExtension('2.5.29.46', false, anExtension)] }));
    expect((await bench.ask()).questions[0]?.fault).toMatch(
      /^failed to download .* failed to parse Freshest CRL extension: /,
    );
  });
});

describe('several lists', () => {
  const other = 'http://crl.example/other.crl';
  beforeEach(() => {
    bench = new RevocationBench({ crlUrls: [urls.crl, other] });
  });

  it.each<[string, () => [Behaviour, Behaviour], string, number]>([
    ['good takes all of them', () => [list(), list()], 'good', 2],
    ['the first that revokes decides', () => [list(revoking()), { status: 500 }], 'revoked', 1],
    ['the first that fails decides', () => [{ status: 500 }, list(revoking())], 'unknown', 1],
    ['the second may revoke', () => [list(), list(revoking())], 'revoked', 2],
    ['the second may fail', () => [list(), { status: 500 }], 'unknown', 2],
  ])('%s', async (_, behaviours, result, asked) => {
    const [first, second] = behaviours();
    bench.servers.set(urls.crl, first);
    bench.servers.set(other, second);
    const found = await bench.ask();
    expect([found.result, found.questions.length]).toEqual([result, asked]);
  });
});
