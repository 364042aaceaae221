import path from 'node:path';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPluginProcess } from '../../electron/domain/plugin/plugin-process.ts';
import { trustStoreRoot } from '../../electron/domain/trust/trust-store.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createProcessRunner } from '../../electron/infra/process-runner.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers } from './peers.ts';
import { installPlugin, writeKey } from './plugin-peers.ts';
import { algorithms, strictStatement, Workbench, type Place } from './workbench.ts';

const raw = 'com.example.files';
const authority = 'com.amazonaws.signer.notation.plugin';
const profile = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/Release';
const chain = createTestChain({ length: 3 });
const stranger = createTestChain({
  length: 2,
  leaf: { subject: [['CN', 'stranger']] },
  root: { subject: [['CN', 'elsewhere']] },
});

describe.skipIf(!havePeers())('plugins', () => {
  let bench: Workbench;
  let open: (repository: string, tag: string) => Place;
  let keyFolder: string;
  let enveloped: Place;
  const allowlist = new Allowlist('plugins');

  const trust = async (type: 'ca' | 'signingAuthority', store: string, root: Uint8Array): Promise<void> => {
    await createDirectory(bench.configDir).write(`${trustStoreRoot}/${type}/${store}/root.crt`, root);
  };
  const enable = (...names: string[]) => bench.engine.call('app.updateSettings', { verificationPlugins: names });
  const signOn = (place: Place, more: object) => {
    const { sourceId, repository, tag: reference, digest } = place;
    return bench.engine.call('sign.signArtifact', { sourceId, repository, reference, digest, ...more });
  };
  const referenceSigns = (place: Place, more: Readonly<Record<string, unknown>>) =>
    bench.oracle.try<{ signature: { digest: Digest } }>('signWithPlugin', {
      ...place.oracle,
      configDir: bench.configDir,
      format: 'jws',
      ...more,
    });
  /** A statement for the signing authority's store, as its documentation has it. */
  const authorityStatement = (place: Place, level = 'strict', identities: readonly string[] = [profile]) =>
    strictStatement('authority', place.scope, '', {
      signatureVerification: { level },
      trustStores: ['signingAuthority:aws-signer-ts'],
      trustedIdentities: identities,
    });

  beforeAll(async () => {
    bench = await Workbench.open();
    open = await bench.addRegistry('registry');
    keyFolder = path.join(bench.home, 'profiles');
    await installPlugin(bench.configDir, 'raw-plugin', raw);
    await installPlugin(bench.configDir, 'envelope-plugin', authority);
    await writeKey(keyFolder, 'Release', chain);
    await writeKey(keyFolder, 'Stranger', stranger);
    await trust('signingAuthority', 'aws-signer-ts', chain.ders.at(-1) ?? new Uint8Array());
    await enable(authority);
    enveloped = open('samples/hello', '1.0');
  }, 120_000);
  afterAll(() => bench.close());

  test('are listed with what they say of themselves', async () => {
    const { plugins } = await bench.engine.call('plugins.listPlugins', {});
    expect(plugins.map(({ name, metadata, problems }) => [name, metadata?.capabilities, problems])).toEqual([
      [
        authority,
        ['SIGNATURE_GENERATOR.ENVELOPE', 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY', 'SIGNATURE_VERIFIER.REVOCATION_CHECK'],
        [],
      ],
      [raw, ['SIGNATURE_GENERATOR.RAW'], []],
    ]);
  });

  describe('that make signatures', () => {
    let place: Place;
    beforeAll(async () => {
      place = open('library/busybox', '1.36');
      for (const [algorithm] of algorithms) {
        await bench.createKey(algorithm.toLowerCase(), algorithm);
        await bench.engine.call('keys.addPluginKey', {
          name: `plugin-${algorithm.toLowerCase()}`,
          plugin: raw,
          id: path.join(bench.configDir, 'localkeys', algorithm.toLowerCase()),
        });
      }
      const trustStores = algorithms.map(([algorithm]) => `ca:${algorithm.toLowerCase()}`);
      await bench.savePolicy(strictStatement('all', place.scope, '', { trustStores }));
    }, 120_000);

    const cells = algorithms.flatMap(([algorithm]) =>
      (['jws', 'cose'] as const).map((format) => [algorithm, format] as const),
    );
    test.each(cells)('sign with %s as %s what the reference verifies, and the reverse', async (algorithm, format) => {
      const keyName = `plugin-${algorithm.toLowerCase()}`;
      const signed = await signOn(place, {
        keyName,
        format,
        userMetadata: { from: algorithm, format },
        expirySeconds: 3600,
      });
      const seen = await bench.verifyWithReference(place, { userMetadata: { from: algorithm, format } });
      expect(seen).toMatchObject({ verdict: 'verified', error: null });
      expect(seen.outcomes.at(-1)?.manifest.digest).toBe(signed.signatureDigest);

      const { keys } = await bench.engine.call('keys.listKeys', {});
      const keyId = keys.find(({ name }) => name === keyName)?.pluginKeyId ?? '';
      const { result } = await referenceSigns(place, { plugin: raw, keyId, format });
      const report = await bench.verify(place);
      const outcome = report.signatures.find(({ manifestDigest }) => manifestDigest === result?.signature.digest);
      expect(outcome?.verdict).toBe('verified');
    });

    test('tell of a key before it is used', async () => {
      const checked = await bench.engine.call('plugins.checkKey', { keyName: 'plugin-rsa-3072' });
      expect(checked).toMatchObject({ algorithm: 'RSA-3072', metadata: { name: raw, version: '1.2.0' } });
      const missing = { name: 'lost', plugin: raw, id: '/nowhere/at/all' };
      await expect(bench.engine.call('keys.addPluginKey', missing)).rejects.toMatchObject({
        code: 'plugin.failed',
        details: { pluginCode: 'ACCESS_DENIED' },
      });
    });
  });

  describe('that make envelopes', () => {
    const plugin = { name: authority, keyId: profile };
    const config = (more: Record<string, string> = {}) => ({ 'key-folder': keyFolder, ...more });

    test('sign what both verify through them, whoever asked', async () => {
      await bench.savePolicy(authorityStatement(enveloped));
      const mine = await signOn(enveloped, { plugin, pluginConfig: config() });
      const theirs = await referenceSigns(enveloped, { plugin: authority, keyId: profile, pluginConfig: config() });
      const report = await bench.verify(enveloped);
      expect(report).toMatchObject({ verdict: 'verified', cli: { succeeds: true, dependsOn: [] } });
      for (const digest of [mine.signatureDigest, theirs.result?.signature.digest]) {
        const outcome = report.signatures.find(({ manifestDigest }) => manifestDigest === digest);
        expect(outcome?.verdict).toBe('verified');
        expect(outcome?.checks.map(({ reason }) => reason.code)).toEqual([
          'integrity.valid',
          'authenticity.pluginTrusted',
          'timestamp.signingTimeWithin',
          'expiry.ahead',
          'revocation.pluginGood',
        ]);
      }
      expect((await bench.verifyWithReference(enveloped)).verdict).toBe('verified');
      const { sourceId, repository } = enveloped;
      const shown = await bench.engine.call('artifacts.readSignature', {
        sourceId,
        repository,
        digest: mine.signatureDigest,
      });
      expect(shown).toMatchObject({
        signingAgent: 'envelope-plugin/1.2.0',
        signingScheme: 'notary.x509.signingAuthority',
      });
    });

    test.each([
      ['an expiry', { expirySeconds: 60 }, {}],
      ['COSE', { format: 'cose' }, {}],
      ['another kind of key id', { keyId: 'Release' }, {}],
      ['a changed digest', {}, { 'change-payload': `digest=sha256:${'a'.repeat(64)}` }],
      ['an unknown member', {}, { 'change-payload': 'extra=1' }],
      ['a refusal', {}, { misbehave: 'generate-envelope:throttled' }],
      ['garbage', {}, { misbehave: 'generate-envelope:garbage' }],
    ])('refuse %s, or are refused for it, on both sides', async (_title, request, change) => {
      const { keyId = profile, ...more } = request as { keyId?: string };
      const pluginConfig = config(change);
      await expect(signOn(enveloped, { plugin: { name: authority, keyId }, pluginConfig, ...more })).rejects.toThrow();
      const { error } = await referenceSigns(enveloped, { plugin: authority, keyId, pluginConfig, ...more });
      expect(error).toBeDefined();
    });

    test('may add annotations', async () => {
      const pluginConfig = config({ 'change-payload': 'annotations=1' });
      const place = open('samples/hello', '1.1');
      await expect(signOn(place, { plugin, pluginConfig })).resolves.toMatchObject({ keyName: profile });
    });
  });

  describe('that verify', () => {
    let place: Place;
    beforeAll(async () => {
      place = open('samples/web', '2.0.0');
      await signOn(place, { plugin: { name: authority, keyId: profile }, pluginConfig: { 'key-folder': keyFolder } });
    });

    const identity = 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY';
    const states: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
      ['are content', {}, [profile]],
      ['know a version of the profile', {}, [`${profile}/AbCdEfGhIj`]],
      ['do not know the signer', {}, [`${profile}X`]],
      ['refuse the identity *', {}, ['*']],
      ['find a revocation', { revoked: 'yes' }, [profile]],
      ['are too old', { 'metadata-version': '0.9.9' }, [profile]],
      ['are a release candidate of the version wanted', { 'metadata-version': '1.0.0-rc.1' }, [profile]],
      ['have no proper version', { 'metadata-version': '1' }, [profile]],
      ['have another name', { 'metadata-name': 'other' }, [profile]],
      ['speak another contract', { 'metadata-contract': '2.0' }, [profile]],
      ['fail', { misbehave: 'verify-signature:access_denied' }, [profile]],
      ['fail to say what they are', { misbehave: 'get-plugin-metadata:words' }, [profile]],
      ['give garbage', { misbehave: 'verify-signature:garbage' }, [profile]],
      ['leave an attribute unprocessed', { 'leave-unprocessed': 'yes' }, [profile]],
      ['leave the signer out', { 'leave-out': identity }, [profile]],
      ['leave revocation out', { 'leave-out': 'SIGNATURE_VERIFIER.REVOCATION_CHECK' }, [profile]],
    ];
    const cells = states.flatMap((state) =>
      ['strict', 'permissive', 'audit'].map((level) => [...state, level] as const),
    );
    const agree = async (pluginConfig: Record<string, string>) => {
      const { sourceId, repository, tag: reference } = place;
      const report = await bench.engine.call('verify.verifyArtifact', {
        sourceId,
        repository,
        reference,
        pluginConfig,
      });
      const seen = await bench.verifyWithReference(place, { pluginConfig });
      expect(report.cli).toMatchObject({ succeeds: seen.verdict === 'verified', dependsOn: [] });
      expect(report.verdict.startsWith('verified')).toBe(seen.verdict === 'verified');
      return report;
    };

    test.each(cells)(
      'and %s decide as with the reference (%j, %j, level %s)',
      async (_state, config, identities, level) => {
        await bench.savePolicy(authorityStatement(place, level, identities));
        await agree(config);
      },
    );

    test('P-02: are not started for a signer that no store anchors; the reference starts them where that is only logged', async () => {
      const other = open('samples/chart', '0.1.0');
      const pluginConfig = { 'key-folder': keyFolder };
      const keyId = profile.replace('Release', 'Stranger');
      await signOn(other, { plugin: { name: authority, keyId }, pluginConfig });
      for (const level of ['strict', 'audit']) {
        await bench.savePolicy(authorityStatement(other, level, [keyId]));
        await bench.engine.call('plugins.clearConsole', {});
        const report = await bench.verify(other);
        expect(report.signatures[0]?.fatal).toMatchObject([{ code: 'fatal.pluginNotStarted' }]);
        expect((await bench.engine.call('plugins.readConsole', {})).calls).toEqual([]);
        const seen = await bench.verifyWithReference(other);
        const allowed = seen.verdict === 'verified' && allowlist.permits(`plugins: not started at level ${level}`);
        expect([level, seen.verdict]).toEqual([level, allowed ? 'verified' : 'failed']);
        expect(report.cli.dependsOn).toEqual(level === 'audit' ? ['plugin'] : []);
      }
    });

    test('every allowed difference was seen', () => {
      expect(allowlist.unseen).toEqual([]);
    });

    test('are not started unless they were enabled', async () => {
      await bench.savePolicy(authorityStatement(place));
      await enable();
      const report = await bench.verify(place);
      expect(report.signatures[0]?.fatal).toMatchObject([{ code: 'fatal.pluginNotEnabled' }]);
      await enable(authority);
      expect((await bench.verify(place)).verdict).toBe('verified');
    });

    test.each(['strict', 'audit'])('and are gone are missed by both, at level %s', async (level) => {
      await bench.savePolicy(authorityStatement(place, level));
      await rm(path.join(bench.configDir, 'plugins', authority), { recursive: true });
      const report = await agree({});
      expect(report.signatures[0]?.fatal).toMatchObject([{ code: 'fatal.pluginUnavailable' }]);
      await installPlugin(bench.configDir, 'envelope-plugin', authority);
    });
  });

  // P-04 of the security reference, with real programs.
  test.each([
    ['flood', 'plugin.tooMuchOutput'],
    ['hang', 'plugin.timeout'],
    ['fork', 'plugin.timeout'],
    ['garbage', 'plugin.badAnswer'],
    ['twice', 'plugin.badAnswer'],
    ['silence', 'plugin.failed'],
    ['words', 'plugin.failed'],
  ])('P-04: a plugin that answers with %s is ended in time', async (how, code) => {
    const program = await installPlugin(bench.configDir, 'raw-plugin', raw);
    const host = {
      processes: createProcessRunner(),
      clock: systemClock,
      limits: { metadataMs: 5000, callMs: how === 'flood' ? 60_000 : 700 },
    };
    const started = performance.now();
    const asked = createPluginProcess(host, raw, program).run(
      'describe-key',
      { contractVersion: '1.0', keyId: 'x', pluginConfig: { misbehave: `describe-key:${how}` } },
      new AbortController().signal,
    );
    await expect(asked).rejects.toMatchObject({ code });
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test('P-04: a plugin that hangs is ended when signing is cancelled', async () => {
    const { sourceId, repository, tag: reference, digest } = enveloped;
    const controller = new AbortController();
    const signing = bench.engine.call(
      'sign.signArtifact',
      {
        sourceId,
        repository,
        reference,
        digest,
        plugin: { name: authority, keyId: profile },
        pluginConfig: { misbehave: 'generate-envelope:hang' },
      },
      controller.signal,
    );
    setTimeout(() => controller.abort(), 500);
    await expect(signing).rejects.toMatchObject({ code: 'rpc.cancelled' });
  });
});
