import type { Engine } from './engine.ts';
import { BareRepository, manifestType, replayCosign, type Pushed } from './bare-repository.ts';
import { seed, startPeer, type Peer } from './peers.ts';

/** An index whose platforms are signed in different ways, with everything attached that people attach. */
export interface AttachmentsWorld {
  readonly peer: Peer;
  readonly host: string;
  readonly sourceId: string;
  readonly repository: string;
  readonly index: Pushed;
  readonly manifests: readonly Pushed[];
}

export const platforms = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
  'windows/amd64',
];
const signer = 'suji-toshi-mashoya';

const spdx = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'net-monitor',
  documentNamespace: 'https://example.com/spdx/net-monitor',
  creationInfo: { created: '2026-11-20T08:00:00Z', creators: ['Tool: syft-1.18.0', 'Organization: Example'] },
  packages: [
    { name: 'busybox', versionInfo: '1.37.0', licenseConcluded: 'GPL-2.0-only' },
    { name: 'musl', versionInfo: '1.2.5', licenseConcluded: 'MIT' },
    { name: 'zlib', versionInfo: '1.3.1', licenseConcluded: 'Zlib' },
  ],
  relationships: [{}, {}, {}],
});
const cycloneDx = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  metadata: { timestamp: '2026-11-20T08:10:00Z', component: { name: 'net-monitor', version: '2.4' } },
  components: [{ type: 'library', name: 'openssl', version: '3.5.4' }],
});
const statement = (digest: string) =>
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'net-monitor', digest: { sha256: digest.slice('sha256:'.length) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://example.com/build/v1',
        resolvedDependencies: [{ uri: 'git+https://example.com/net-monitor', digest: { gitCommit: '0'.repeat(40) } }],
      },
      runDetails: { builder: { id: 'https://example.com/builder' } },
    },
  });

/** Signs a digest with a key of the engine. */
async function sign(
  engine: Engine,
  world: Pick<AttachmentsWorld, 'sourceId' | 'repository'>,
  target: Pushed,
  keyName: string,
) {
  const { sourceId, repository } = world;
  const { descriptor } = await engine.call('artifacts.resolveReference', {
    sourceId,
    repository,
    reference: target.digest,
  });
  const at = { sourceId, repository, reference: target.digest, digest: descriptor.digest };
  return await engine.call('sign.signArtifact', { ...at, keyName });
}

/**
 * Six platforms: four signed themselves, one with a signature that nobody trusts, one not signed. On the index an SBOM that is signed
 * itself, an SBOM of another kind, provenance, and something that nobody knows. The sample image beside it is signed by cosign.
 *
 * @param options.signsIndex - whether the index itself gets a trusted signature
 */
export async function makeAttachments(
  engine: Engine,
  options: { readonly signsIndex: boolean },
): Promise<AttachmentsWorld> {
  const peer = await startPeer('registry');
  await seed({ registry: peer.address });
  const host = peer.address.replace('127.0.0.1', 'localhost');
  const repository = 'acme/net-monitor';
  const bare = new BareRepository(peer.address, repository);
  const { index, manifests } = await bare.pushIndex('2.4', platforms);
  await engine.call('keys.createTestKey', { name: signer });
  await engine.call('keys.createTestKey', { name: 'fade-out', makeDefault: false, trust: false, algorithm: 'EC-256' });
  const { id: sourceId } = await engine.call('registries.addRegistry', { host });
  const world = { peer, host, sourceId, repository, index, manifests };
  await savePolicy(engine, host);
  for (const manifest of manifests.slice(0, 4)) await sign(engine, world, manifest, signer);
  await sign(engine, world, manifests[4] as Pushed, 'fade-out');
  if (options.signsIndex) await sign(engine, world, index, signer);
  const sbom = await bare.attach(index, {
    artifactType: 'application/spdx+json',
    content: spdx,
    mediaType: 'application/spdx+json',
  });
  await sign(engine, world, sbom, signer);
  const [first] = manifests as [Pushed];
  const bom = {
    artifactType: 'application/vnd.cyclonedx+json',
    content: cycloneDx,
    mediaType: 'application/vnd.cyclonedx+json',
  };
  await bare.attach(first, bom);
  const inToto = { artifactType: 'application/vnd.in-toto+json', mediaType: 'application/vnd.in-toto+json' };
  await bare.attach(index, { ...inToto, content: statement(index.digest) });
  const notes = 'Tested by hand.\n';
  await bare.attach(index, { artifactType: 'application/vnd.example.notes', content: notes, mediaType: 'text/plain' });
  await replayCosign(new BareRepository(peer.address, 'library/busybox'));
  return world;
}

async function savePolicy(engine: Engine, host: string): Promise<void> {
  const { revision } = await engine.call('policies.readPolicy', {});
  const statement = {
    name: 'acme-images',
    registryScopes: [`${host}/acme/net-monitor`, `${host}/library/busybox`],
    signatureVerification: { level: 'strict', override: { revocation: 'log' } },
    trustStores: [`ca:${signer}`],
    trustedIdentities: ['*'],
  };
  const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
  await engine.call('policies.savePolicy', { text, ifRevision: revision });
}

/** What may be wrong with what is attached, in a repository whose registry has no referrers API: the tag says what its writer likes. */
export async function makeOddities(peer: Peer): Promise<{ readonly repository: string; readonly subject: Pushed }> {
  const repository = 'acme/odd';
  const bare = new BareRepository(peer.address, repository);
  const { index: subject, manifests } = await bare.pushIndex('1.0', ['linux/amd64']);
  const [other] = manifests as [Pushed];
  const notes = { artifactType: 'application/vnd.example.notes', mediaType: 'text/plain' };
  const entry = (pushed: Pushed) => ({ ...pushed, mediaType: manifestType, artifactType: notes.artifactType });
  const right = await bare.attach(subject, { ...notes, content: 'right' });
  const wrong = await bare.attach(other, { ...notes, content: 'about something else' });
  const gone = await bare.attach(subject, { ...notes, content: 'gone' });
  const listed = [entry(right), entry(right), entry(wrong), entry(gone)];
  const tag = subject.digest.replace(':', '-');
  const type = 'application/vnd.oci.image.index.v1+json';
  await bare.pushManifest({ schemaVersion: 2, mediaType: type, manifests: listed }, tag);
  await bare.deleteManifest(gone);
  return { repository, subject };
}
