import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import type { TrustStoreType } from '../../shared/model/trust-store.ts';
import { createLocalSigner } from '../../electron/domain/sign/local-signer.ts';
import { signTarget } from '../../electron/domain/sign/sign-target.ts';
import { createTestChain, type TestChain } from '../../electron/testing/chain-factory.ts';
import { forgeJws, type JwsForgery } from '../../electron/testing/jws-forge.ts';
import type { ToldRevocation } from '../../electron/testing/told-revocation.ts';

/** One thing, or two, that is wrong with a signature or with what it is judged by. */
export interface VerdictCase {
  readonly name: string;
  /** The chain whose root stands in `ca:acme` or another store. */
  readonly trusted: TestChain;
  readonly storeType?: TrustStoreType;
  readonly envelope: () => Uint8Array | Promise<Uint8Array>;
  readonly artifact?: Partial<Descriptor>;
  readonly statement?: Partial<TrustPolicyStatement>;
  readonly verifyTimestamp?: 'always' | 'afterCertExpiry';
  readonly userMetadata?: Readonly<Record<string, string>>;
  readonly revocation?: ToldRevocation;
}

export const caseArtifact: Descriptor = {
  mediaType: mediaTypes.ociManifest,
  digest: `sha256:${'a'.repeat(64)}` as Digest,
  size: 528,
};

const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * dayMs);
const good = createTestChain({ length: 3 });
const stranger = createTestChain({ length: 1 });
const expired = createTestChain({ leaf: { notBefore: ago(300), notAfter: ago(10) } });
const expiredAuthority = createTestChain({ root: { notBefore: ago(300), notAfter: ago(10) } });
const early = createTestChain({ leaf: { notBefore: ago(-10) } });
const extendedName = 'com.example.attribute';
const pluginName = 'io.cncf.notary.verificationPlugin';

const sign =
  (chain: TestChain, days = 0, more: { expirySeconds?: number; userMetadata?: Record<string, string> } = {}) =>
  async () => {
    const clock = { now: () => ago(days), monotonicMs: () => 0, sleep: () => Promise.resolve() };
    const signer = createLocalSigner(chain.keyPem, chain.certificates);
    const { signal } = new AbortController();
    return (await signTarget({ target: caseArtifact, signer, format: 'jws', clock, version: '1', signal, ...more }))
      .envelope;
  };

const scheme = 'io.cncf.notary.signingScheme';
const authenticTime = 'io.cncf.notary.authenticSigningTime';
const forge = (forgery: JwsForgery) => () => new TextEncoder().encode(JSON.stringify(forgeJws(good, forgery)));
const authority = (at: Date): JwsForgery => ({
  header: {
    crit: [scheme, authenticTime],
    [scheme]: 'notary.x509.signingAuthority',
    'io.cncf.notary.signingTime': undefined,
    [authenticTime]: `${at.toISOString().slice(0, 19)}Z`,
  },
});
const plugin = (value: unknown, crit = [scheme, pluginName]): JwsForgery => ({ header: { crit, [pluginName]: value } });
const otherIdentity = { trustedIdentities: ['x509.subject: C=US, ST=WA, O=Somebody'] };
const withTsa = { trustStores: ['ca:acme', 'tsa:acme'] };

async function tampered(): Promise<Uint8Array> {
  const envelope = JSON.parse(new TextDecoder().decode(await sign(good)())) as { signature: string };
  const signature = `${envelope.signature.startsWith('A') ? 'B' : 'A'}${envelope.signature.slice(1)}`;
  return new TextEncoder().encode(JSON.stringify({ ...envelope, signature }));
}

