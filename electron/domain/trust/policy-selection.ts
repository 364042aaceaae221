import type { PolicySelection, TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { faultOfScope, toScopePath } from './registry-scope.ts';

function sharedPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length += 1;
  return length;
}

/** The scope that shares the longest beginning with the path. */
function nearestScope(scopes: readonly string[], path: string): { scope: string; shared: number } | undefined {
  let nearest: { scope: string; shared: number } | undefined;
  for (const scope of scopes) {
    const shared = sharedPrefix(scope, path);
    if (scope !== '*' && (nearest === undefined || shared > nearest.shared)) nearest = { scope, shared };
  }
  return nearest;
}

/**
 * Which statement applies to an artifact, and why the others do not (trust policy specification, "Selecting a trust policy
 * based on artifact URI"): the statement whose scope equals the repository path byte for byte, else the one with `*`.
 * @param reference `<registry>/<repository>@<digest>`, a reference with a tag, or a bare repository path
 */
export function selectStatement(statements: readonly TrustPolicyStatement[], reference: string): PolicySelection {
  const path = toScopePath(reference);
  const fault = faultOfScope(path);
  const exact = fault === undefined ? statements.findIndex(({ registryScopes }) => registryScopes.includes(path)) : -1;
  const wildcard =
    fault === undefined ? statements.findIndex(({ registryScopes }) => registryScopes.includes('*')) : -1;
  const applied = exact >= 0 ? exact : wildcard;
  let nearest: { index: number; shared: number } | undefined;
  const candidates = statements.map((statement, index): PolicySelection['candidates'][number] => {
    const near = nearestScope(statement.registryScopes, path);
    if (near !== undefined && (nearest === undefined || near.shared > nearest.shared))
      nearest = { index, shared: near.shared };
    const isWildcard = statement.registryScopes.includes('*');
    const verdict = isWildcard
      ? index === applied
        ? 'wildcardApplies'
        : 'wildcardNotReached'
      : index === applied
        ? 'applies'
        : 'notEqual';
    return {
      name: statement.name,
      index,
      scopes: [...statement.registryScopes],
      verdict,
      ...(near === undefined ? {} : { nearestScope: near.scope }),
    };
  });
  return {
    path,
    applied: applied < 0 ? null : applied,
    candidates,
    nearest: applied < 0 ? (nearest?.index ?? null) : null,
    ...(fault === undefined ? {} : { pathFault: fault.message }),
  };
}

/** The reference's sentence when no statement applies. */
export function noStatementMessage(reference: string, selection: PolicySelection): string {
  if (selection.pathFault !== undefined) return selection.pathFault;
  return `artifact ${quote(reference)} has no applicable oci trust policy statement. Trust policy applicability for a given artifact is determined by registryScopes. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy`;
}

/**
 * Which statement of a blob policy applies (trust policy specification, "Blob trust policy"): the one of exactly this name, or
 * the global one where no name is given.
 */
export function selectBlobStatement(statements: readonly TrustPolicyStatement[], name: string): PolicySelection {
  const applied = statements.findIndex((statement) =>
    name === '' ? statement.globalPolicy === true : statement.name === name,
  );
  const verdictOf = (index: number): PolicySelection['candidates'][number]['verdict'] => {
    if (index === applied) return name === '' ? 'globalApplies' : 'applies';
    return name === '' ? 'notGlobal' : 'notEqual';
  };
  return {
    path: name,
    applied: applied < 0 ? null : applied,
    candidates: statements.map((statement, index) => ({
      name: statement.name,
      index,
      scopes: [],
      verdict: verdictOf(index),
    })),
    nearest: null,
  };
}

/** The reference's sentence when no statement of a blob policy applies. */
export function noBlobStatementMessage(name: string): string {
  if (name === '') return 'no global blob trust policy';
  return name.trim() === ''
    ? 'policy name cannot be empty'
    : `no applicable blob trust policy with name ${quote(name)}`;
}
