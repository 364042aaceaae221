import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { CertificateRevocation, RevocationQuestion } from '../../shared/model/revocation.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import { createAskingChecker } from '../../electron/domain/revocation/asking-checker.ts';
import { createCrlCache } from '../../electron/domain/revocation/crl-cache.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createHttpClient, type HttpClient } from '../../electron/infra/http-client.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import { createTestChain, leafShape, testKey, type TestChain } from '../../electron/testing/chain-factory.ts';
import { writeCrl } from '../../electron/testing/revocation-writer.ts';
import { forgeJws } from '../../electron/testing/jws-forge.ts';
import { Allowlist } from './allowlist.ts';
import { issueChain, serveLists, type Behaviours } from './authority.ts';
import { havePeers, startPeer, type Peer } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement } from './two-judges.ts';
import { caseArtifact } from './verdict-cases.ts';

const never = new AbortController().signal;
/** Nobody listens there. */
const nobody = 'http://127.0.0.1:9/';
const results = { OK: 'good', Revoked: 'revoked', Unknown: 'unknown', NonRevokable: 'notRevocable' } as const;
/** Outcomes whose sentence the reference takes from elsewhere: from its network and its parsers. */
const otherWords: readonly RevocationQuestion['outcome'][] = [
  'unreachable',
  'malformed',
  'tooLarge',
  'expired',
  'timeout',
];

interface ReferenceCertificate {
  readonly result: keyof typeof results;
  readonly servers: readonly {
    readonly method: 'OCSP' | 'CRL' | 'Unknown';
    readonly server: string;
    readonly result: keyof typeof results;
    readonly error: string;
  }[];
}

const cases: readonly (readonly [string, Behaviours])[] = [
  ['no server', {}],
  ...[
    ...['good', 'revoked', 'revoked-later', 'unknown', 'expired', 'no-next-update', 'other-serial', 'critical'],
    ...[
      'wrong-signer',
      'delegated',
      'not-delegated',
      'expired-responder',
      'other-issuer',
      'absent',
      'redirect',
      'slow',
      'malformed',
      'empty',
      'try-later',
    ],
    ...['unauthorized', 'internal-error', 'malformed-request', 'signature-required', 'too-large', nobody],
    ...['https://127.0.0.1/ocsp', 'ldap://127.0.0.1/ocsp'],
  ].map((name): [string, Behaviours] => [`ocsp: ${name}`, { leafOCSP: [name] }]),
  ...[
    ...['good', 'revoked', 'hold', 'revoked-later', 'entry-critical', 'critical', 'expired', 'wrong-signer', 'absent'],
    ...[
      'created',
      'no-content',
      'partial',
      'redirect',
      'slow',
      'malformed',
      'adding',
      'lifting',
      'stale',
      'early',
      nobody,
    ],
    ...['https://127.0.0.1/crl', 'ldap://127.0.0.1/crl'],
  ].map((name): [string, Behaviours] => [`crl: ${name}`, { leafCRL: [name] }]),
  ['what OCSP does not know, the list decides: good', { leafOCSP: ['unknown'], leafCRL: ['good'] }],
  ['what OCSP does not know, the list decides: revoked', { leafOCSP: ['try-later'], leafCRL: ['revoked'] }],
  ['OCSP good, the list is not asked', { leafOCSP: ['good'], leafCRL: ['revoked'] }],
  ['OCSP revoked, the list is not asked', { leafOCSP: ['revoked'], leafCRL: ['good'] }],
  ['a spare OCSP server', { leafOCSP: ['absent', 'good'] }],
  ['a spare OCSP server that revokes', { leafOCSP: ['expired', 'revoked'] }],
  ['two OCSP servers that fail', { leafOCSP: ['absent', 'try-later'] }],
  ['two lists', { leafCRL: ['good', 'adding'] }],
  ['a list that fails before one that revokes', { leafCRL: ['absent', 'revoked'] }],
  ['a list that revokes before one that fails', { leafCRL: ['revoked', 'absent'] }],
  ['a revoked authority', { leafOCSP: ['good'], caCRL: ['revoked'] }],
  ['an authority that is not known', { leafCRL: ['good'], caOCSP: ['unauthorized'] }],
  ['an authority revoked, a signer not known', { leafOCSP: ['unauthorized'], caOCSP: ['revoked'] }],
  ['both revoked', { leafOCSP: ['revoked'], caCRL: ['revoked'] }],
  ['both good', { leafOCSP: ['good'], caOCSP: ['good'], leafCRL: ['good'], caCRL: ['good'] }],
];

