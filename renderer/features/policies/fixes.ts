import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import type { MessageValues } from '../../locales/use-text.tsx';
import { parseDocument, valueOf } from '../../../shared/policy-text/json-document.ts';
import { setMember } from '../../../shared/policy-text/json-edit.ts';
import {
  clearOverride,
  clearOverrides,
  removeFromList,
  removeWhatSkipForbids,
  replaceInList,
  setLevel,
  setList,
  setName,
  setVerifyTimestamp,
  type ListName,
} from './policy-edits.ts';
import { keepScopeOnlyIn, toStatementName } from './proposal.ts';
import { readStatements } from './statement-view.ts';

/** A repair that one click makes. */
export interface Fix {
  readonly label: MessageKey;
  readonly values?: MessageValues;
  readonly apply: (text: string) => string;
}

/** The statement and list item that a problem is about; -1 where it is about none. */
export function placeOf(problem: Pick<PolicyProblem, 'path'>): { index: number; member: string; at: number } {
  const [top, index, member, at] = problem.path;
  const statement = top === 'trustPolicies' && typeof index === 'number' ? index : -1;
  return { index: statement, member: typeof member === 'string' ? member : '', at: typeof at === 'number' ? at : -1 };
}

/** The repository in what a user took for a scope: without scheme, tag, digest or capitals; `null` when there is none. */
export function toRepository(scope: string): string | null {
  const bare = scope
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/\/+$/, '');
  const beforeDigest = bare.split('@')[0] ?? '';
  const colon = beforeDigest.lastIndexOf(':');
  const slash = beforeDigest.lastIndexOf('/');
  const path = colon > slash && slash > 0 ? beforeDigest.slice(0, colon) : beforeDigest;
  const cut = path.indexOf('/');
  if (cut <= 0) return null;
  const repository = path.slice(0, cut) + path.slice(cut).toLowerCase();
  const valid = /^[A-Za-z0-9.-]+(?::[0-9]+)?(?:\/[a-z0-9._-]+)+$/.test(repository);
  return valid && repository !== scope ? repository : null;
}

const removeItem = (index: number, list: ListName, at: number): Fix => ({
  label: 'policies.fixRemove',
  apply: (text) => removeFromList(text, index, list, at),
});

function scopeFixes(problem: PolicyProblem): readonly Fix[] {
  const { index, at } = placeOf(problem);
  const scope = String(problem.details['scope'] ?? '');
  const repository = toRepository(scope);
  const use: Fix[] = repository
    ? [
        {
          label: 'policies.fixUse',
          values: { value: repository },
          apply: (text) => replaceInList(text, index, 'registryScopes', at, repository),
        },
      ]
    : [];
  return [...use, removeItem(index, 'registryScopes', at)];
}

function repeatedScopeFixes(problem: PolicyProblem): readonly Fix[] {
  const scope = String(problem.details['scope'] ?? '');
  const { index, at } = placeOf(problem);
  const statement = (text: string) => readStatements(text)?.[index]?.name ?? '';
  return [
    {
      label: 'policies.fixKeepHere',
      apply: (text) => (statement(text) === '' ? text : keepScopeOnlyIn(text, index, scope)),
    },
    { ...removeItem(index, 'registryScopes', at), label: 'policies.fixRemoveHere' },
  ];
}

function nameFixes(problem: PolicyProblem): readonly Fix[] {
  const { index } = placeOf(problem);
  return [
    {
      label: 'policies.fixRename',
      apply: (text) => {
        const statements = readStatements(text) ?? [];
        const scope = statements[index]?.scopes[0] ?? '*';
        return setName(
          text,
          index,
          toStatementName(
            scope,
            statements.map(({ name }) => name),
          ),
        );
      },
    },
  ];
}

function setVersion(text: string): string {
  const { root } = parseDocument(text);
  if (root?.type !== 'object' || valueOf(root, 'version')?.value === '1.0') return text;
  return setMember(text, root, 'version', '1.0');
}

