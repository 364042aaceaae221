import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../shared/model/verification.ts';
import { createTestChain, type TestChain } from '../../testing/chain-factory.ts';
import { createAuthorityChain, genTimeOf, TestAuthority, type TokenShape } from '../../testing/timestamp-authority.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';
import type { ChainRevocation, RevocationChecker } from '../revocation/revocation-checker.ts';
import { derInteger } from '../x509/der-writer.ts';

const dayMs = 86_400_000;
const chain = createTestChain({ length: 2 });
const past = new Date(Date.now() - 20 * dayMs);
/** A chain whose leaf ended ten days ago. */
const expired = createTestChain({
  leaf: { notBefore: new Date(Date.now() - 30 * dayMs), notAfter: new Date(Date.now() - 10 * dayMs) },
});
const authority = new TestAuthority();
const both = ['ca:acme', 'tsa:clock'];
let bench: VerificationBench;

beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
  bench.trust(authority.chain, 'clock', 'tsa');
  bench.saveStatement({ trustStores: both });
});

function stamped(by: TestChain, shape: TokenShape = {}, signedAt = bench.now): Promise<unknown> {
  return bench.sign(by, { signedAt, timestamp: async (signature) => authority.createToken(signature, shape) });
}

async function check(): Promise<CheckResult & { verdict: string }> {
  const { verdict, signatures } = await bench.verify();
  const found = signatures[0]?.checks.find(({ check: name }) => name === 'authenticTimestamp');
  if (found === undefined) throw new Error('nothing was checked');
  return { ...found, verdict };
}

/** Answers the same for every chain of timestamping, and remembers what it was asked. */
class FixedChecker implements RevocationChecker {
  readonly asked: string[] = [];
  readonly #result: ChainRevocation['result'];

  constructor(result: ChainRevocation['result']) {
    this.#result = result;
  }

