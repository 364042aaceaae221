import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAskingChecker } from '../../electron/domain/revocation/asking-checker.ts';
import { createCrlCache } from '../../electron/domain/revocation/crl-cache.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createHttpClient, type HttpClient } from '../../electron/infra/http-client.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { haveOpenssl, OpensslAuthority } from './openssl-authority.ts';
import { havePeers, Oracle } from './peers.ts';

type Servers = Parameters<OpensslAuthority['issue']>[0];
interface Case {
  readonly title: string;
  readonly servers: Servers;
  readonly state?: 'revoked' | 'unknown';
  readonly result: 'good' | 'revoked' | 'unknown';
  /** What came of each server that was asked, in order. */
  readonly outcomes: readonly string[];
}

const cases: readonly Case[] = [
  { title: 'OCSP: good', servers: { ocsp: 'now' }, result: 'good', outcomes: ['good'] },
  { title: 'OCSP: revoked', servers: { ocsp: 'now' }, state: 'revoked', result: 'revoked', outcomes: ['revoked'] },
  { title: 'OCSP: unknown', servers: { ocsp: 'now' }, state: 'unknown', result: 'unknown', outcomes: ['unknown'] },
  { title: 'OCSP: no next update', servers: { ocsp: 'expired' }, result: 'unknown', outcomes: ['noNextUpdate'] },
  { title: 'OCSP: slow', servers: { ocsp: 'slow' }, result: 'unknown', outcomes: ['timeout'] },
  { title: 'OCSP: absent', servers: { ocsp: 'absent' }, result: 'unknown', outcomes: ['badStatus'] },
  { title: 'list: good', servers: { crl: 'now' }, result: 'good', outcomes: ['good'] },
  { title: 'list: revoked', servers: { crl: 'now' }, state: 'revoked', result: 'revoked', outcomes: ['revoked'] },
  { title: 'list: expired', servers: { crl: 'expired' }, result: 'unknown', outcomes: ['expired'] },
  { title: 'list: slow', servers: { crl: 'slow' }, result: 'unknown', outcomes: ['timeout'] },
  { title: 'list: absent', servers: { crl: 'absent' }, result: 'unknown', outcomes: ['badStatus'] },
  {
    title: 'what OCSP leaves unknown the list decides: revoked',
    servers: { ocsp: 'absent', crl: 'now' },
    state: 'revoked',
    result: 'revoked',
    outcomes: ['badStatus', 'revoked'],
  },
];
const ofReference = { OK: 'good', Revoked: 'revoked', Unknown: 'unknown', NonRevokable: 'notRevocable' } as const;

describe.skipIf(!havePeers() || !(await haveOpenssl()))('certificates, lists and OCSP answers of OpenSSL', () => {
  let authority: OpensslAuthority;
  let oracle: Oracle;
  let http: HttpClient;
  let home: string;
  const chains = new Map<string, TestChain>();

  beforeAll(async () => {
    oracle = new Oracle();
    http = createHttpClient({});
    home = await mkdtemp(path.join(tmpdir(), 'inkan-openssl-cache-'));
    authority = await OpensslAuthority.open();
    for (const { title, servers, state } of cases) {
      const chain = await authority.issue(servers, state !== 'unknown');
      if (state === 'revoked') await authority.revoke(chain);
      chains.set(title, chain);
    }
    await authority.serve();
  }, 120_000);
  afterAll(async () => {
    await authority.close();
    await oracle.stop();
    await http.close();
    await rm(home, { recursive: true, force: true });
  });

  test.concurrent.each(cases)('$title, to both', async ({ title, result, outcomes }) => {
    const chain = chains.get(title);
    if (!chain) throw new Error('not issued');
    const checker = createAskingChecker({
      access: { http, online: true, allowPrivate: true, ocspTimeoutMs: 2000, crlTimeoutMs: 5000 },
      cache: createCrlCache(createDirectory(path.join(home, title.replaceAll(/\W/g, '-'))), { log: () => undefined }),
      clock: systemClock,
    });
    const [ours, theirs] = await Promise.all([
      checker.checkChain(chain.certificates, { purpose: 'codeSigning' }, new AbortController().signal),
      oracle.ask<readonly { readonly result: keyof typeof ofReference }[]>('checkRevocation', {
        chain: chain.ders.map((der) => Buffer.from(der).toString('base64')),
      }),
    ]);
    const [leaf] = ours.certificates;
    expect([leaf?.result, leaf?.questions.map(({ outcome }) => outcome)]).toEqual([result, outcomes]);
    expect(theirs.map((each) => ofReference[each.result])).toEqual([result, 'notRevocable']);
  });
});
