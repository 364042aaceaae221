import type { PolicyDocumentKind, PolicyProblem, TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { trustPolicyStatementSchema } from '../../../shared/model/trust-policy.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { parsePolicy, type Located, type PolicyText, type StatementText } from './policy-text.ts';
import { faultOfScope } from './registry-scope.ts';
import { faultAt, statementFaults } from './statement-rules.ts';

/** A judged document. `statements` is null when the reference refuses it. */
export interface ValidatedPolicy {
  readonly statements: readonly TrustPolicyStatement[] | null;
  /** Errors first, in the order in which the reference looks; then what Inkan refuses; then warnings. */
  readonly problems: readonly PolicyProblem[];
}

function documentFaults({ version, statements }: PolicyText, kind: PolicyDocumentKind): PolicyProblem[] {
  const faults: PolicyProblem[] = [];
  if (version.value === '')
    faults.push(
      faultAt(
        version,
        'policy.versionMissing',
        {},
        `${kind} trust policy document has empty version, version must be specified`,
      ),
    );
  else if (version.value !== '1.0')
    faults.push(
      faultAt(
        version,
        'policy.versionUnsupported',
        { version: version.value },
        `${kind} trust policy document uses unsupported version ${quote(version.value)}`,
      ),
    );
  if (statements.value.length === 0)
    faults.push(
      faultAt(
        statements,
        'policy.noStatements',
        {},
        `${kind} trust policy document can not have zero trust policy statements`,
      ),
    );
  const names = new Set<string>();
  let global: string | undefined;
  for (const statement of statements.value) {
    const name = statement.name.value;
    if (names.has(name))
      faults.push(
        faultAt(
          statement.name,
          'policy.duplicateName',
          { name },
          `multiple ${kind} trust policy statements use the same name ${quote(name)}, statement names must be unique`,
        ),
      );
    names.add(name);
    faults.push(...statementFaults(statement, kind));
    if (!statement.globalPolicy.value) continue;
    faults.push(...globalFaults(statement, global));
    global ??= name;
  }
  return faults;
}

/** Rules of the one statement that applies where no name is given. The reference means to refuse the second fault and never does. */
function globalFaults({ name, level, globalPolicy }: StatementText, other: string | undefined): PolicyProblem[] {
  const statement = name.value;
  if (other !== undefined) {
    const message =
      'multiple blob trust policy statements have globalPolicy set to true. Only one trust policy statement can be marked as global policy';
    return [faultAt(globalPolicy, 'policy.globalTwice', { statement, other }, message)];
  }
  if (level.value !== 'skip') return [];
  return [{ ...faultAt(globalPolicy, 'policy.globalSkip', { statement }, ''), severity: 'stricter' }];
}

function scopeFaults(statements: readonly StatementText[]): PolicyProblem[] {
  const faults: PolicyProblem[] = [];
  const uses = new Map<string, { statement: string; at: Located<string> }[]>();
  for (const { name, registryScopes } of statements) {
    const statement = name.value;
    const scopes = registryScopes.value;
    const wildcard = scopes.find(({ value }) => value === '*');
    if (scopes.length === 0) {
      faults.push(
        faultAt(
          registryScopes,
          'policy.scopesMissing',
          { statement },
          `oci trust policy statement ${quote(statement)} has zero registry scopes, it must specify registry scopes with at least one value`,
        ),
      );
    }
    if (scopes.length > 1 && wildcard !== undefined) {
      const message = `oci trust policy statement ${quote(statement)} uses wildcard registry scope '*', a wildcard scope cannot be used in conjunction with other scope values`;
      faults.push(faultAt(wildcard, 'policy.scopeWildcardMixed', { statement }, message));
    }
    for (const scope of scopes) {
      const fault = scope.value === '*' ? undefined : faultOfScope(scope.value);
      const code = fault?.kind === 'wildcard' ? 'policy.scopeWildcard' : 'policy.scopeMalformed';
      if (fault !== undefined) faults.push(faultAt(scope, code, { statement, scope: scope.value }, fault.message));
      uses.set(scope.value, [...(uses.get(scope.value) ?? []), { statement, at: scope }]);
    }
  }
  for (const [scope, [, ...others]] of uses) {
    for (const { at } of others) {
      const message = `registry scope ${quote(scope)} is present in multiple oci trust policy statements, one registry scope value can only be associated with one statement`;
      faults.push(
        faultAt(
          at,
          'policy.scopeRepeated',
          { scope, statements: (uses.get(scope) ?? []).map(({ statement }) => statement) },
          message,
        ),
      );
    }
  }
  return faults;
}

/** What the reference accepts and what will still surprise: an unchecked rest of the world, or a statement that nothing can satisfy. */
function warnings(statements: readonly StatementText[]): PolicyProblem[] {
  return statements.flatMap(({ name, level, registryScopes, trustStores, trustedIdentities }) => {
    const statement = name.value;
    const found: PolicyProblem[] = [];
    const warn = (at: Located<unknown>, code: PolicyProblem['code']): void =>
      void found.push({ ...faultAt(at, code, { statement }, ''), severity: 'warning' });
    if (level.value === 'skip') {
      if (registryScopes.value.some(({ value }) => value === '*')) warn(registryScopes, 'policy.wildcardSkip');
      return found;
    }
    const stores = trustStores.value;
    if (stores.length > 0 && stores.every(({ value }) => value.startsWith('tsa:')))
      warn(trustStores, 'policy.noSignerStore');
    const identities = trustedIdentities.value;
    if (identities.length > 0 && identities.every(({ value }) => value !== '*' && !value.startsWith('x509.subject:')))
      warn(trustedIdentities, 'policy.noX509Identity');
    return found;
  });
}

function toStatement(text: StatementText): TrustPolicyStatement {
  const override = Object.fromEntries(text.override.map(({ check, action }) => [check.value, action.value]));
  return trustPolicyStatementSchema.parse({
    name: text.name.value,
    registryScopes: text.registryScopes.value.map(({ value }) => value),
    ...(text.globalPolicy.value && { globalPolicy: true }),
    signatureVerification: {
      level: text.level.value,
      ...(text.override.length === 0 ? {} : { override }),
      ...(text.verifyTimestamp.value === '' ? {} : { verifyTimestamp: text.verifyTimestamp.value }),
    },
    trustStores: text.trustStores.value.map(({ value }) => value),
    trustedIdentities: text.trustedIdentities.value.map(({ value }) => value),
  });
}

const severities = ['error', 'stricter', 'warning'] as const;

/**
 * Judges a trust policy document whole (trust policy specification, "Trust policy properties"): every fault with its
 * place. The message of the first is what the reference says about the document.
 */
export function validatePolicy(text: string, kind: PolicyDocumentKind = 'oci'): ValidatedPolicy {
  const { document, problems: form } = parsePolicy(text, kind);
  const rules =
    document === null
      ? []
      : [
          ...documentFaults(document, kind),
          ...(kind === 'oci' ? scopeFaults(document.statements.value) : []),
          ...warnings(document.statements.value),
        ];
  const all = [...form, ...rules];
  const problems = severities.flatMap((severity) => all.filter((problem) => problem.severity === severity));
  const refused = document === null || problems.some(({ severity }) => severity === 'error');
  return { statements: refused ? null : document.statements.value.map(toStatement), problems };
}

/** Whether Inkan works under a document: the reference accepts it, and nothing in it means two things. */
export function isUsable(
  policy: ValidatedPolicy,
): policy is ValidatedPolicy & { statements: readonly TrustPolicyStatement[] } {
  return policy.statements !== null && !policy.problems.some(({ severity }) => severity === 'stricter');
}
