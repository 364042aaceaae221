import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InputOf } from '../../shared/contract/contract.ts';
import type { Digest } from '../../shared/model/digest.ts';
import type { KeyAlgorithm } from '../../shared/model/signing-key.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './engine.ts';
import { Oracle, seed, startPeer, type Peer, type Sample } from './peers.ts';

/** The six key kinds and the name the reference gives each one's algorithm. */
export const algorithms: readonly (readonly [KeyAlgorithm, string])[] = [
  ['RSA-2048', 'RSASSA-PSS-SHA-256'],
  ['RSA-3072', 'RSASSA-PSS-SHA-384'],
  ['RSA-4096', 'RSASSA-PSS-SHA-512'],
  ['EC-256', 'ECDSA-SHA-256'],
  ['EC-384', 'ECDSA-SHA-384'],
  ['EC-521', 'ECDSA-SHA-512'],
];

/** What the reference says of one artifact. */
export interface ReferenceVerdict {
  readonly verdict: 'verified' | 'failed' | 'skipped';
  readonly artifact: { readonly digest: string };
  readonly outcomes: readonly {
    readonly manifest: { readonly digest: string };
    readonly checks: readonly {
      readonly type: string;
      readonly action: string;
      readonly error: { message: string } | null;
    }[];
    readonly error: { readonly message: string } | null;
  }[];
  readonly error: { readonly message: string; readonly type: string } | null;
}

/** What signing may ask for beside a key. */
type SignChoices = Partial<
  Pick<InputOf<'sign.signArtifact'>, 'expirySeconds' | 'userMetadata' | 'format' | 'timestamp'>
>;

/** A timestamp authority and its root, for Inkan and for the reference. */
export interface Authority {
  readonly url: string;
  readonly rootPath: string;
  readonly choice: NonNullable<SignChoices['timestamp']>;
}

/** Where an artifact is, for Inkan and for the reference. */
export interface Place {
  readonly label: string;
  readonly sourceId: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: Digest;
  /** What policy scopes are compared with. */
  readonly scope: string;
  /** Parameters that name the artifact in a question to the oracle. */
  readonly oracle: Readonly<Record<string, unknown>>;
}

/** Inkan's engine and the reference on one configuration directory, with registries to work in. */
export class Workbench {
  readonly home: string;
  readonly configDir: string;
  readonly engine: Engine;
  readonly oracle: Oracle;
  readonly #peers: Peer[] = [];

  private constructor(home: string, engine: Engine) {
    this.home = home;
    this.configDir = path.join(home, 'notation');
    this.engine = engine;
    this.oracle = new Oracle();
  }

