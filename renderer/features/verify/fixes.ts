import type { TrustStore } from '../../../shared/model/trust-store.ts';
import type { AppliedPolicy, SignatureOutcome, VerificationReport } from '../../../shared/model/verification.ts';

/** How a policy names a signer by its subject. */
export function toX509Identity(subject: string): string {
  return `x509.subject: ${subject}`;
}

/** What the policy screen is asked to propose; the user reviews it there as a diff. */
export interface PolicyFix {
  readonly propose: 'statement' | 'scope' | 'store' | 'identity';
  readonly statement?: string;
  readonly scope?: string;
  readonly store?: string;
  readonly identity?: string;
  readonly level?: string;
  /** The document meant, when it is not the one of artifacts. */
  readonly document?: 'blob';
}

/** The signature that a fix is about: the one that came furthest. */
export function nearestSignature({ signatures }: VerificationReport): SignatureOutcome | undefined {
  const passed = (outcome: SignatureOutcome) => outcome.checks.filter(({ result }) => result === 'passed').length;
  return [...signatures].sort((a, b) => passed(b) - passed(a))[0];
}

/** A `ca` store that holds a certificate of a chain, as a policy names it. */
export function storeHolding(
  stores: readonly TrustStore[],
  chain: readonly { readonly sha256: string }[],
): string | undefined {
  const inChain = new Set(chain.map(({ sha256 }) => sha256));
  const holds = ({ type, files }: TrustStore) =>
    type === 'ca' && files.some(({ certificates }) => certificates.some(({ sha256 }) => inChain.has(sha256)));
  const found = stores.find(holds);
  return found && `${found.type}:${found.name}`;
}

/** The type and name of the first store among those that a policy names. */
export function namedStore(stores: unknown): { readonly type: TrustStore['type']; readonly name: string } | undefined {
  const named = Array.isArray(stores) ? stores.map((store) => /^(ca|signingAuthority):(.+)$/.exec(String(store))) : [];
  const [, type, name] = named.find((match) => match !== null) ?? [];
  return name === undefined ? undefined : { type: type === 'ca' ? 'ca' : 'signingAuthority', name };
}

function storesOf(outcome: SignatureOutcome | undefined): readonly string[] {
  const reason = outcome?.checks.find(({ check }) => check === 'authenticity')?.reason;
  const stores = reason?.details['stores'];
  return Array.isArray(stores) ? stores.filter((store) => typeof store === 'string') : [];
}

/** The diffs that would let a signature be judged, or be accepted. */
export function toPolicyFixes(
  policy: AppliedPolicy,
  outcome: SignatureOutcome | undefined,
  scope: string,
): readonly PolicyFix[] {
  const identity = outcome?.signer === undefined ? {} : { identity: toX509Identity(outcome.signer) };
  if (policy.kind === 'missing' || policy.kind === 'notApplicable') {
    const [store] = storesOf(outcome);
    const statement: PolicyFix = { propose: 'statement', scope, ...(store !== undefined && { store }), ...identity };
    const nearest =
      policy.kind === 'notApplicable' && policy.selection.nearest !== null
        ? policy.selection.candidates[policy.selection.nearest]
        : undefined;
    return nearest ? [statement, { propose: 'scope', statement: nearest.name, scope }] : [statement];
  }
  if (policy.kind === 'invalid' || !outcome) return [];
  const code = outcome.checks.find(({ check }) => check === 'authenticity')?.reason.code;
  if (code === 'authenticity.identityMismatch') return [{ propose: 'identity', statement: policy.name, ...identity }];
  return [];
}

/** The same for a file: a statement of a blob policy has no scope, and one that is named is not made up here. */
export function toBlobPolicyFixes(policy: AppliedPolicy, outcome: SignatureOutcome | undefined): readonly PolicyFix[] {
  const isNew = policy.kind === 'missing' || (policy.kind === 'notApplicable' && policy.selection.path === '');
  if (policy.kind !== 'applied' && !isNew) return [];
  return toPolicyFixes(policy, outcome, '').flatMap((fix): PolicyFix[] => {
    if (fix.propose === 'scope') return [];
    const { scope: _, ...rest } = fix;
    return [{ ...rest, document: 'blob' }];
  });
}
