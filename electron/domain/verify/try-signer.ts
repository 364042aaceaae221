import type { SignerTrial, TriedSigner } from '../../../shared/model/signer-trial.ts';
import { trustStoreTypeSchema } from '../../../shared/model/trust-store.ts';
import { isSubset, readDistinguishedName, type NameReading } from '../trust/distinguished-name.ts';
import type { TrustStoreReader } from '../trust/trust-store.ts';
import { nameOfIdentity, splitIdentity } from '../trust/trusted-identity.ts';
import { findAnchor } from './authenticity.ts';

/** What of a statement decides whether a signer is trusted. */
export interface TryingStatement {
  readonly trustStores: readonly string[];
  readonly trustedIdentities: readonly string[];
}

type StoreTrial = SignerTrial['stores'][number];
type IdentityTrial = SignerTrial['identities'][number];

async function tryStore(store: string, signer: TriedSigner, trust: TrustStoreReader): Promise<StoreTrial> {
  const colon = store.indexOf(':');
  const type = trustStoreTypeSchema.safeParse(store.slice(0, Math.max(0, colon)));
  if (!type.success) return { store, result: 'malformed' };
  const asked = signer.scheme === 'notary.x509.signingAuthority' ? 'signingAuthority' : 'ca';
  if (type.data !== asked) return { store, result: 'otherScheme' };
  const loaded = await trust.read(type.data, store.slice(colon + 1));
  if (loaded.fault) return { store, result: 'faulty', fault: loaded.fault.reason.code };
  const anchor = findAnchor(
    signer.chain.map((sha256) => ({ sha256 })),
    [loaded],
  );
  if (!anchor) return { store, result: 'noMatch' };
  return { store, result: 'anchors', position: anchor.position, file: anchor.file };
}

function tryIdentity(identity: string, subject: NameReading): IdentityTrial {
  if (identity === '*') return { identity, result: 'any', parts: [] };
  const split = splitIdentity(identity);
  if (split && split.prefix !== 'x509.subject') return { identity, result: 'other', parts: [] };
  const wanted = nameOfIdentity(identity);
  if (!wanted) return { identity, result: 'invalid', parts: [] };
  const name = subject.fault === undefined ? subject.name : undefined;
  const parts = [...wanted].map(([attribute, value]) => {
    const found = name?.get(attribute);
    return {
      attribute,
      wanted: value,
      ...(found !== undefined && { found }),
      equal: name !== undefined && (found ?? '') === value,
    };
  });
  return { identity, result: name && isSubset(wanted, name) ? 'matches' : 'differs', parts };
}

/**
 * Tries a signer on a statement part by part, by the same rules as verification but without a signature (trust policy specification,
 * "Signature verification details", authenticity): each store, and each identity name part by name part. Overlapping or mixed
 * identities are not judged here; the document's own rules refuse them.
 */
export async function trySigner(
  { trustStores, trustedIdentities }: TryingStatement,
  signer: TriedSigner,
  trust: TrustStoreReader,
): Promise<SignerTrial> {
  const stores = await Promise.all(trustStores.map((store) => tryStore(store, signer, trust)));
  const subject = readDistinguishedName(signer.subject);
  const identities = trustedIdentities.map((identity) => tryIdentity(identity, subject));
  const isAnchored =
    stores.some(({ result }) => result === 'anchors') && !stores.some(({ result }) => result === 'faulty');
  const isIdentified = identities.some(({ result }) => result === 'any' || result === 'matches');
  const { fault } = subject;
  return {
    stores,
    isAnchored,
    identities,
    isIdentified,
    ...(fault && {
      subjectFault: { kind: fault.kind, ...(fault.attribute !== undefined && { attribute: fault.attribute }) },
    }),
  };
}
