import { beforeEach, describe, expect, it } from 'vitest';
import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { refusal, type FakePlugin } from '../../testing/plugin-bench.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';
import { ProcessFailure } from '../ports.ts';

const chain = createTestChain({ length: 2 });
const identity = 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY';
const revocation = 'SIGNATURE_VERIFIER.REVOCATION_CHECK';
const nameAttribute = 'io.cncf.notary.verificationPlugin';
const versionAttribute = 'io.cncf.notary.verificationPluginMinVersion';
const job = 'com.example.job';
const good = {
  verificationResults: { [identity]: { success: true }, [revocation]: { success: true } },
  processedAttributes: [job],
};

let bench: VerificationBench;
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
  bench.saveStatement({ trustedIdentities: ['arn:profile'] });
  bench.enabled.push('judge');
});

/** A signature that demands a plugin, with an attribute for it. */
const demand = (more: Readonly<Record<string, unknown>> = {}, critical: readonly string[] = [job]) =>
  bench.forge(chain, {
    header: {
      crit: [
        'io.cncf.notary.signingScheme',
        nameAttribute,
        ...(versionAttribute in more ? [versionAttribute] : []),
        ...critical,
      ],
      [nameAttribute]: 'judge',
      [job]: 'job/7',
      ...more,
    },
  });
const install = (answer: FakePlugin['verifySignature'], capabilities = [identity, revocation], more: FakePlugin = {}) =>
  bench.installed.install('judge', capabilities, { verifySignature: answer ?? (() => good), ...more });

async function outcome(): Promise<SignatureOutcome> {
  const [first] = (await bench.verify()).signatures;
  if (!first) throw new Error('no signature');
  return first;
}
const codesOf = ({ checks }: SignatureOutcome) => ({
  authenticity: checks.find(({ check }) => check === 'authenticity')?.reason.code,
  revocation: checks.find(({ check }) => check === 'revocation')?.reason.code,
});

