import type { PluginContext } from '../domain/plugin/plugin-directory.ts';
import type { PluginCall } from '../domain/plugin/plugin-process.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import { keyAlgorithmOf } from '../domain/x509/key-algorithm.ts';
import type { ProcessResult } from '../domain/ports.ts';
import { constants, sign as signBytes } from 'node:crypto';
import type { TestChain } from './chain-factory.ts';
import { FakeProcesses } from './fake-processes.ts';
import { InstantClock } from './instant-clock.ts';
import { forgeJws, type JwsForgery } from './jws-forge.ts';
import { MemoryDirectory } from './memory-directory.ts';

type Request = Readonly<Record<string, unknown>>;
type Answer = object | Error | ProcessResult;

/** How a fake plugin answers; a change is laid over its right answer. */
export interface FakePlugin {
  readonly metadata?: Request;
  readonly describeKey?: (request: Request) => Answer;
  readonly generateSignature?: (request: Request) => Answer;
  readonly generateEnvelope?: (request: Request) => Answer;
  readonly verifySignature?: (request: Request) => Answer;
}

/** What a plugin writes when it refuses. */
export function refusal(errorCode: string, errorMessage: string): ProcessResult {
  const stderr = new TextEncoder().encode(JSON.stringify({ errorCode, errorMessage }));
  return { exitCode: 1, stdout: new Uint8Array(), stderr };
}

/** A plugin directory in memory with plugins that answer as told. */
export class PluginBench {
  readonly libexec: MemoryDirectory;
  readonly processes = new FakeProcesses();
  readonly clock = new InstantClock();
  readonly calls: PluginCall[] = [];

  constructor(libexec = new MemoryDirectory('/libexec')) {
    this.libexec = libexec;
  }

  get context(): PluginContext {
    const { libexec, processes, clock } = this;
    return { libexec, processes, clock, platform: 'linux', observe: (call) => void this.calls.push(call) };
  }

  /** What plugins were asked so far, as `<plugin> <command>`. */
  get asked(): string[] {
    return this.calls.map(({ plugin, command }) => `${plugin} ${command}`);
  }

  install(name: string, capabilities: readonly string[], plugin: FakePlugin = {}): void {
    const path = `plugins/${name}/notation-${name}`;
    this.libexec.put(path, '', 0o755);
    const metadata = {
      name,
      description: `The plugin ${name}`,
      version: '1.0.0',
      url: `https://${name}.example`,
      supportedContractVersions: ['1.0'],
      capabilities,
      ...plugin.metadata,
    };
    this.processes.put(`${this.libexec.path}/${path}`, (input, command) => {
      const request = input as Request;
      const answers: Readonly<Record<string, ((request: Request) => Answer) | undefined>> = {
        'get-plugin-metadata': () => metadata,
        'describe-key': plugin.describeKey,
        'generate-signature': plugin.generateSignature,
        'generate-envelope': plugin.generateEnvelope,
        'verify-signature': plugin.verifySignature,
      };
      return answers[command]?.(request) ?? refusal('ERROR', `${command} is not known`);
    });
  }

  /** A plugin that signs with the key of a chain, whatever id it is asked for. */
  installRaw(chain: TestChain, change: FakePlugin = {}, name = 'sealer'): void {
    const certificateChain = chain.ders.map((der) => Buffer.from(der).toString('base64'));
    this.install(name, ['SIGNATURE_GENERATOR.RAW'], {
      describeKey: ({ keyId }) => ({ keyId, keySpec: keyAlgorithmOf(chain.privateKey) ?? '' }),
      generateSignature: ({ keyId, payload }) => ({
        keyId,
        signature: signWith(chain, Buffer.from(String(payload), 'base64')),
        signingAlgorithm: 'any',
        certificateChain,
      }),
      ...change,
    });
  }

  /** A plugin that makes whole JWS envelopes. */
  installEnvelope(chain: TestChain, forgery: JwsForgery = {}, change: FakePlugin = {}, name = 'enveloper'): void {
    this.install(name, ['SIGNATURE_GENERATOR.ENVELOPE'], {
      generateEnvelope: ({ payload, signatureEnvelopeType }) => ({
        signatureEnvelope: Buffer.from(
          JSON.stringify(
            forgeJws(chain, { payloadText: Buffer.from(String(payload), 'base64').toString(), ...forgery }),
          ),
        ).toString('base64'),
        signatureEnvelopeType,
      }),
      ...change,
    });
  }
}

/** A signature as a plugin gives it; its salt may have another length than it should. */
export function signWith(
  chain: TestChain,
  bytes: Uint8Array,
  saltLength: number = constants.RSA_PSS_SALTLEN_DIGEST,
): string {
  const { algorithm } = createLocalSigner(chain.keyPem, chain.certificates);
  const key = chain.privateKey;
  const options = algorithm.startsWith('PS')
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
    : { key, dsaEncoding: 'ieee-p1363' as const };
  return signBytes(`sha${algorithm.slice(2)}`, bytes, options).toString('base64');
}
