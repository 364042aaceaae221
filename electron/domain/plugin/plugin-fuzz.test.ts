import { createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { forgeJws } from '../../testing/jws-forge.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { PluginBench, signWith } from '../../testing/plugin-bench.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { decodeJws } from '../envelope/decode-jws.ts';
import { findPlugin } from './plugin-directory.ts';
import { readPluginMetadata } from './plugin-metadata.ts';
import { createPluginSigner } from './plugin-signer.ts';
import { compareVersions, isSemanticVersion } from './semantic-version.ts';
import { verifyWithPlugin, type VerifierCapability } from './verify-with-plugin.ts';

const never = new AbortController().signal;
const isFault = (error: unknown): boolean => isAppError(error) && error.code.startsWith('plugin.');
const chain = createTestChain();
const certificateChain = chain.ders.map((der) => Buffer.from(der).toString('base64'));
const toSign = toUtf8('signed bytes');
const key = { plugin: 'sealer', id: 'k', config: {} };
const mutate = (random: SeededRandom, text: string, other: string): string =>
  random.chance(0.8)
    ? mutateJsonDeep(random, text, ['"k"', '"EC-384"', '1.5', JSON.stringify(certificateChain), '""'])
    : mutateText(random, text, other);

/** A plugin that answers one command with a text, and all others as it should. */
function benchAnswering(command: 'describeKey' | 'generateSignature' | 'generateEnvelope', text: string): PluginBench {
  const bench = new PluginBench();
  const answer = { [command]: () => ({ exitCode: 0, stdout: toUtf8(text), stderr: toUtf8(text) }) };
  if (command === 'generateEnvelope') bench.installEnvelope(chain, {}, answer, key.plugin);
  else bench.installRaw(chain, answer, key.plugin);
  return bench;
}

it('metadata that is taken is whole', async () => {
  const metadata = {
    name: 'sealer',
    description: 'd',
    version: '1.0.0',
    url: 'https://a/',
    supportedContractVersions: ['1.0'],
    capabilities: ['SIGNATURE_GENERATOR.RAW'],
  };
  const result = await fuzzParser({
    seeds: [JSON.stringify(metadata)],
    mutate,
    parse: async (text) => {
      const bench = new PluginBench();
      const path = 'plugins/sealer/notation-sealer';
      bench.libexec.put(path, '', 0o755);
      bench.processes.put(`/libexec/${path}`, () => ({ exitCode: 0, stdout: toUtf8(text), stderr: new Uint8Array() }));
      return readPluginMetadata(await findPlugin(bench.context, 'sealer'), never);
    },
    isFault,
    check: (read) => {
      expect([read.name, ...read.supportedContractVersions]).toEqual(expect.arrayContaining(['sealer', '1.0']));
      expect(Object.values(read).every((value) => value.length > 0)).toBe(true);
    },
  });
  assertSound(result);
});

it('a signature that is taken verifies with the certificate that came with it', async () => {
  const answer = { keyId: 'k', signature: signWith(chain, toSign), signingAlgorithm: 'any', certificateChain };
  const result = await fuzzParser({
    seeds: [JSON.stringify(answer)],
    mutate,
    parse: async (text) => {
      const { context } = benchAnswering('generateSignature', text);
      const signer = await createPluginSigner(context, key, 'blob', never);
      await signer.sign(toSign, never);
      return signer.chain;
    },
    isFault,
    check: ([leaf]) => expect(leaf?.publicKey.equals(createPublicKey(chain.privateKey))).toBe(true),
  });
  assertSound(result);
});

it('the kind of a key is one that Notation signs with', async () => {
  const result = await fuzzParser({
    seeds: [JSON.stringify({ keyId: 'k', keySpec: 'EC-256' })],
    mutate,
    parse: async (text) =>
      (await createPluginSigner(benchAnswering('describeKey', text).context, key, 'blob', never)).algorithm,
    isFault,
    check: (algorithm) => expect(algorithm).toMatch(/^(?:ES|PS)(?:256|384|512)$/),
  });
  assertSound(result);
});

it('annotations that come with an envelope are texts', async () => {
  const signatureEnvelope = Buffer.from(JSON.stringify(forgeJws(chain))).toString('base64');
  const answer = {
    signatureEnvelope,
    signatureEnvelopeType: mediaTypes.jws,
    annotations: { a: 'b', ['__proto__']: 'c' },
  };
  const result = await fuzzParser({
    seeds: [JSON.stringify(answer)],
    mutate,
    parse: async (text) => {
      const signer = await createPluginSigner(benchAnswering('generateEnvelope', text).context, key, 'artifact', never);
      if (!('generateEnvelope' in signer)) throw new Error('not a signer of envelopes');
      return signer.generateEnvelope('jws', toSign, 0, never);
    },
    isFault,
    check: ({ annotations }, text) => {
      const written = (JSON.parse(Buffer.from(text).toString()) as { annotations?: object | null }).annotations ?? {};
      expect(Object.entries(annotations)).toEqual(Object.entries(written));
    },
  });
  assertSound(result);
});

it('judgements: a check succeeds only where the answer says true', async () => {
  const capabilities: readonly VerifierCapability[] = [
    'SIGNATURE_VERIFIER.TRUSTED_IDENTITY',
    'SIGNATURE_VERIFIER.REVOCATION_CHECK',
  ];
  const [identity, revocation] = [{ success: true }, { success: false, reason: 'revoked' }];
  const verificationResults = { [capabilities[0] ?? '']: identity, [capabilities[1] ?? '']: revocation };
  const envelope = decodeJws(toUtf8(JSON.stringify(forgeJws(chain))));
  const question = { envelope, attributes: [], trustedIdentities: ['*'], capabilities, pluginConfig: {} };
  const result = await fuzzParser({
    seeds: [JSON.stringify({ verificationResults, processedAttributes: ['a'] })],
    mutate,
    parse: async (text) => {
      const bench = new PluginBench();
      bench.install('judge', capabilities, {
        verifySignature: () => ({ exitCode: 0, stdout: toUtf8(text), stderr: new Uint8Array() }),
      });
      return verifyWithPlugin(await findPlugin(bench.context, 'judge'), question, never);
    },
    isFault,
    check: ({ results }, text) => {
      const written = (JSON.parse(text) as { verificationResults?: Record<string, { success?: unknown } | null> })
        .verificationResults;
      for (const [capability, { success }] of Object.entries(results))
        expect(success).toBe(written?.[capability]?.success === true);
    },
  });
  assertSound(result);
});

it('versions: the order of two is the reverse of the order of the other two', async () => {
  const { findings } = await fuzzParser({
    seeds: ['1.0.0', '1.2.3-rc.1+build.5', '0.0.0-alpha.beta.11'],
    mutate: mutateText,
    parse: (text) => [compareVersions(text, '1.2.3-rc.1'), compareVersions('1.2.3-rc.1', text)] as const,
    isFault,
    check: ([there, back], text) => {
      expect(there === undefined).toBe(!isSemanticVersion(text));
      expect(Math.sign(there ?? 0)).toBe(-Math.sign(back ?? 0) + 0);
    },
  });
  expect(findings).toEqual([]);
});
