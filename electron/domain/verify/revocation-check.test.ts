import { beforeEach, describe, expect, it } from 'vitest';
import type { CertificateRevocation } from '../../../shared/model/revocation.ts';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { ToldChecker } from '../../testing/revocation-checkers.ts';
import { RevocationBench, urls } from '../../testing/revocation-bench.ts';
import { writeCrl, writeOcspResponse } from '../../testing/revocation-writer.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';

let chain: TestChain;
let bench: VerificationBench;
beforeEach(() => {
  chain = createTestChain({ length: 2, leaf: { ...leafShape, ocspUrls: [urls.ocsp] } });
  bench = new VerificationBench();
});

async function verifyUnder(
  change: Parameters<VerificationBench['saveStatement']>[0],
  ...results: CertificateRevocation['result'][]
) {
  const checker = new ToldChecker(...results);
  bench.revocation = checker;
  bench.saveStatement(change);
  await bench.sign(chain);
  const report = await bench.verify();
  const check = report.signatures[0]?.checks.find((candidate) => candidate.check === 'revocation');
  return { report, check, asked: checker.asked.length };
}

describe('what is told', () => {
  beforeEach(() => bench.trust(chain));
  const subject = 'CN=leaf,O=Notary,ST=WA,C=US';

  it.each([
    ['good', 'passed', 'revocation.good', { checked: 1, without: [] }, undefined],
    [
      'revoked',
      'failed',
      'revocation.revoked',
      { subject },
      `signing certificate with subject "${subject}" is revoked`,
    ],
    [
      'unknown',
      'inconclusive',
      'revocation.unknown',
      { subject, servers: [], outcome: '', stricter: false },
      `signing certificate with subject "${subject}" revocation status is unknown`,
    ],
  ] as const)('%s', async (result, ended, code, details, message) => {
    const { report, check } = await verifyUnder({}, result);
    expect(check).toMatchObject({ result: ended, reason: { code, details } });
    expect(check?.reason.message).toBe(message);
    expect(report.signatures[0]?.revocation?.map((certificate) => certificate.result)).toEqual([
      result,
      'notRevocable',
    ]);
    expect(report).toMatchObject({
      verdict: result === 'good' ? 'verified' : 'notTrusted',
      cli: { succeeds: result === 'good', dependsOn: [] },
    });
  });

  it('certificates that name no server are named (rule A-24)', async () => {
    chain = createTestChain({ length: 3, leaf: { ...leafShape, ocspUrls: [urls.ocsp] } });
    bench.trust(chain);
    const { check } = await verifyUnder({}, 'good');
    expect(check?.reason.details).toMatchObject({ checked: 1, without: [chain.certificates[1]?.subject] });
  });

  it.each(['permissive', 'audit'] as const)('at %s it is a warning', async (level) => {
    const { report } = await verifyUnder({ level }, 'revoked');
    expect(report.verdict).toBe('verifiedWithWarnings');
    expect(report.cli.message).toContain(
      `Warning: revocation was set to "log" and failed with error: signing certificate with subject "${subject}" is revoked`,
    );
  });
});

describe('who is asked about (rule O-09)', () => {
  it('under action skip nobody', async () => {
    bench.trust(chain);
    const { report, check, asked } = await verifyUnder({ override: { revocation: 'skip' } }, 'revoked');
    expect([asked, check?.result, report.verdict]).toEqual([0, 'skipped', 'verified']);
  });

  it.each(['strict', 'audit'] as const)('case S-10: at %s nobody whose chain no store anchors', async (level) => {
    bench.trust(createTestChain({ length: 1 }));
    const { report, check, asked } = await verifyUnder({ level, override: { revocation: 'enforce' } }, 'good');
    expect(asked).toBe(0);
    expect(check).toMatchObject({ reason: { code: 'revocation.notAsked', details: { because: 'notTrusted' } } });
    expect(report.verdict).toBe('notTrusted');
    expect(report.cli.dependsOn).toEqual(level === 'audit' ? ['revocation'] : []);
  });

  it('nobody whose identity is refused; where that is only logged, as the reference does', async () => {
    bench.trust(chain);
    const trustedIdentities = ['x509.subject: C=US, ST=WA, O=Other'];
    expect((await verifyUnder({ trustedIdentities }, 'good')).asked).toBe(0);
    expect((await verifyUnder({ trustedIdentities, level: 'audit' }, 'good')).asked).toBeGreaterThan(0);
  });

  it('nobody without a policy or with a broken envelope', async () => {
    const checker = new ToldChecker('good');
    bench.revocation = checker;
    await bench.sign(chain);
    await bench.verify();
    bench.trust(chain);
    bench.saveStatement();
    bench.repository.listed.clear();
    await bench.attach(new TextEncoder().encode('{}'), chain);
    await bench.verify();
    expect(checker.asked).toEqual([]);
  });

  it('a signer’s own time is handed on only from a signing authority', async () => {
    const checker = new ToldChecker('good');
    bench.revocation = checker;
    bench.trust(chain, 'acme', 'signingAuthority');
    bench.trust(chain);
    bench.saveStatement({ trustStores: ['signingAuthority:acme', 'ca:acme'] });
    await bench.sign(chain);
    await bench.verify();
    expect(checker.asked[0]?.[1]).toEqual({ purpose: 'codeSigning' });
  });
});