  async checkChain(
    certificates: Parameters<RevocationChecker['checkChain']>[0],
    { purpose }: Parameters<RevocationChecker['checkChain']>[1],
  ): Promise<ChainRevocation> {
    if (purpose === 'codeSigning') return { result: 'good', certificates: [] };
    const [leaf] = certificates;
    this.asked.push(...certificates.map(({ subject }) => subject));
    return { result: this.#result, subject: leaf?.subject ?? '', certificates: [] };
  }
}

describe('a token that is right', () => {
  it('passes, and says when, by whom and through which store', async () => {
    await stamped(chain, { genTime: genTimeOf(bench.now), accuracy: [derInteger(Uint8Array.of(2))] });
    const report = await bench.verify();
    expect(report.verdict).toBe('verified');
    expect(report.signatures[0]?.timestamp).toMatchObject({
      accuracyMs: 2000,
      signer: 'CN=tsa,O=Clock,C=JP',
      store: 'tsa:clock',
    });
    expect(await check()).toMatchObject({
      result: 'passed',
      reason: { code: 'timestamp.within', details: { because: 'always', store: 'tsa:clock' } },
    });
    expect(report.cli).toMatchObject({ succeeds: true, dependsOn: [] });
  });

  it('saves a signature whose certificate has ended since', async () => {
    bench.trust(expired);
    await stamped(expired, { genTime: genTimeOf(past) }, past);
    expect(await check()).toMatchObject({ verdict: 'verified', result: 'passed' });
    bench.saveStatement({ trustStores: both, verifyTimestamp: 'afterCertExpiry' });
    expect(await check()).toMatchObject({
      verdict: 'verified',
      reason: { code: 'timestamp.within', details: { because: 'expired' } },
    });
    bench.saveStatement();
    expect(await check()).toMatchObject({ verdict: 'notTrusted', reason: { code: 'timestamp.certificateExpired' } });
  });

  it('is not looked at without a tsa store, nor with afterCertExpiry while the certificates are valid', async () => {
    await bench.sign(chain, { timestamp: async () => Uint8Array.of(0x30, 0) });
    bench.saveStatement();
    expect(await check()).toMatchObject({ reason: { details: { because: 'noTsaStore' } }, verdict: 'verified' });
    bench.saveStatement({ trustStores: both, verifyTimestamp: 'afterCertExpiry' });
    expect(await check()).toMatchObject({ reason: { details: { because: 'notExpired' } }, verdict: 'verified' });
  });
});

describe('what fails', () => {
  const other = new TextEncoder().encode('another signature');
  it.each<[string, string, string, () => Promise<unknown>]>([
    [
      'no token',
      'timestamp.missing',
      'no timestamp countersignature was found in the signature envelope',
      () => bench.sign(chain),
    ],
    [
      'a token that is none',
      'timestamp.tokenMalformed',
      'failed to parse timestamp countersignature with error: ',
      () => bench.sign(chain, { timestamp: async () => Uint8Array.of(0x30, 0) }),
    ],
    [
      'a time that is none',
      'timestamp.infoMalformed',
      'failed to get the timestamp TSTInfo with error: cannot unmarshal TSTInfo from timestamp token',
      () => stamped(chain, { genTime: '2026' }),
    ],
    [
      'case S-01: a token over another signature',
      'timestamp.otherSignature',
      'failed to get timestamp from timestamp countersignature with error: invalid TSTInfo: mismatched message',
      () => bench.sign(chain, { timestamp: async () => authority.createToken(other) }),
    ],
    [
      'case S-02: a forged certificate in the token',
      'timestamp.tokenInvalid',
      'failed to verify the timestamp countersignature with error: failed to verify signed token: signing certificate hash does not match',
      () => stamped(chain, { certHash: new Uint8Array(32) }),
    ],
    [
      'an authority of another root',
      'timestamp.chainNotTrusted',
      'failed to verify the timestamp countersignature with error: failed to verify signed token: cms verification failure: x509: certificate signed by unknown authority',
      () => {
        const stranger = new TestAuthority(createAuthorityChain({ root: { key: 'EC-384' } }));
        return bench.sign(chain, { timestamp: async (signature) => stranger.createToken(signature) });
      },
    ],
    [
      'case S-03: a time before the certificate',
      'timestamp.beforeCertificate',
      'timestamp can be before certificate "CN=leaf,O=Notary,ST=WA,C=US" validity period, it will be valid from "',
      () => stamped(chain, { genTime: genTimeOf(new Date(Date.now() - 400 * dayMs)) }),
    ],
    [
      'case S-03: a time that may be after the certificate',
      'timestamp.afterCertificate',
      'timestamp can be after certificate "CN=leaf,O=Notary,ST=WA,C=US" validity period, it was expired at "',
      () => stamped(chain, { genTime: genTimeOf(new Date(Date.now() + 400 * dayMs)) }),
    ],
  ])('%s', async (_, code, message, sign) => {
    await sign();
    const found = await check();
    expect(found).toMatchObject({ verdict: 'notTrusted', result: 'failed', action: 'enforce', reason: { code } });
    expect(found.reason.message).toContain(message);
    bench.saveStatement({ trustStores: both, level: 'permissive' });
    const report = await bench.verify();
    expect(report.verdict).toBe('verifiedWithWarnings');
    expect(report.cli.message).toContain(
      `Warning: authenticTimestamp was set to "log" and failed with error: ${found.reason.message ?? ''}`,
    );
  });

  it('case S-04: a store that is not there, or holds no root', async () => {
    await stamped(chain);
    bench.saveStatement({ trustStores: ['ca:acme', 'tsa:none'] });
    expect(await check()).toMatchObject({
      reason: {
        code: 'authenticity.storeMissing',
        details: { store: 'tsa:none' },
        message: 'failed to load tsa trust store with error: the trust store "none" of type "tsa" does not exist',
      },
    });
    expect((await bench.verify()).cli.message).toContain('the trust store "none" of type "tsa" does not exist');
    bench.trust(authority.chain, 'middle', 'tsa', 1);
    bench.saveStatement({ trustStores: ['ca:acme', 'tsa:clock', 'tsa:middle'] });
    const { verdict, reason } = await check();
    expect(verdict).toBe('notTrusted');
    expect(reason.code).toBe('authenticity.fileNotAnchor');
    expect(reason.message).toMatch(/is not a root CA certificate/);
  });
});

describe('revocation of the authority', () => {
  it.each([
    ['revoked', 'timestamp.authorityRevoked', 'is revoked'],
    ['unknown', 'timestamp.authorityUnknown', 'revocation status is unknown'],
  ] as const)('case S-06: %s, even where the statement skips revocation', async (result, code, ending) => {
    await stamped(chain);
    const checker = new FixedChecker(result);
    bench.revocation = checker;
    bench.saveStatement({ trustStores: both, override: { revocation: 'skip' } });
    expect(await check()).toMatchObject({
      verdict: 'notTrusted',
      reason: { code, message: `timestamping certificate with subject "CN=tsa,O=Clock,C=JP" ${ending}` },
    });
    expect(checker.asked).toHaveLength(3);
  });

  it('is not asked about when nothing leads to a store', async () => {
    const stranger = new TestAuthority(createAuthorityChain({ root: { key: 'EC-384' } }));
    await bench.sign(chain, { timestamp: async (signature) => stranger.createToken(signature) });
    const checker = new FixedChecker('good');
    bench.revocation = checker;
    await check();
    expect(checker.asked).toEqual([]);
  });
});

describe('case S-12: clocks that are wrong', () => {
  it.each(['2001-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])('at %s', async (now) => {
    await stamped(chain);
    await bench.sign(chain);
    bench.now = new Date(now);
    bench.saveStatement({ trustStores: both, verifyTimestamp: 'afterCertExpiry' });
    const report = await bench.verify();
    const [first, second] = report.signatures.map(({ checks }) => checks[2]?.reason.code);
    if (now.startsWith('2001')) expect([first, second]).toEqual(Array(2).fill('timestamp.certificateNotYetValid'));
    else expect([first, second].sort()).toEqual(['timestamp.missing', 'timestamp.within']);
  });
});
