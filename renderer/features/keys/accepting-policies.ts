import type { Certificate } from '../../../shared/model/certificate.ts';
import { differingParts, parseDistinguishedName, parseIdentity } from '../../../shared/model/distinguished-name.ts';
import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';

/** How far the trust in a chain reaches. */
export interface TrustOfChain {
  /** `ca` stores that hold one of its certificates. */
  readonly stores: readonly string[];
  /** Statements that name such a store and take its subject. */
  readonly policies: readonly string[];
}

function takesSubject(identities: readonly string[], subject: string): boolean {
  if (identities.includes('*')) return true;
  const parts = parseDistinguishedName(subject);
  if (!parts) return false;
  return identities.some((identity) => {
    const wanted = parseIdentity(identity);
    return wanted !== null && differingParts(wanted, parts).length === 0;
  });
}

/** Which stores and statements accept signatures of a chain: the store by any certificate, the identity by the leaf. */
export function trustOfChain(
  chain: readonly Certificate[],
  stores: readonly TrustStore[],
  statements: readonly TrustPolicyStatement[],
): TrustOfChain {
  const [leaf] = chain;
  if (!leaf) return { stores: [], policies: [] };
  const hashes = new Set(chain.map(({ sha256 }) => sha256));
  const holding = stores
    .filter(
      ({ type, files }) =>
        type === 'ca' && files.some((file) => file.certificates.some(({ sha256 }) => hashes.has(sha256))),
    )
    .map(({ name }) => name);
  const policies = statements
    .filter(({ trustStores }) => holding.some((name) => trustStores.includes(`ca:${name}`)))
    .filter(({ trustedIdentities }) => takesSubject(trustedIdentities, leaf.subject))
    .map(({ name }) => name);
  return { stores: holding, policies };
}