describe('with servers', () => {
  const servers = (behave: (servers: RevocationBench) => void): RevocationBench => {
    const made = new RevocationBench();
    behave(made);
    bench.trust(made.chain);
    bench.saveStatement();
    return made;
  };
  const verify = async (made: RevocationBench) => {
    bench.revocation = made.checker();
    await bench.sign(made.chain);
    return bench.verify();
  };

  it('case S-10: an address of this machine is not asked; the CLI would ask it', async () => {
    const made = servers(({ servers: map }) => {
      map.set(urls.ocsp, 'privateAddress');
      map.set(urls.crl, 'privateAddress');
    });
    const report = await verify(made);
    expect(report).toMatchObject({ verdict: 'notTrusted', cli: { succeeds: false, dependsOn: ['revocation'] } });
    expect(report.signatures[0]?.revocation?.[0]?.questions.map(({ outcome }) => outcome)).toEqual([
      'addressRefused',
      'addressRefused',
    ]);
  });

  it('offline is said plainly', async () => {
    const made = servers(() => undefined);
    made.online = false;
    const report = await verify(made);
    expect(report.signatures[0]?.checks[4]?.reason).toMatchObject({
      code: 'revocation.notAsked',
      details: { because: 'offline' },
    });
    expect(report.cli.dependsOn).toEqual(['revocation']);
    expect(made.requests).toEqual([]);
  });

  it.each([
    ['2001', new Date('2001-01-01T00:00:00Z'), 'timestamp.certificateNotYetValid', 'notBefore'],
    ['2100', new Date('2100-01-01T00:00:00Z'), 'timestamp.certificateExpired', 'notAfter'],
  ])(
    'case S-12: with the clock at %s the certificates are told to be out of their time, and nothing breaks',
    async (_, now, code, detail) => {
      const made = servers((with_) => {
        with_.servers.set(urls.ocsp, writeOcspResponse(with_.leaf, with_.issuer));
        with_.servers.set(urls.crl, writeCrl(with_.issuer));
        with_.now = now;
      });
      bench.revocation = made.checker();
      await bench.sign(made.chain);
      bench.now = now;
      const report = await bench.verify();
      const [, , timestamp, , revocation] = report.signatures[0]?.checks ?? [];
      expect(timestamp?.reason).toMatchObject({ code, details: { [detail]: expect.any(String) as string } });
      expect(revocation?.reason.code).toBe(now.getUTCFullYear() === 2001 ? 'revocation.good' : 'revocation.unknown');
      expect(report.verdict).toBe('notTrusted');
    },
  );

  it('case S-12: a clock that jumps while servers are asked changes nothing but the times that are told', async () => {
    const made = servers((with_) => {
      with_.servers.set(urls.ocsp, writeOcspResponse(with_.leaf, with_.issuer));
    });
    const send = made.send.bind(made);
    made.send = (...call) => {
      made.now = new Date('2100-01-01T00:00:00Z');
      return send(...call);
    };
    const report = await verify(made);
    expect(report.signatures[0]?.revocation?.[0]).toMatchObject({ result: 'good', questions: [{ outcome: 'good' }] });
    expect(report.signatures[0]?.revocation?.[0]?.questions[0]?.tookMs).toBeLessThan(5000);
  });
});