export const verdictCases: readonly VerdictCase[] = [
  { name: 'nothing', trusted: good, envelope: sign(good) },
  { name: 'the signature', trusted: good, envelope: tampered },
  { name: 'no envelope', trusted: good, envelope: () => new TextEncoder().encode('{}') },
  { name: 'the store', trusted: stranger, envelope: sign(good) },
  { name: 'a missing store', trusted: good, envelope: sign(good), statement: { trustStores: ['ca:gone'] } },
  { name: 'one store of two', trusted: good, envelope: sign(good), statement: { trustStores: ['ca:acme', 'ca:gone'] } },
  {
    name: 'a store of another type',
    trusted: good,
    envelope: sign(good),
    statement: { trustStores: ['signingAuthority:acme'] },
  },
  { name: 'the identity', trusted: good, envelope: sign(good), statement: otherIdentity },
  {
    name: 'an identity of another kind',
    trusted: good,
    envelope: sign(good),
    statement: { trustedIdentities: ['arn:aws:x'] },
  },
  { name: 'store and identity', trusted: stranger, envelope: sign(good), statement: otherIdentity },
  { name: 'the expiry', trusted: good, envelope: sign(good, 10, { expirySeconds: 60 }) },
  { name: 'an expired leaf', trusted: expired, envelope: sign(expired, 20) },
  { name: 'an expired root', trusted: expiredAuthority, envelope: sign(expiredAuthority, 20) },
  { name: 'a leaf that is not valid yet', trusted: early, envelope: sign(early, -20) },
  { name: 'expired leaf and expiry', trusted: expired, envelope: sign(expired, 20, { expirySeconds: 60 }) },
  { name: 'a revoked leaf', trusted: good, envelope: sign(good), revocation: { codeSigning: ['revoked'] } },
  { name: 'an unknown leaf', trusted: good, envelope: sign(good), revocation: { codeSigning: ['unknown'] } },
  {
    name: 'a revoked authority',
    trusted: good,
    envelope: sign(good),
    revocation: { codeSigning: ['unknown', 'revoked'] },
  },
  {
    name: 'revocation and expiry',
    trusted: expired,
    envelope: sign(expired, 20, { expirySeconds: 60 }),
    revocation: { codeSigning: ['revoked'] },
  },
  { name: 'no timestamp', trusted: good, envelope: sign(good), statement: withTsa },
  {
    name: 'no timestamp, always wanted',
    trusted: good,
    envelope: sign(good),
    statement: withTsa,
    verifyTimestamp: 'always',
  },
  {
    name: 'no timestamp, wanted after expiry',
    trusted: good,
    envelope: sign(good),
    statement: withTsa,
    verifyTimestamp: 'afterCertExpiry',
  },
  {
    name: 'no timestamp after expiry',
    trusted: expired,
    envelope: sign(expired, 20),
    statement: withTsa,
    verifyTimestamp: 'afterCertExpiry',
  },
  {
    name: 'another digest',
    trusted: good,
    envelope: sign(good),
    artifact: { digest: `sha256:${'b'.repeat(64)}` as Digest },
  },
  { name: 'another size', trusted: good, envelope: sign(good), artifact: { size: 529 } },
  { name: 'another media type', trusted: good, envelope: sign(good), artifact: { mediaType: mediaTypes.ociIndex } },
  { name: 'metadata that was not signed', trusted: good, envelope: sign(good), userMetadata: { build: '1' } },
  {
    name: 'metadata of another value',
    trusted: good,
    envelope: sign(good, 0, { userMetadata: { build: '2' } }),
    userMetadata: { build: '1' },
  },
  { name: 'metadata named by the language', trusted: good, envelope: sign(good), userMetadata: { constructor: '' } },
  { name: 'an attribute that is not critical', trusted: good, envelope: forge({ header: { [extendedName]: 'x' } }) },
  {
    name: 'an unknown critical attribute',
    trusted: good,
    envelope: forge({ header: { crit: [scheme, extendedName], [extendedName]: 'x' } }),
  },
  { name: 'a plugin that is not there', trusted: good, envelope: forge(plugin('gone')) },
  { name: 'a plugin that is not critical', trusted: good, envelope: forge(plugin('gone', [scheme])) },
  { name: 'a plugin that is a number', trusted: good, envelope: forge(plugin(1)) },
  { name: 'a plugin without a name', trusted: good, envelope: forge(plugin(' ')) },
  { name: 'an authority without its store', trusted: good, envelope: forge(authority(ago(1))) },
  {
    name: 'an authority',
    trusted: good,
    storeType: 'signingAuthority',
    envelope: forge(authority(ago(1))),
    statement: { trustStores: ['signingAuthority:acme', 'ca:gone'] },
  },
  {
    name: 'an authority’s time',
    trusted: good,
    storeType: 'signingAuthority',
    envelope: forge(authority(ago(9000))),
    statement: { trustStores: ['signingAuthority:acme'] },
  },
];