/** Where the two answers about one certificate part. */
function differencesOf(mine: CertificateRevocation, theirs: ReferenceCertificate): string[] {
  const found = mine.result === results[theirs.result] ? [] : [`${mine.result}, ${theirs.result}`];
  for (const { method, server, result, error } of theirs.servers) {
    if (server === '') continue;
    const question = mine.questions.find((one) => one.method.toUpperCase() === method && one.url === server);
    if (!question) {
      found.push(`${method} ${server} was not asked`);
      continue;
    }
    const { outcome, fault = '' } = question;
    const simple = outcome === 'good' || outcome === 'revoked' ? outcome : 'unknown';
    if (simple !== results[result]) found.push(`${method} ${server}: ${outcome}, ${result} ${error}`);
    else if (error !== '' && !otherWords.includes(outcome) && fault !== error) found.push(`"${fault}", "${error}"`);
  }
  return found;
}

describe.skipIf(!havePeers())('revocation, asked by both of the same servers', () => {
  let judges: TwoJudges;
  let peer: Peer;
  let http: HttpClient;
  let home: string;
  const allowlist = new Allowlist('revocation');
  beforeAll(async () => {
    judges = await TwoJudges.open();
    peer = await startPeer('revocation');
    http = createHttpClient({});
    home = await mkdtemp(path.join(tmpdir(), 'inkan-revocation-'));
  });
  afterAll(async () => {
    await judges.close();
    await http.close();
    await peer.stop();
    await rm(home, { recursive: true, force: true });
  });

  const createChecker = (cache: string) =>
    createAskingChecker({
      access: { http, online: true, allowPrivate: true, ocspTimeoutMs: 2000, crlTimeoutMs: 5000 },
      cache: createCrlCache(createDirectory(path.join(home, cache)), { log: () => undefined }),
      clock: systemClock,
    });
  const askReference = (chain: TestChain, more: object = {}) =>
    judges.oracle.ask<readonly ReferenceCertificate[]>('checkRevocation', {
      chain: chain.ders.map((der) => Buffer.from(der).toString('base64')),
      ...more,
    });
  const ask = (chain: TestChain, cache: string, authenticSigningTime?: Date) =>
    createChecker(cache).checkChain(
      chain.certificates,
      { purpose: 'codeSigning', ...(authenticSigningTime && { authenticSigningTime }) },
      never,
    );

  test.each(cases)('%s', async (name, behaviours) => {
    const chain = await issueChain(peer.address, behaviours);
    for (const authenticSigningTime of [undefined, new Date()]) {
      if (authenticSigningTime && !name.includes('revoked')) continue;
      const [mine, theirs] = await Promise.all([
        ask(chain, `${name.replaceAll(/\W/g, '-')}`, authenticSigningTime),
        askReference(chain, authenticSigningTime ? { authenticSigningTime } : {}),
      ]);
      const found = mine.certificates.flatMap((certificate, index) => {
        const reference = theirs[index];
        return reference ? differencesOf(certificate, reference) : ['no answer'];
      });
      if (found.length > 0 && allowlist.permits(name)) continue;
      expect(found).toEqual([]);
    }
  });

  test('crl: a delta without a number', async () => {
    const lists = new Map<string, Uint8Array>();
    await using server = await serveLists(lists);
    const crlUrls = [`${server.origin}/base`];
    const chain = createTestChain({ leaf: { ...leafShape, crlUrls } });
    const [, authority] = chain.certificates;
    const issuer = authority && { certificate: authority, privateKey: testKey('EC-256', 'root') };
    if (!issuer) throw new Error('no issuer');
    lists.set('/base', writeCrl(issuer, { deltaUrls: [`${server.origin}/delta`] }));
    lists.set('/delta', writeCrl(issuer, { number: null, deltaFrom: 1 }));
    const mine = await ask(chain, 'unnumbered');
    expect(mine.certificates[0]?.questions).toMatchObject([{ outcome: 'deltaMismatch' }]);
    await expect(askReference(chain)).rejects.toThrow('panic');
    expect(allowlist.permits('crl: a delta without a number')).toBe(true);
  });

  test('the list of allowed differences says no more than was seen', () => {
    expect(allowlist.unseen).toEqual([]);
  });

  test('case S-09: an answer that exceeds its time, and one that is allowed more', async () => {
    const chain = await issueChain(peer.address, { leafOCSP: ['slow'] });
    const access = { http, online: true, allowPrivate: true, ocspTimeoutMs: 6000, crlTimeoutMs: 5000 };
    const cache = createCrlCache(createDirectory(path.join(home, 'patient')), { log: () => undefined });
    const checker = createAskingChecker({ access, cache, clock: systemClock });
    expect((await checker.checkChain(chain.certificates, { purpose: 'codeSigning' }, never)).result).toBe('good');
  });

  const levels = ['strict', 'permissive', 'audit'] as const;
  const actions = [undefined, 'enforce', 'log', 'skip'] as const;
  const verdictCases: readonly Behaviours[] = [
    {},
    { leafOCSP: ['good'] },
    { leafOCSP: ['revoked'] },
    { leafOCSP: ['revoked-later'] },
    { leafOCSP: ['no-next-update'] },
    { leafCRL: ['hold'] },
    { leafCRL: ['absent'] },
    { leafOCSP: ['try-later'], leafCRL: ['revoked-later'] },
    { leafOCSP: ['good'], caCRL: ['revoked'] },
  ];

  test.each(verdictCases)('verdicts under every level and override: %j', async (behaviours) => {
    const chain = await issueChain(peer.address, behaviours);
    await judges.trust(chain, 'acme');
    await judges.trust(chain, 'acme', 'signingAuthority');
    judges.revocation = createChecker('verdicts');
    const scheme = 'io.cncf.notary.signingScheme';
    const time = 'io.cncf.notary.authenticSigningTime';
    const authority = {
      crit: [scheme, time],
      [scheme]: 'notary.x509.signingAuthority',
      [time]: `${new Date().toISOString().slice(0, 19)}Z`,
      'io.cncf.notary.signingTime': undefined,
    };
    const { mediaType, digest, size } = caseArtifact;
    const payloadText = JSON.stringify({ targetArtifact: { mediaType, digest, size } });
    const statements = levels.flatMap((level) =>
      actions.map((revocation): TrustPolicyStatement =>
        wideStatement('acme', {
          signatureVerification: { level, ...(revocation && { override: { revocation } }) },
          trustStores: ['ca:acme', 'signingAuthority:acme'],
        }),
      ),
    );
    const envelopes = [{}, authority].map((header) =>
      Buffer.from(JSON.stringify(forgeJws(chain, { payloadText, header }))),
    );
    const verdicts = await judges.judge(
      envelopes.flatMap((envelope) =>
        statements.map((statement) => ({ mediaType: mediaTypes.jws, envelope, artifact: caseArtifact, statement })),
      ),
    );
    for (const { mine, theirs } of verdicts) {
      expect(isAccepted(mine)).toBe(theirs?.error === null);
      const mineOf = mine?.checks.find(({ check }) => check === 'revocation');
      const theirsOf = theirs?.checks.find(({ type }) => type === 'revocation');
      const failed = mineOf?.result === 'failed' || mineOf?.result === 'inconclusive';
      expect([mineOf?.action, failed]).toEqual([theirsOf?.action ?? 'skip', (theirsOf?.error ?? null) !== null]);
      if (failed) expect(mineOf.reason.message).toBe(theirsOf?.error?.message);
    }
  });

  test('the cache is the one of the reference, both ways', async () => {
    await using other = await startPeer('revocation');
    const first = await issueChain(other.address, { leafCRL: ['adding'], caCRL: ['good'] });
    const second = await issueChain(other.address, { leafCRL: ['adding'], caCRL: ['good'] });
    expect((await ask(first, 'shared')).result).toBe('revoked');
    const cacheDir = path.join(home, 'shared', 'crl');
    await askReference(second, { cacheDir });
    // One list each of the two authorities, and the root's, which both have.
    expect(await readdir(cacheDir)).toHaveLength(3);
    await other.stop();
    expect((await askReference(first, { cacheDir })).map(({ result }) => result)).toEqual([
      'Revoked',
      'OK',
      'NonRevokable',
    ]);
    const { result, certificates } = await ask(second, 'shared');
    expect(result).toBe('revoked');
    expect(certificates[0]?.questions).toMatchObject([{ outcome: 'revoked', fromCache: true }]);
    expect((await ask(second, 'elsewhere')).result).toBe('unknown');
  });
});