const simple: Partial<
  Record<PolicyProblem['code'], (problem: PolicyProblem, index: number, at: number) => readonly Fix[]>
> = {
  'policy.versionMissing': () => [{ label: 'policies.fixVersion', apply: setVersion }],
  'policy.versionUnsupported': () => [{ label: 'policies.fixVersion', apply: setVersion }],
  'policy.trailingText': ({ from }) => [
    { label: 'policies.fixTrailing', apply: (text) => `${text.slice(0, from).trimEnd()}\n` },
  ],
  'policy.byteOrderMark': () => [{ label: 'policies.fixByteOrderMark', apply: (text) => text.replace(/^\uFEFF/, '') }],
  'policy.levelMissing': (_, index) => [levelFix(index)],
  'policy.levelUnknown': (_, index) => [levelFix(index)],
  'policy.overrideOnSkip': (_, index) => [
    { label: 'policies.fixClearOverrides', apply: (text) => clearOverrides(text, index) },
  ],
  'policy.skipWithTrust': (_, index) => [
    { label: 'policies.fixSkip', apply: (text) => removeWhatSkipForbids(text, index) },
  ],
  'policy.verifyTimestampUnknown': (_, index) => [
    { label: 'policies.fixTimestamp', apply: (text) => setVerifyTimestamp(text, index, 'always') },
  ],
  'policy.scopeWildcardMixed': (_, index) => [
    { label: 'policies.fixOnlyWildcard', apply: (text) => setList(text, index, 'registryScopes', ['*']) },
    { label: 'policies.fixWithoutWildcard', apply: (text) => removeWildcard(text, index, 'registryScopes') },
  ],
  'policy.identityWildcardMixed': (_, index) => [
    { label: 'policies.fixWithoutWildcard', apply: (text) => removeWildcard(text, index, 'trustedIdentities') },
    { label: 'policies.fixOnlyWildcard', apply: (text) => setList(text, index, 'trustedIdentities', ['*']) },
  ],
};

const overrideCodes: readonly PolicyProblem['code'][] = [
  'policy.overrideUnknownCheck',
  'policy.overrideUnknownAction',
  'policy.overrideIntegrity',
  'policy.overrideSkipNotAllowed',
];

function levelFix(index: number): Fix {
  return { label: 'policies.fixLevel', apply: (text) => setLevel(text, index, 'strict') };
}

function removeWildcard(text: string, index: number, list: 'registryScopes' | 'trustedIdentities'): string {
  const statement = readStatements(text)?.[index];
  const values = list === 'registryScopes' ? statement?.scopes : statement?.identities;
  return removeFromList(text, index, list, values?.indexOf('*') ?? -1);
}

const listOf: Readonly<Record<string, ListName>> = {
  registryScopes: 'registryScopes',
  trustStores: 'trustStores',
  trustedIdentities: 'trustedIdentities',
};

/** What one click can do about a problem; empty when only the user knows. */
export function fixesOf(problem: PolicyProblem): readonly Fix[] {
  const { index, member, at } = placeOf(problem);
  const known = simple[problem.code];
  if (known) return known(problem, index, at);
  if (overrideCodes.includes(problem.code)) {
    const check = String(problem.path.at(-1));
    return [{ label: 'policies.fixRemove', apply: (text) => clearOverride(text, index, check) }];
  }
  if (problem.code === 'policy.scopeMalformed' || problem.code === 'policy.scopeWildcard') return scopeFixes(problem);
  if (problem.code === 'policy.scopeRepeated') return repeatedScopeFixes(problem);
  if (problem.code === 'policy.duplicateName' || problem.code === 'policy.nameMissing') return nameFixes(problem);
  const list = listOf[member];
  return list && at >= 0 && problem.severity !== 'warning' ? [removeItem(index, list, at)] : [];
}
