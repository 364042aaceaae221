import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { RevocationBench, urls } from '../../testing/revocation-bench.ts';
import { writeCrl } from '../../testing/revocation-writer.ts';

const hourMs = 3_600_000;
const file = `crl/${createHash('sha256').update(urls.crl).digest('hex')}`;
let bench: RevocationBench;
let list: Uint8Array;
beforeEach(() => {
  bench = new RevocationBench({ crlUrls: [urls.crl] });
  list = writeCrl(bench.issuer, { number: 5 });
  bench.servers.set(urls.crl, list);
});
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('the cache that is shared with the CLI', () => {
  it('gets what was downloaded, in the form of the reference', async () => {
    expect((await bench.ask()).questions[0]?.fromCache).toBe(false);
    expect([...bench.cache.files.keys()]).toEqual([file]);
    expect(bench.cache.text(file)).toBe(JSON.stringify({ baseCRL: base64(list) }));
    expect(bench.cache.files.get(file)?.mode).toBe(0o600);
  });

  it('keeps the delta with its base', async () => {
    const delta = writeCrl(bench.issuer, { number: 6, deltaFrom: 5 });
    list = writeCrl(bench.issuer, { number: 5, deltaUrls: [urls.delta] });
    bench.servers.set(urls.crl, list);
    bench.servers.set(urls.delta, delta);
    await bench.ask();
    expect(bench.cache.text(file)).toBe(JSON.stringify({ baseCRL: base64(list), deltaCRL: base64(delta) }));
    bench.servers.clear();
    expect(await bench.ask()).toMatchObject({ result: 'good', questions: [{ fromCache: true }] });
  });

  it('serves as long as it is in date, even where no server may be asked', async () => {
    await bench.ask();
    bench.online = false;
    expect(await bench.ask()).toMatchObject({ result: 'good', questions: [{ fromCache: true }] });
    bench.now = new Date(Date.now() + 2 * hourMs);
    expect(await bench.ask()).toMatchObject({
      result: 'unknown',
      questions: [{ outcome: 'offline', fromCache: false }],
    });
    expect(bench.requests).toHaveLength(1);
  });

  it('is read however it is spaced', async () => {
    bench.cache.put(file, `\n{ "deltaCRL" :\t"" , "baseCRL": "${base64(list)}" }\n`);
    bench.servers.clear();
    expect((await bench.ask()).result).toBe('unknown');
    bench.cache.put(file, `\n{ "baseCRL" :\t"${base64(list)}" }\n`);
    expect((await bench.ask()).questions[0]?.fromCache).toBe(true);
  });

  it.each<[string, (list: string) => string | Uint8Array]>([
    ['empty', () => ''],
    ['no JSON', () => 'nonsense'],
    ['cut off', (good) => `{"baseCRL":"${good.slice(0, 40)}`],
    ['no list', () => '{"baseCRL":"AAAA"}'],
    ['no base64', (good) => `{"baseCRL":"${good.slice(0, 40)}*${good.slice(41)}"}`],
    ['another member', () => '{"other":"AAAA"}'],
    ['more behind it', (good) => `{"baseCRL":"${good}"}x`],
    ['a number', () => '{"baseCRL":1}'],
    ['deep', () => '['.repeat(100_000)],
  ])('case S-11: %s: the verdict is that of the server', async (_, content) => {
    bench.cache.put(file, content(base64(list)));
    expect(await bench.ask()).toMatchObject({ result: 'good', questions: [{ fromCache: false }] });
    expect(bench.cache.text(file)).toBe(JSON.stringify({ baseCRL: base64(list) }));
    expect(bench.logged.every((line) => line === 'warn: CRL cache: not read')).toBe(true);
  });

  it('case S-11: a list of somebody else, planted or misplaced, changes nothing', async () => {
    const stranger = new RevocationBench({}, 3);
    bench.cache.put(file, JSON.stringify({ baseCRL: base64(writeCrl(stranger.issuer)) }));
    expect(await bench.ask()).toMatchObject({ result: 'good', questions: [{ fromCache: false }] });
  });

  it('case S-11: that cannot be written or read changes nothing (rule V-07)', async () => {
    const fail = (): Promise<never> => Promise.reject(new AppError('file.notWritten', { file, cause: 'EROFS' }));
    bench.cache.write = fail;
    bench.cache.read = fail;
    expect((await bench.ask()).result).toBe('good');
    expect(bench.logged).toEqual(['warn: CRL cache: not read', 'warn: CRL cache: not written']);
  });

  it('is read again once the file has changed', async () => {
    await bench.ask();
    bench.servers.clear();
    expect((await bench.ask()).result).toBe('good');
    const entries = [{ serialNumber: bench.leaf.serialNumber }];
    bench.cache.put(file, JSON.stringify({ baseCRL: base64(writeCrl(bench.issuer, { number: 6, entries })) }));
    expect(await bench.ask()).toMatchObject({ result: 'revoked', questions: [{ fromCache: true }] });
    bench.cache.put(file, 'nonsense');
    expect((await bench.ask()).result).toBe('unknown');
  });

  it('gets nothing that may not be judged by', async () => {
    bench.servers.set(urls.crl, writeCrl(bench.issuer, { nextUpdate: null }));
    expect((await bench.ask()).result).toBe('unknown');
    expect(bench.cache.files.size).toBe(0);
  });
});
