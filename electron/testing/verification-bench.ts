import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import type { TrustStoreType } from '../../shared/model/trust-store.ts';
import type { VerificationReport } from '../../shared/model/verification.ts';
import type { Clock } from '../domain/ports.ts';
import { createVerificationPlugins } from '../domain/plugin/verification-plugins.ts';
import type { RevocationChecker } from '../domain/revocation/revocation-checker.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import { signTarget } from '../domain/sign/sign-target.ts';
import { toSignatureManifest } from '../domain/sign/signature-manifest.ts';
import { readPolicySnapshot } from '../domain/trust/policy-file.ts';
import { createTrustStoreReader, trustStoreRoot } from '../domain/trust/trust-store.ts';
import type { VerificationPlugins } from '../domain/verify/plugin-check.ts';
import { verifyArtifact, type VerifyRequest } from '../domain/verify/verify-artifact.ts';
import type { TestChain } from './chain-factory.ts';
import { forgeCose, type CoseForgery } from './cose-forge.ts';
import { forgeJws, type JwsForgery } from './jws-forge.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { PluginBench } from './plugin-bench.ts';
import { MemoryRepository } from './memory-repository.ts';
import { createOfflineChecker } from './revocation-checkers.ts';

type StatementChange = Partial<Omit<TrustPolicyStatement, 'signatureVerification'>> &
  Partial<TrustPolicyStatement['signatureVerification']>;
/** What verifying may ask for beside the artifact. */
export type VerifyChange = Partial<
  Pick<VerifyRequest, 'reference' | 'scope' | 'maxSignatures' | 'userMetadata' | 'now' | 'plugins'>
>;

const never = new AbortController().signal;

/** A statement that trusts any signer whose chain meets `ca:acme`, strictly. */
export function statementFor(scope: string, change: StatementChange = {}): TrustPolicyStatement {
  const { level = 'strict', override, verifyTimestamp, ...rest } = change;
  const isSkip = level === 'skip';
  return {
    name: 'acme',
    registryScopes: [scope],
    signatureVerification: { level, ...(override && { override }), ...(verifyTimestamp && { verifyTimestamp }) },
    trustStores: isSkip ? [] : ['ca:acme'],
    trustedIdentities: isSkip ? [] : ['*'],
    ...rest,
  };
}

/** An artifact in a repository, a configuration directory beside it, and everything to sign and judge with. */
export class VerificationBench {
  readonly directory = new MemoryDirectory('/config');
  readonly repository: MemoryRepository;
  readonly artifact: Descriptor;
  readonly scope: string;
  now = new Date();
  revocation: RevocationChecker = createOfflineChecker();
  readonly installed = new PluginBench();
  /** Of the installed plugins, those that may verify. */
  readonly enabled: string[] = [];

  constructor(kind: 'registry' | 'layout' = 'registry') {
    this.repository = new MemoryRepository(kind, kind === 'layout' ? '/layouts/acme' : 'registry.example/acme/web');
    this.scope = kind === 'layout' ? 'local/acme' : this.repository.name;
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: `sha256:${'c'.repeat(64)}`,
      size: 2,
    };
    const image = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers: [] });
    this.artifact = this.repository.addManifest(mediaTypes.ociManifest, new TextEncoder().encode(image), '1.0');
  }

  get plugins(): VerificationPlugins {
    return createVerificationPlugins(this.installed.context, this.enabled, {});
  }

  get reference(): string {
    return `${this.repository.name}@${this.artifact.digest}`;
  }

  /** Puts the last certificate of a chain, its root, into a store. */
  trust(chain: TestChain, store = 'acme', type: TrustStoreType = 'ca', position = chain.ders.length - 1): void {
    this.directory.put(`${trustStoreRoot}/${type}/${store}/${position}.crt`, chain.ders[position] ?? new Uint8Array());
  }

  savePolicy(...statements: readonly unknown[]): void {
    this.directory.put('trustpolicy.oci.json', JSON.stringify({ version: '1.0', trustPolicies: statements }));
  }

  /** Saves the one statement of {@link statementFor}. */
  saveStatement(change: StatementChange = {}): void {
    this.savePolicy(statementFor(this.scope, change));
  }

  /** Signs the artifact and lists the signature under it. */
  async sign(
    chain: TestChain,
    options: {
      expirySeconds?: number;
      userMetadata?: Record<string, string>;
      signedAt?: Date;
      target?: Descriptor;
      timestamp?: (signature: Uint8Array) => Promise<Uint8Array>;
      format?: SignatureFormat;
    } = {},
  ): Promise<Digest> {
    const { signedAt = this.now, target = this.artifact, format = 'jws', ...rest } = options;
    const clock: Clock = { now: () => signedAt, monotonicMs: () => 0, sleep: () => Promise.resolve() };
    const signer = createLocalSigner(chain.keyPem, chain.certificates);
    const { envelope, mediaType } = await signTarget({
      target,
      signer,
      format,
      clock,
      version: '0',
      signal: never,
      ...rest,
    });
    return this.attach(envelope, chain, mediaType);
  }

  /** Attaches an envelope whose signature holds, with whatever the forger changes. */
  forge(chain: TestChain, forgery: JwsForgery = {}): Promise<Digest> {
    const { mediaType, digest, size } = this.artifact;
    const payloadText = JSON.stringify({ targetArtifact: { mediaType, digest, size } });
    return this.attach(new TextEncoder().encode(JSON.stringify(forgeJws(chain, { payloadText, ...forgery }))), chain);
  }

  /** The same in COSE. */
  forgeCose(chain: TestChain, forgery: CoseForgery = {}): Promise<Digest> {
    const { mediaType, digest, size } = this.artifact;
    const payload = JSON.stringify({ targetArtifact: { mediaType, digest, size } });
    return this.attach(forgeCose(chain, { payload, ...forgery }), chain, mediaTypes.cose);
  }

  /** Attaches any bytes as an envelope. */
  async attach(
    envelope: Uint8Array,
    chain: TestChain,
    mediaType: string = mediaTypes.jws,
    subject = this.artifact,
  ): Promise<Digest> {
    const blob = await this.repository.pushBlob(mediaType, envelope, never);
    const manifest = toSignatureManifest(subject, blob, chain.certificates, this.now, 'registry');
    return (await this.repository.pushReferrer(manifest, never)).descriptor.digest;
  }

  async verify(change: VerifyChange = {}, signal: AbortSignal = never): Promise<VerificationReport> {
    const policy = await readPolicySnapshot(this.directory);
    const trust = createTrustStoreReader(this.directory);
    const { repository, revocation, plugins, now } = this;
    return verifyArtifact(
      {
        repository,
        reference: '1.0',
        maxSignatures: 100,
        userMetadata: {},
        policy,
        trust,
        revocation,
        plugins,
        now,
        ...change,
      },
      signal,
    );
  }
}