  static async open(capabilities: readonly 'pluginInstall'[] = []): Promise<Workbench> {
    const home = await mkdtemp(path.join(tmpdir(), 'inkan-interop-'));
    await mkdir(path.join(home, 'notation'), { mode: 0o700 });
    return new Workbench(home, await startEngine(home, capabilities));
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.oracle.stop();
    await Promise.all(this.#peers.map((peer) => peer.stop()));
    await rm(this.home, { recursive: true, force: true });
  }

  /** Starts a registry, fills it with the samples, and adds it to Inkan. */
  async addRegistry(
    name: 'registry' | 'lying-registry' | 'distribution',
    credentials?: { user: string; password: string },
  ): Promise<(repository: string, tag: string) => Place> {
    const args = credentials ? ['-user', credentials.user, '-password', credentials.password] : [];
    const peer = await startPeer(name, args);
    this.#peers.push(peer);
    const samples = await seed({ registry: peer.address, ...credentials });
    if (credentials) await this.#writeDockerCredentials(peer.address, credentials);
    const source = await this.engine.call('registries.addRegistry', { host: peer.address, plainHttp: 'always' });
    return (repository, tag) => ({
      label: name,
      sourceId: source.id,
      repository,
      tag,
      digest: digestOf(samples, repository, tag),
      scope: `${peer.address}/${repository}`,
      oracle: {
        ref: `${peer.address}/${repository}:${tag}`,
        plainHTTP: true,
        ...(credentials ? { username: credentials.user, password: credentials.password } : {}),
      },
    });
  }

  /** The playground, which is an image layout that Inkan made itself. */
  async playground(tag: string): Promise<Place> {
    const { sources } = await this.engine.call('registries.listSources', {});
    const playground = sources.find(({ isPlayground }) => isPlayground);
    if (!playground?.path) throw new Error('there is no playground');
    const { descriptor } = await this.engine.call('artifacts.resolveReference', {
      sourceId: playground.id,
      repository: '',
      reference: tag,
    });
    return {
      label: 'playground',
      sourceId: playground.id,
      repository: '',
      tag,
      digest: descriptor.digest,
      scope: 'local/playground',
      oracle: { layout: playground.path, ref: tag, scope: 'local/playground' },
    };
  }

  async createKey(name: string, algorithm: KeyAlgorithm = 'RSA-2048', trust = true): Promise<void> {
    await this.engine.call('keys.createTestKey', { name, algorithm, trust, makeDefault: false });
  }

  /** Makes a key of each kind, named by it, and trusts all of them in these places. */
  async trustEveryAlgorithm(places: readonly Place[]): Promise<void> {
    const names = algorithms.map(([algorithm]) => algorithm.toLowerCase());
    for (const [algorithm] of algorithms) await this.createKey(algorithm.toLowerCase(), algorithm);
    const registryScopes = places.map(({ scope }) => scope);
    await this.savePolicy(
      strictStatement('all', '', '', { registryScopes, trustStores: names.map((name) => `ca:${name}`) }),
    );
  }

  /** Saves a policy through Inkan, whatever stood there before. */
  async savePolicy(...statements: readonly object[]): Promise<void> {
    const { revision } = await this.engine.call('policies.readPolicy', {});
    const text = JSON.stringify({ version: '1.0', trustPolicies: statements }, undefined, 2);
    await this.engine.call('policies.savePolicy', { text, ifRevision: revision });
  }

  /** Starts a timestamp authority and puts its root into a `tsa` store. */
  async addAuthority(store: string, args: readonly string[] = []): Promise<Authority> {
    const peer = await startPeer('tsa', args);
    this.#peers.push(peer);
    const url = `http://${peer.address}/`;
    return this.trustAuthority(store, url, await (await fetch(new URL('root.pem', url))).text());
  }

  /** Puts the root of a timestamp authority into a `tsa` store. */
  async trustAuthority(store: string, url: string, rootPem: string): Promise<Authority> {
    const content = Buffer.from(rootPem).toString('base64');
    const { certificates } = await this.engine.call('trustStores.inspectCertificates', { content });
    const confirmedSha256 = certificates.map(({ sha256 }) => sha256);
    const target = { type: 'tsa', name: store, file: 'root.pem' } as const;
    await this.engine.call('trustStores.addCertificates', { ...target, content, confirmedSha256 });
    const rootPath = path.join(this.configDir, 'truststore', 'x509', 'tsa', store, 'root.pem');
    return { url, rootPath, choice: { url, root: { kind: 'store', store, file: 'root.pem' } } };
  }

  sign(place: Place, keyName: string, more: SignChoices = {}) {
    const { sourceId, repository, tag: reference } = place;
    return this.engine.call('sign.signArtifact', {
      sourceId,
      repository,
      reference,
      digest: place.digest,
      keyName,
      ...more,
    });
  }

  verify(place: Place, more: { userMetadata?: Record<string, string>; maxSignatures?: number } = {}) {
    const { sourceId, repository, tag: reference } = place;
    const scope = place.repository === '' ? { scope: place.scope } : {};
    return this.engine.call('verify.verifyArtifact', { sourceId, repository, reference, ...scope, ...more });
  }

  /** Lets the reference sign with a key of the configuration directory. */
  signWithReference(place: Place, keyName: string, more: Readonly<Record<string, unknown>> = {}) {
    const localKeys = path.join(this.configDir, 'localkeys');
    return this.oracle.ask<{ artifact: { digest: string }; signature: { digest: Digest } }>('sign', {
      ...place.oracle,
      keyPath: path.join(localKeys, `${keyName}.key`),
      certPath: path.join(localKeys, `${keyName}.crt`),
      format: 'jws',
      ...more,
    });
  }

  /** The reference's verdict on the same policy and trust stores. */
  async verifyWithReference(place: Place, more: Readonly<Record<string, unknown>> = {}): Promise<ReferenceVerdict> {
    const configDir = await this.#configurationOfReference();
    return this.oracle.ask('verify', { ...place.oracle, configDir, ...more });
  }

  /** The released library knows the policy by its old name, so it is given a copy of the directory. */
  async #configurationOfReference(): Promise<string> {
    const copy = path.join(this.home, 'reference-config');
    await rm(copy, { recursive: true, force: true });
    await cp(this.configDir, copy, { recursive: true });
    const policy = path.join(copy, 'trustpolicy.oci.json');
    if (existsSync(policy)) await rename(policy, path.join(copy, 'trustpolicy.json'));
    return copy;
  }

  async #writeDockerCredentials(host: string, { user, password }: { user: string; password: string }): Promise<void> {
    const file = path.join(this.home, '.docker', 'config.json');
    await mkdir(path.dirname(file), { recursive: true });
    const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as { auths: object }) : { auths: {} };
    const auth = Buffer.from(`${user}:${password}`).toString('base64');
    await writeFile(file, JSON.stringify({ auths: { ...known.auths, [host]: { auth } } }));
  }
}

/** A strict statement that trusts one `ca` store and any identity in it, with changes. */
export function strictStatement(name: string, scope: string, store: string, changes: object = {}): object {
  return {
    name,
    registryScopes: [scope],
    signatureVerification: { level: 'strict' },
    trustStores: [`ca:${store}`],
    trustedIdentities: ['*'],
    ...changes,
  };
}

function digestOf(samples: readonly Sample[], repository: string, tag: string): Digest {
  const found = samples.find((sample) => sample.repository === repository && sample.tag === tag);
  if (!found) throw new Error(`no sample ${repository}:${tag}`);
  return found.digest as Digest;
}