describe('a verification plugin', () => {
  it('judges signer and revocation; the trust store is matched natively', async () => {
    await demand();
    install(() => good);
    const judged = await outcome();
    expect(judged).toMatchObject({ verdict: 'verified', fatal: [], anchor: { store: 'ca:acme' } });
    expect(codesOf(judged)).toEqual({
      authenticity: 'authenticity.pluginTrusted',
      revocation: 'revocation.pluginGood',
    });
    const request = JSON.parse(bench.installed.calls.at(-1)?.request ?? '') as Record<string, unknown>;
    expect(request).toEqual({
      contractVersion: '1.0',
      signature: {
        criticalAttributes: {
          contentType: 'application/vnd.cncf.notary.payload.v1+json',
          signingScheme: 'notary.x509',
          expiry: '0001-01-01T00:00:00Z',
          extendedAttributes: { [job]: 'job/7' },
        },
        unprocessedAttributes: [job],
        certificateChain: chain.ders.map((der) => Buffer.from(der).toString('base64')),
      },
      trustPolicy: { trustedIdentities: ['arn:profile'], signatureVerification: [identity, revocation] },
    });
  });

  it('is told null when there is no attribute for it', async () => {
    await demand({ [job]: undefined }, []);
    install(() => ({ ...good, processedAttributes: [] }));
    expect((await outcome()).verdict).toBe('verified');
    expect(bench.installed.calls.at(-1)?.request).toContain('"unprocessedAttributes":null');
  });

  it('leaves to native checks what it does not do', async () => {
    await demand();
    bench.saveStatement();
    install(() => ({ ...good, verificationResults: { [revocation]: { success: true } } }), [revocation]);
    expect(codesOf(await outcome())).toEqual({
      authenticity: 'authenticity.trusted',
      revocation: 'revocation.pluginGood',
    });
    install(() => ({ ...good, verificationResults: { [identity]: { success: true } } }), [identity]);
    expect(codesOf(await outcome())).toMatchObject({ authenticity: 'authenticity.pluginTrusted' });
  });

  it('is not asked about revocation that the policy skips; with nothing left to ask, rule O-01 decides', async () => {
    await demand();
    bench.saveStatement({ override: { revocation: 'skip' } });
    install(() => good);
    expect((await outcome()).verdict).toBe('verified');
    expect(bench.installed.calls.at(-1)?.request).toContain(`"signatureVerification":["${identity}"]`);
    install(() => good, [revocation]);
    expect(await outcome()).toMatchObject({ verdict: 'notTrusted', fatal: [{ code: 'fatal.unknownCritical' }] });
    expect(bench.installed.asked.at(-1)).toBe('judge get-plugin-metadata');
  });

  it.each([
    ['before it answered', ''],
    ['after it wrote a good answer', JSON.stringify(good)],
  ])('case E-23: that is killed %s has not judged, at any level', async (_, written) => {
    await demand();
    install(() => ({ exitCode: -1, stdout: new TextEncoder().encode(written), stderr: new Uint8Array() }));
    for (const level of ['strict', 'permissive', 'audit'] as const) {
      bench.saveStatement({ level, trustedIdentities: ['arn:profile'] });
      expect(await outcome()).toMatchObject({ verdict: 'notTrusted', fatal: [{ code: 'fatal.pluginFailed' }] });
    }
    expect((await bench.verify()).cli).toMatchObject({ succeeds: false });
  });

  const refused = { success: false, reason: 'not ours' };
  it.each([
    ['strict', 'notTrusted'],
    ['permissive', 'notTrusted'],
    ['audit', 'verifiedWithWarnings'],
  ] as const)('that does not know the signer counts as the level %s says', async (level, verdict) => {
    await demand();
    bench.saveStatement({ level });
    install(() => ({ ...good, verificationResults: { ...good.verificationResults, [identity]: refused } }));
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict, cli: { succeeds: level === 'audit', dependsOn: [] } });
    expect(report.signatures[0]?.checks[1]?.reason).toMatchObject({
      code: 'authenticity.pluginRefused',
      details: { because: 'not ours' },
      message: 'trusted identify verification by plugin "judge" failed with reason "not ours"',
    });
  });

  it.each([
    ['strict', 'notTrusted'],
    ['permissive', 'verifiedWithWarnings'],
    ['audit', 'verifiedWithWarnings'],
  ] as const)('that finds a revocation counts as the level %s says', async (level, verdict) => {
    await demand();
    bench.saveStatement({ level });
    install(() => ({ ...good, verificationResults: { ...good.verificationResults, [revocation]: refused } }));
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict, cli: { succeeds: level !== 'strict' } });
    expect(report.signatures[0]?.checks[4]?.reason).toMatchObject({
      message: 'revocation check by verification plugin "judge" failed with reason "not ours"',
    });
  });

  it.each<[string, FakePlugin['verifySignature'], string, object]>([
    [
      'no result for the signer',
      () => ({ ...good, verificationResults: { [revocation]: { success: true } } }),
      'fatal.pluginNoResult',
      { capability: identity },
    ],
    [
      'an unprocessed attribute',
      () => ({ ...good, processedAttributes: [] }),
      'fatal.pluginNotProcessed',
      { attribute: job },
    ],
    ['an error', () => refusal('ACCESS_DENIED', 'no'), 'fatal.pluginFailed', { error: { code: 'plugin.failed' } }],
    ['garbage', () => ({ verificationResults: [] }), 'fatal.pluginFailed', { error: { code: 'plugin.badAnswer' } }],
    [
      'a word for true',
      () => ({ ...good, verificationResults: { [identity]: { success: 'yes' } } }),
      'fatal.pluginFailed',
      {},
    ],
    [
      'silence',
      () => new ProcessFailure('timeout', 'late', 1),
      'fatal.pluginFailed',
      { error: { code: 'plugin.timeout' } },
    ],
    [
      'a flood',
      () => new ProcessFailure('tooMuchOutput', 'x', 1),
      'fatal.pluginFailed',
      { error: { code: 'plugin.tooMuchOutput' } },
    ],
  ])('P-04: that gives %s is fatal at every level', async (_title, answer, code, details) => {
    await demand();
    bench.saveStatement({ level: 'audit' });
    install(answer);
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict: 'notTrusted', cli: { succeeds: false, dependsOn: [] } });
    expect(report.signatures[0]?.fatal[0]).toMatchObject({ code, details });
  });

  it.each<[string, Readonly<Record<string, unknown>>, FakePlugin, readonly string[], string, object]>([
    [
      'too old',
      { [versionAttribute]: '1.0.1' },
      {},
      [identity],
      'fatal.pluginVersion',
      { fault: 'tooOld', version: '1.0.0' },
    ],
    [
      'old as a release of the wanted one',
      { [versionAttribute]: '1.0.0' },
      { metadata: { version: '1.0.0-rc.1' } },
      [identity],
      'fatal.pluginVersion',
      { fault: 'tooOld' },
    ],
    [
      'without a proper version',
      {},
      { metadata: { version: 'v1' } },
      [identity],
      'fatal.pluginVersion',
      { fault: 'notSemVer' },
    ],
    ['unable to verify', {}, {}, ['SIGNATURE_GENERATOR.RAW'], 'fatal.pluginNoCapability', {}],
    [
      'under another name',
      {},
      { metadata: { name: 'other' } },
      [identity],
      'fatal.pluginFailed',
      { error: { code: 'plugin.nameMismatch' } },
    ],
    [
      'of another contract',
      {},
      { metadata: { supportedContractVersions: ['2.0'] } },
      [identity],
      'fatal.pluginFailed',
      {},
    ],
  ])('that is %s is fatal at every level', async (_title, header, plugin, capabilities, code, details) => {
    await demand(header);
    bench.saveStatement({ level: 'audit' });
    install(() => good, [...capabilities], plugin);
    const judged = await outcome();
    expect(judged).toMatchObject({ verdict: 'notTrusted', fatal: [{ code, details }] });
    expect(codesOf(judged)).toEqual({
      authenticity: 'authenticity.pluginUndecided',
      revocation: 'revocation.pluginUndecided',
    });
  });

  it.each(['1', 'v1.0.0', '01.0.0', '1.0.0-01'])('is not looked for when the version wanted is %j', async (version) => {
    await demand({ [versionAttribute]: version });
    install(() => good);
    expect((await outcome()).fatal).toMatchObject([{ code: 'fatal.pluginAttribute', details: { fault: 'notSemVer' } }]);
    expect(bench.installed.calls).toEqual([]);
  });

  it('that is absent is told of', async () => {
    await demand();
    expect((await outcome()).fatal).toMatchObject([
      { code: 'fatal.pluginUnavailable', details: { plugin: 'judge', error: { code: 'plugin.notFound' } } },
    ]);
  });

  it('O-02: that the user has not enabled is not started', async () => {
    await demand();
    install(() => good);
    bench.enabled.length = 0;
    const report = await bench.verify();
    expect(report.signatures[0]?.fatal).toMatchObject([{ code: 'fatal.pluginNotEnabled' }]);
    expect(report.cli.dependsOn).toEqual(['plugin']);
    expect(bench.installed.processes.calls).toEqual([]);
  });

  it.each([
    ['strict', []],
    ['audit', ['plugin']],
  ] as const)('P-02: is not started for a signer that no store anchors, at level %s', async (level, dependsOn) => {
    const stranger = createTestChain({
      length: 2,
      leaf: { subject: [['CN', 'stranger']] },
      root: { subject: [['CN', 'elsewhere']] },
    });
    await bench.forge(stranger, {
      header: { crit: ['io.cncf.notary.signingScheme', nameAttribute], [nameAttribute]: 'judge' },
    });
    bench.saveStatement({ level });
    install(() => ({ ...good, processedAttributes: [] }));
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict: 'notTrusted', cli: { succeeds: false, dependsOn } });
    expect(report.signatures[0]?.fatal).toMatchObject([{ code: 'fatal.pluginNotStarted' }]);
    expect(bench.installed.processes.calls).toEqual([]);
  });

  it('is not started without a policy', async () => {
    await demand();
    bench.savePolicy();
    install(() => good);
    expect(await outcome()).toMatchObject({ verdict: 'notTrusted', fatal: [] });
    expect(bench.installed.processes.calls).toEqual([]);
  });

  it('leaves what it does not process and nobody knows refused', async () => {
    await bench.forge(chain, { header: { crit: ['io.cncf.notary.signingScheme', job], [job]: 'x' } });
    bench.saveStatement();
    expect((await outcome()).fatal).toMatchObject([{ code: 'fatal.unknownCritical', details: { names: [job] } }]);
  });
});
