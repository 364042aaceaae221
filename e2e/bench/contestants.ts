import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KeyAlgorithm } from '../../shared/model/signing-key.ts';
import { startEngine, type Engine } from '../interop/engine.ts';
import { Oracle, startPeer, type Peer } from '../interop/peers.ts';
import { strictStatement } from '../interop/workbench.ts';

/** The keys that are compared, by their names in the configuration directory. */
export const keys: readonly (readonly [name: string, algorithm: KeyAlgorithm, shown: string])[] = [
  ['bench-rsa', 'RSA-2048', 'RSA-2048'],
  ['bench-ec', 'EC-256', 'P-256'],
];

/** Repositories that the policy trusts both keys in. */
const repositories = [
  'images/bench-rsa',
  'images/bench-ec',
  'images/inkan',
  'images/reference',
  'images/many',
] as const;

/** Inkan's engine and the reference, each warm in a process of its own, on the same keys, stores, policy and registry. */
export class Contestants {
  readonly home: string;
  readonly engine: Engine;
  readonly reference: Oracle;
  readonly sourceId: string;
  readonly #peer: Peer;

  private constructor(home: string, engine: Engine, peer: Peer, sourceId: string) {
    this.home = home;
    this.engine = engine;
    this.reference = new Oracle(process.env, 'reference-bench');
    this.#peer = peer;
    this.sourceId = sourceId;
  }

  static async open(): Promise<Contestants> {
    const home = await mkdtemp(path.join(tmpdir(), 'inkan-bench-'));
    await mkdir(path.join(home, 'notation'), { mode: 0o700 });
    const engine = await startEngine(home);
    const peer = await startPeer('registry');
    const source = await engine.call('registries.addRegistry', { host: peer.address, plainHttp: 'always' });
    const both = new Contestants(home, engine, peer, source.id);
    await both.#prepare();
    return both;
  }

  get configDir(): string {
    return path.join(this.home, 'notation');
  }

  /** The reference's own copy: the released library knows the policy file by its old name only. */
  get referenceConfigDir(): string {
    return path.join(this.home, 'notation-of-reference');
  }

  /** What a repository is called with its registry, as policies name it. */
  scopeOf(repository: string): string {
    return `${this.#peer.address}/${repository}`;
  }

  keyFiles(key: string): { readonly keyPath: string; readonly certPath: string } {
    const stem = path.join(this.configDir, 'localkeys', key);
    return { keyPath: `${stem}.key`, certPath: `${stem}.crt` };
  }

  /** Asks the reference; its answer to what is timed are the milliseconds of each call. */
  ask<Result = number[]>(op: string, params: Readonly<Record<string, unknown>>): Promise<Result> {
    return this.reference.ask(op, { configDir: this.referenceConfigDir, ...params });
  }

  /** Pushes small images, tagged `v0` and so on, and gives their full references. */
  async fill(repository: (typeof repositories)[number], times: number): Promise<{ refs: string[]; digests: string[] }> {
    const scope = this.scopeOf(repository);
    const digests = await this.ask<string[]>('fill', { repository: scope, times });
    return { digests, refs: digests.map((_, index) => `${scope}:v${index}`) };
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.reference.stop();
    await this.#peer.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  async #prepare(): Promise<void> {
    for (const [name, algorithm] of keys) {
      await this.engine.call('keys.createTestKey', { name, algorithm, trust: true, makeDefault: false });
    }
    const statement = {
      ...strictStatement('bench', '', ''),
      registryScopes: repositories.map((repository) => this.scopeOf(repository)),
      trustStores: keys.map(([name]) => `ca:${name}`),
    };
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
    const { revision } = await this.engine.call('policies.readPolicy', {});
    await this.engine.call('policies.savePolicy', { text, ifRevision: revision });
    await cp(this.configDir, this.referenceConfigDir, { recursive: true });
    const named = (name: string): string => path.join(this.referenceConfigDir, name);
    await rename(named('trustpolicy.oci.json'), named('trustpolicy.json'));
  }
}
