import type { PolicyDocumentKind } from '../../../shared/model/trust-policy.ts';
import { addStatement, createDocument } from '../../../shared/policy-text/statement-list.ts';
import { addToList, removeFromList, replaceInList } from './policy-edits.ts';
import { readStatements, type StatementView } from './statement-view.ts';

/** What a route asks to be put into the policy, for example from a failed verification. */
export type Proposal =
  | {
      readonly propose: 'statement';
      /** Absent for a blob policy: then the statement is global. */
      readonly scope?: string;
      readonly store?: string;
      readonly identity?: string;
      readonly level?: string;
    }
  | { readonly propose: 'scope'; readonly statement: string; readonly scope: string }
  | {
      readonly propose: 'store';
      readonly statement: string;
      readonly store: string;
      /** The signer, when no identity of the statement matches it either. */
      readonly identity?: string;
    }
  | { readonly propose: 'identity'; readonly statement: string; readonly identity: string };

export interface PolicySearch {
  /** Which document; absent for the one of artifacts. */
  readonly document?: 'blob';
  readonly propose?: 'statement' | 'scope' | 'store' | 'identity';
  readonly statement?: string;
  readonly scope?: string;
  readonly store?: string;
  readonly identity?: string;
  readonly level?: string;
}

const longest = 1024;

function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && String(value).length <= longest
    ? String(value)
    : undefined;
}

/** The search of the route: known names with texts of a sensible length; anything else is dropped. */
export function parsePolicySearch(search: Record<string, unknown>): PolicySearch {
  const { propose } = search;
  const known = propose === 'statement' || propose === 'scope' || propose === 'store' || propose === 'identity';
  const given = (['statement', 'scope', 'store', 'identity', 'level'] as const).flatMap((name) => {
    const text = textOf(search[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  const document = search['document'] === 'blob' ? { document: 'blob' as const } : {};
  return { ...document, ...(known ? { propose } : {}), ...Object.fromEntries(given) };
}

/** The proposal of a search; `null` when there is none or a part of it is missing. */
export function toProposal(
  { propose, statement, scope, store, identity, level }: PolicySearch,
  kind: PolicyDocumentKind = 'oci',
): Proposal | null {
  if (propose === 'statement' && (scope || kind === 'blob')) {
    return {
      propose,
      ...(scope ? { scope } : {}),
      ...(store ? { store } : {}),
      ...(identity ? { identity } : {}),
      ...(level ? { level } : {}),
    };
  }
  if (propose === 'scope' && statement && scope) return { propose, statement, scope };
  if (propose === 'store' && statement && store)
    return { propose, statement, store, ...(identity ? { identity } : {}) };
  if (propose === 'identity' && statement && identity) return { propose, statement, identity };
  return null;
}

/** A statement name made from a scope, such as `busybox-images`, that no other statement has. */
export function toStatementName(scope: string, taken: readonly string[]): string {
  const last = scope.split('/').at(-1) ?? '';
  return freeName(scope === '*' || last === '' ? 'everything-else' : `${last}-images`, taken);
}

/** The name, or the name with a number behind it that nobody has. */
export function freeName(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) {
    if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
  }
}

/** The text with the proposal in it; the same text when it is there already; `null` when the text cannot be edited so. */
export function applyProposal(text: string, proposal: Proposal): string | null {
  if (proposal.propose === 'statement') return applyStatement(text, proposal);
  const statements = readStatements(text);
  const statement = statements?.find(({ name }) => name === proposal.statement);
  if (!statement) return null;
  if (proposal.propose === 'scope') {
    return statement.scopes.includes(proposal.scope)
      ? text
      : addToList(text, statement.index, 'registryScopes', proposal.scope);
  }
  if (proposal.propose === 'identity') return addIdentity(text, statement, proposal.identity);
  const { store, identity } = proposal;
  const stored = statement.stores.includes(store) ? text : addToList(text, statement.index, 'trustStores', store);
  return identity === undefined ? stored : addIdentity(stored, statement, identity);
}

/** Everybody gives way to the one who is named. */
function addIdentity(text: string, { identities, index }: StatementView, identity: string): string {
  if (identities.includes(identity)) return text;
  return identities.length === 1 && identities[0] === '*'
    ? replaceInList(text, index, 'trustedIdentities', 0, identity)
    : addToList(text, index, 'trustedIdentities', identity);
}

function applyStatement(text: string, proposal: Extract<Proposal, { propose: 'statement' }>): string | null {
  const statements = text.trim() === '' ? [] : readStatements(text);
  if (!statements) return null;
  const { scope } = proposal;
  const names = statements.map(({ name }) => name);
  const place =
    scope === undefined
      ? { name: freeName('files', names), isGlobal: true }
      : { name: toStatementName(scope, names), scopes: [scope] };
  const statement = {
    ...place,
    level: proposal.level ?? 'strict',
    stores: proposal.store ? [proposal.store] : [],
    identities: proposal.identity ? [proposal.identity] : ['*'],
  };
  if (text.trim() === '') return createDocument(statement);
  if (
    scope === undefined
      ? statements.some(({ isGlobal }) => isGlobal)
      : statements.some(({ scopes }) => scopes.includes(scope))
  )
    return text;
  return addStatement(text, statement);
}

/** The text without the scope wherever else it stands, keeping it in one statement. */
export function keepScopeOnlyIn(text: string, index: number, scope: string): string {
  const places = (readStatements(text) ?? []).flatMap((statement) =>
    statement.scopes.flatMap((value, at) => (value === scope ? [{ index: statement.index, at }] : [])),
  );
  const kept = places.find((place) => place.index === index) ?? places[0];
  return places
    .filter((place) => place !== kept)
    .reduceRight((result, place) => removeFromList(result, place.index, 'registryScopes', place.at), text);
}
