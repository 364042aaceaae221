import { beforeEach, describe, expect, it } from 'vitest';
import { createTestChain, caShape, leafShape, testKey } from '../../testing/chain-factory.ts';
import { RevocationBench, urls } from '../../testing/revocation-bench.ts';
import { writeCrl, writeOcspResponse } from '../../testing/revocation-writer.ts';
import { findEntries } from './crl-entries.ts';

const never = new AbortController().signal;
const codeSigning = { purpose: 'codeSigning' } as const;
let bench: RevocationBench;
beforeEach(() => {
  bench = new RevocationBench();
});

describe('a chain', () => {
  const chain = createTestChain({
    length: 3,
    leaf: { ...leafShape, crlUrls: ['http://crl.example/leaf'] },
    intermediate: { ...caShape('intermediate'), crlUrls: ['http://crl.example/intermediate'] },
    root: { ...caShape('root'), crlUrls: ['http://crl.example/root'] },
  });
  const [leaf, intermediate, root] = chain.certificates;
  const serve = (revoked: readonly ('leaf' | 'intermediate')[]): void => {
    const entry = (name: 'leaf' | 'intermediate', serialNumber = '') =>
      revoked.includes(name) ? [{ serialNumber }] : [];
    const key = (name: string) => testKey('EC-256', name);
    bench.servers.set(
      'http://crl.example/leaf',
      writeCrl(
        { certificate: intermediate!, privateKey: key('intermediate') },
        { entries: entry('leaf', leaf?.serialNumber) },
      ),
    );
    bench.servers.set(
      'http://crl.example/intermediate',
      writeCrl(
        { certificate: root!, privateKey: key('root') },
        { entries: entry('intermediate', intermediate?.serialNumber) },
      ),
    );
  };
  const check = () => bench.checker().checkChain(chain.certificates, codeSigning, never);

  it('the root is not asked about', async () => {
    serve([]);
    const { result, subject, certificates } = await check();
    expect([result, subject]).toEqual(['good', undefined]);
    expect(certificates.map((certificate) => certificate.result)).toEqual(['good', 'good', 'notRevocable']);
    expect(bench.requests).toHaveLength(2);
  });

  it.each([
    [['intermediate'], 'revoked', 'intermediate'],
    [['leaf'], 'revoked', 'leaf'],
    [['leaf', 'intermediate'], 'revoked', 'leaf'],
  ] as const)('%j revoked: the one nearest to the leaf is named', async (revoked, result, name) => {
    serve(revoked);
    expect(await check()).toMatchObject({ result, subject: expect.stringContaining(`CN=${name}`) as string });
  });

  it('a revoked certificate weighs more than one that is not known', async () => {
    serve(['intermediate']);
    bench.servers.delete('http://crl.example/leaf');
    expect(await check()).toMatchObject({ result: 'revoked', subject: intermediate?.subject });
    bench.cache.files.clear();
    serve([]);
    bench.servers.delete('http://crl.example/intermediate');
    expect(await check()).toMatchObject({ result: 'unknown', subject: intermediate?.subject });
  });

  it('certificates are asked about at the same time', async () => {
    serve([]);
    bench.servers.set('http://crl.example/leaf', 'hang');
    const controller = new AbortController();
    const checking = bench.checker().checkChain(chain.certificates, codeSigning, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bench.requests).toHaveLength(2);
    controller.abort(new Error('enough'));
    await expect(checking).rejects.toThrow('enough');
  });

  it('of one certificate, or one that names no server, is fine', async () => {
    const lone = createTestChain({ length: 1, leaf: { ...leafShape, ocspUrls: [urls.ocsp] } });
    expect(await bench.checker().checkChain(lone.certificates, codeSigning, never)).toMatchObject({
      result: 'good',
      certificates: [{ result: 'notRevocable' }],
    });
    const quiet = createTestChain({ length: 3 });
    expect((await bench.checker().checkChain(quiet.certificates, codeSigning, never)).result).toBe('good');
    expect(bench.requests).toEqual([]);
  });
});

describe('one checker', () => {
  it('asks nobody the same twice, however many ask it', async () => {
    bench.servers.set(urls.ocsp, writeOcspResponse(bench.leaf, bench.issuer, { nextUpdate: null }));
    bench.servers.set(urls.crl, writeCrl(bench.issuer));
    const checker = bench.checker();
    const check = () => checker.checkChain(bench.chain.certificates, codeSigning, never);
    const found = await Promise.all(Array.from({ length: 10 }, check));
    await check();
    expect(new Set(found.map(({ result }) => result))).toEqual(new Set(['good']));
    expect(bench.requests).toHaveLength(2);
  });

  it('one that asks goes on when another stops, and ends with the last', async () => {
    bench = new RevocationBench({ ocspUrls: [urls.ocsp] });
    bench.servers.set(urls.ocsp, 'hang');
    const checker = bench.checker();
    const controllers = [new AbortController(), new AbortController()];
    const checks = controllers.map(({ signal }) => checker.checkChain(bench.chain.certificates, codeSigning, signal));
    controllers[0]?.abort(new Error('first'));
    await expect(checks[0]).rejects.toThrow('first');
    expect(bench.requests).toHaveLength(1);
    controllers[1]?.abort(new Error('second'));
    await expect(checks[1]).rejects.toThrow('second');
    bench.servers.set(urls.ocsp, writeOcspResponse(bench.leaf, bench.issuer));
    expect((await checker.checkChain(bench.chain.certificates, codeSigning, never)).result).toBe('good');
  });

  it('does nothing for a signal that has ended', async () => {
    const call = bench
      .checker()
      .checkChain(bench.chain.certificates, codeSigning, AbortSignal.abort(new Error('over')));
    await expect(call).rejects.toThrow('over');
    expect(bench.requests).toEqual([]);
  });
});

describe('offline', () => {
  it('no server is asked, and every one is told', async () => {
    bench.online = false;
    expect(await bench.ask()).toMatchObject({
      result: 'unknown',
      questions: [
        { url: urls.ocsp, outcome: 'offline' },
        { url: urls.crl, outcome: 'offline' },
      ],
    });
    expect(bench.requests).toEqual([]);
  });
});

describe('a list of 32 MiB', () => {
  it('is looked through without holding up what else waits', async () => {
    const entry = Buffer.from('30200211', 'hex');
    const rest = Buffer.concat([
      Buffer.alloc(17, 0x55),
      Buffer.from('170d3236303130323033303430355a', 'hex').subarray(0, 15),
    ]);
    const one = Buffer.concat([entry.subarray(0, 1), Buffer.of(34), entry.subarray(2), rest]);
    const count = Math.floor(33_000_000 / one.length);
    const entries = Buffer.alloc(count * one.length);
    for (let index = 0; index < count; index += 1) one.copy(entries, index * one.length);
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const found = await findEntries(entries, '11'.repeat(17), never);
    clearInterval(timer);
    expect(found).toEqual([]);
    expect(longest).toBeLessThan(200);
    expect((await findEntries(entries.subarray(0, one.length * 3), '55'.repeat(17), never)).length).toBe(3);
  });
});
